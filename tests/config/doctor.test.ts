import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { stringify } from 'yaml';
import { DAY_KINDS } from '#core';
import { openDatabase } from '#core/sqlite';
import { SqliteRosterStore } from '../../alert/adapters/sqlite-roster-store.ts';
import { addUser } from '../../config/add-user.ts';
import { doctor } from '../../config/doctor.ts';
import { EXIT } from '../../config/exit-codes.ts';
import { readSettings } from '../../config/read-settings.ts';
import { aPlan, aRoster, SHIFTS } from '../support/rosters.ts';
import { tempFile, tempFolder } from '../support/temp-folder.ts';

interface Check {
  readonly name: string;
  readonly state: 'ok' | 'warn' | 'fail';
  readonly detail: string;
  readonly mend?: string;
}

const EMAIL = { host: 'smtp.test', from: 'huiying@linjiang.test' };

function settingsFile(more: object = {}): string {
  const settings = { storage: { folder: join(tempFolder(), 'data') }, sources: { packs: [] } };
  return tempFile('settings.yaml', stringify({ ...settings, ...more }));
}

async function examine(path: string): Promise<{ code: number; text: string }> {
  const said: string[] = [];
  const code = await doctor(path, false, (text) => said.push(text));
  return { code, text: said.join('\n') };
}

async function examineAsJson(path: string): Promise<{ code: number; checks: Check[] }> {
  const said: string[] = [];
  const code = await doctor(path, true, (text) => said.push(text));
  return { code, checks: JSON.parse(said.join('\n')) as Check[] };
}

const stateOf = (checks: readonly Check[], name: string): Check['state'] | undefined =>
  checks.find((check) => check.name === name)?.state;

test('an office that was just set up passes, and is told that nobody can be called yet', async () => {
  const { code, text } = await examine(settingsFile());
  expect(text.split('\n').filter((line) => line.startsWith('✗'))).toEqual([]);
  expect(code).toBe(EXIT.ok);
  expect(text).toMatch(/^✓ 设置：.*settings\.yaml$/m);
  expect(text).toMatch(/^✓ 规则包：default-grading@\d+ 等；信息源 0 个$/m);
  expect(text).toMatch(/^! 能否叫到人：还没有启动过，没有人员 {2}→ 在“人员与值班”页添加人员/m);
});

test('a machine reads the same as JSON', async () => {
  const path = settingsFile();
  const { code, checks } = await examineAsJson(path);
  const lines = (await examine(path)).text.split('\n');
  expect(code).toBe(EXIT.ok);
  expect(checks.map(({ name }) => name)).toEqual(lines.map((line) => /^. (.+?)：/.exec(line)?.[1]));
  expect(checks[0]).toEqual({ name: '设置', state: 'ok', detail: path });
});

test('wrong settings fail, with the place, the right word and the file to mend', async () => {
  const path = settingsFile({ ofice: {} });
  const { code, text } = await examine(path);
  expect(code).toBe(EXIT.failed);
  expect(text).toMatch(/^✗ 设置：/);
  expect(text).toMatch(/:5:1 ofice：没有这个设置，是不是想写 office？/);
  expect(text.endsWith(`→ 改正 ${path}`)).toBe(true);

  const { checks } = await examineAsJson(path);
  expect(checks).toEqual([
    {
      name: '设置',
      state: 'fail',
      detail: expect.stringContaining('ofice') as string,
      mend: `改正 ${path}`,
    },
  ]);
});

test.for([
  { what: '规则包', settings: { rules: { grading: 'no-such-pack' } }, detail: 'no-such-pack' },
  { what: '数据目录', settings: { storage: { folder: '/dev/null/data' } }, detail: 'ENOTDIR' },
  {
    what: '密码和密钥',
    settings: { channels: { email: { ...EMAIL, password: 'env:HUIYING_TEST_NOT_SET' } } },
    detail: 'env:HUIYING_TEST_NOT_SET 是空的或不存在',
  },
])('what is wrong with $what fails alone, and the rest is examined still', async (wrong) => {
  const { code, checks } = await examineAsJson(settingsFile(wrong.settings));
  expect(code).toBe(EXIT.failed);
  expect(checks.filter(({ state }) => state === 'fail')).toEqual([
    expect.objectContaining({ name: wrong.what, detail: expect.stringContaining(wrong.detail) }),
  ]);
  expect(checks.length).toBeGreaterThan(5);
});

test('somebody on duty with an address and a channel can be called; without the channel not', async () => {
  const storage = { folder: join(tempFolder(), 'data') };
  const path = settingsFile({ storage, channels: { email: EMAIL } });
  for (const [duty, signInName] of [
    ['first', 'zhang'],
    ['second', 'li'],
  ] as const) {
    await addUser(readSettings(path), {
      signInName,
      name: '张三',
      role: [
        'dutyOfficer',
        'opinionLead',
        'deputyLeader',
        'principal',
        'liaison',
        'publicityOffice',
        'cyberspaceOffice',
        'emergencyOffice',
      ],
      email: `${signInName}@linjiang.test`,
      unit: '',
      duty,
    });
  }
  const { code, checks } = await examineAsJson(path);
  expect([code, checks.find(({ name }) => name === '能否叫到人')]).toEqual([
    EXIT.ok,
    { name: '能否叫到人', state: 'ok', detail: '每一级都有人能收到' },
  ]);

  // Called, they could not sign a grave release: nobody has set up 动态口令 yet.
  expect(checks.find(({ name }) => name === '能否签发')).toMatchObject({
    state: 'warn',
    detail: '红·特别重大、橙·重大的领导签发须动态口令，能签的人都还没有设置',
  });

  const withoutChannel = await examineAsJson(settingsFile({ storage }));
  expect(stateOf(withoutChannel.checks, '能否叫到人')).toBe('warn');
});

test('every channel has a line of its own, and one whose secret is missing says which', async () => {
  const channels = { email: EMAIL, wecom: { key: 'env:HUIYING_TEST_NOT_SET' } };
  const { checks } = await examineAsJson(settingsFile({ channels }));
  expect(stateOf(checks, '通道·邮件')).toBe('ok');
  expect(checks.find(({ name }) => name === '通道·企业微信')).toMatchObject({
    state: 'warn',
    detail: 'env:HUIYING_TEST_NOT_SET 读不到',
  });
  const none = await examineAsJson(settingsFile());
  expect(stateOf(none.checks, '通道')).toBe('warn');
});

test('a roster that leaves seats open is told with what is open', async () => {
  const storage = { folder: join(tempFolder(), 'data') };
  const path = settingsFile({ storage, channels: { email: EMAIL } });
  const email = 'zhang@linjiang.test';
  const fields = { name: '张三', role: ['dutyOfficer'], email, unit: '' };
  const { person } = await addUser(readSettings(path), { ...fields, signInName: 'zhang' });
  const database = openDatabase(join(storage.folder, 'records.db'));
  const seat = { people: [person.id], turnDays: 1 };
  const everyDay = SHIFTS.slice(0, 1).map((rule) => ({
    ...rule,
    days: [...DAY_KINDS],
    to: rule.from,
    seats: { first: seat },
  }));
  await new SqliteRosterStore(database).create(
    aRoster({ plans: [aPlan({ shifts: everyDay })], fallback: [person.id] }),
  );
  database.close();
  const { checks } = await examineAsJson(path);
  const check = checks.find(({ name }) => name === '值班表与历包');
  expect(check?.state).toBe('warn');
  expect(check?.detail).toMatch(/没有第二值班员：.+没有带班领导：/);
  expect(check?.detail).not.toMatch(/没有值班员/);
  expect(check?.mend).toMatch(/在“值班表”页补齐/);
});

test('an office without a watchdog is told that nobody would know if the product stopped', async () => {
  const { text } = await examine(settingsFile());
  expect(text).toMatch(/^! 看门狗：没有 watchdog\.yaml：回应停了，没有人会知道 {2}→ 复制/m);
});

test('a watchdog that is set up is named with whom it would tell; a wrong one with what is wrong', async () => {
  onTestFinished(() => void delete process.env['HUIYING_WATCHDOG_SETTINGS']);
  const channels = { email: { host: 'smtp.other.test', from: 'watchdog@other.test' } };
  const receivers = [{ name: '张三', email: 'zhang@other.test' }];
  const good = tempFile('watchdog.yaml', stringify({ channels, receivers }));
  process.env['HUIYING_WATCHDOG_SETTINGS'] = good;
  expect((await examine(settingsFile())).text).toMatch(/^✓ 看门狗：.*有事告诉 张三/m);
  process.env['HUIYING_WATCHDOG_SETTINGS'] = tempFile('wrong.yaml', stringify({ channels }));
  expect((await examine(settingsFile())).text).toMatch(/^! 看门狗：.*没有一个接收人有邮箱/ms);
});

test('the faces of the papers are named where they are printed with others; a folder that is not there fails', async () => {
  const without = await examine(settingsFile());
  expect(without.text).toContain('✓ 报告字体：用自带的字体：仿宋没有找到，以 Noto Serif SC 代替');
  const empty = tempFolder();
  const some = await examine(settingsFile({ office: { fonts: empty } }));
  expect(some.text).toContain(`把缺的字体文件放进 ${empty}`);
  const gone = await examine(settingsFile({ office: { fonts: join(empty, 'nowhere') } }));
  expect(gone.text).toMatch(/✗ 报告字体：.*nowhere.*改正设置 office\.fonts/);
  expect(gone.code).toBe(EXIT.failed);
});
