import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { openDatabase } from '#core/sqlite';
import type { ReleaseRegisterEntry } from '#respond';
import { EXIT } from '../../config/exit-codes.ts';
import { exportRegister, verifyRegister } from '../../config/register-commands.ts';
import { SqliteReleaseRegister } from '../../respond/adapters/sqlite-release-register.ts';
import { NOON } from '../support/posts.ts';
import { tempFolder } from '../support/temp-folder.ts';

const anEntry = (id: string, more: Partial<ReleaseRegisterEntry> = {}): ReleaseRegisterEntry => ({
  id,
  releaseId: 'release-1',
  eventId: 'event-1',
  originalContent: '情况说明\n\n正文，"原话"',
  contentDigest: 'digest',
  releasingUnit: '市水务局',
  reviewer: '陶知夏（内容审核）',
  publisher: '简若汀',
  releasedAt: NOON,
  channel: 'govSite',
  link: 'https://www.linjiang.test/a.html',
  ...more,
});

/** A data folder whose register holds some entries. */
async function aRegister(ids: readonly string[] = ['a', 'b', 'c', 'd']) {
  const folder = tempFolder();
  const settings = { storage: { folder } };
  const file = join(folder, 'records.db');
  const writing = openDatabase(file);
  const register = new SqliteReleaseRegister(writing);
  for (const id of ids) await register.append(anEntry(id));
  writing.close();
  return {
    settings,
    folder,
    verify: (expected?: string) => {
      const said: string[] = [];
      const order = { expect: expected, isJson: false };
      const code = verifyRegister(settings, order, (line) => said.push(line));
      return { code, text: said.join('\n') };
    },
    /** As somebody with the file in hand could. */
    tamper: (change: (database: DatabaseSync) => void) => {
      const database = openDatabase(file);
      database.exec('DROP TRIGGER releaseRegister_noUpdate; DROP TRIGGER releaseRegister_noDelete');
      change(database);
      database.close();
    },
  };
}

test('a register as it was written holds, and says its last digest', async () => {
  const { code, text } = (await aRegister()).verify();
  expect(code).toBe(EXIT.ok);
  expect(text).toMatch(/^✓ 发布登记簿：4 条，链条完整，最后一条摘要 [0-9a-f]+$/m);
  expect(text).toMatch(/^✓ 操作记录：0 条，链条完整$/m);
  expect(text).toMatch(/^✓ 超时记录：0 条/m);
});

test.for([
  {
    what: 'one flipped byte',
    sql: "UPDATE releaseRegister SET body = replace(body, '正文', '正又') WHERE position = 3",
    said: '第 3 条（c），内容被改动',
  },
  {
    what: 'one removed entry',
    sql: 'DELETE FROM releaseRegister WHERE position = 2',
    said: '第 3 条（c），它前面少了一条或者几条',
  },
  {
    what: 'the first entry removed',
    sql: 'DELETE FROM releaseRegister WHERE position = 1',
    said: '第 2 条（b），它前面少了一条或者几条',
  },
  {
    what: 'two entries in each other’s place',
    sql: `UPDATE releaseRegister SET position = 9 WHERE position = 2;
      UPDATE releaseRegister SET position = 2 WHERE position = 3;
      UPDATE releaseRegister SET position = 3 WHERE position = 9`,
    said: '第 2 条（c），顺序被调换',
  },
])('$what is found and named', async ({ sql, said }) => {
  const { verify, tamper } = await aRegister();
  tamper((database) => database.exec(sql));
  const { code, text } = verify();
  expect(code).toBe(EXIT.tampered);
  expect(text).toContain(`✗ 发布登记簿：${said}`);
});

test('an end that was cut off is found against a digest kept elsewhere', async () => {
  const { verify, tamper } = await aRegister();
  const kept = /摘要 ([0-9a-f]+)/.exec(verify().text)?.[1] ?? '';
  expect(verify(kept).code).toBe(EXIT.ok);
  tamper((database) => database.exec('DELETE FROM releaseRegister WHERE position = 4'));
  // By itself the shorter chain holds.
  expect(verify().code).toBe(EXIT.ok);
  const { code, text } = verify(kept);
  expect(code).toBe(EXIT.tampered);
  expect(text).toContain('3 条之后，末尾被截去');
});

test('a machine reads the same as JSON', async () => {
  const { settings } = await aRegister();
  const said: string[] = [];
  verifyRegister(settings, { isJson: true }, (line) => said.push(line));
  expect(JSON.parse(said.join(''))).toMatchObject([
    { table: 'releaseRegister', entries: 4 },
    { table: 'audit', entries: 0 },
    { table: 'countdownBreach', entries: 0 },
  ]);
});

test('the export opens in Excel as text, and names the last digest', async () => {
  const { settings, folder } = await aRegister();
  const database = openDatabase(join(folder, 'records.db'));
  const formula = { releasingUnit: '=HYPERLINK("http://x")' };
  await new SqliteReleaseRegister(database).append(anEntry('e', formula));
  database.close();
  const said: string[] = [];
  const out = join(folder, 'register.csv');
  exportRegister(settings, { out }, (line) => said.push(line));
  const text = readFileSync(out, 'utf8');
  expect(text.startsWith('\uFEFF"序号","发布时间"')).toBe(true);
  expect(text).toContain(`"'=HYPERLINK(""http://x"")"`);
  expect(text).toContain('正文，""原话"""'.slice(0, -1));
  expect(said[0]).toMatch(/已导出 5 条.*最后一条摘要 [0-9a-f]+$/);
  const lines = join(folder, 'register.jsonl');
  exportRegister(settings, { out: lines }, () => undefined);
  const parsed = readFileSync(lines, 'utf8').trim().split('\n');
  const ids = parsed.map((line) => (JSON.parse(line) as { id: string }).id);
  expect(ids).toEqual(['a', 'b', 'c', 'd', 'e']);
});

test('a hundred thousand entries are verified in five seconds', async () => {
  const { verify, tamper } = await aRegister([]);
  tamper((database) => {
    const register = new SqliteReleaseRegister(database);
    database.exec('PRAGMA synchronous = OFF');
    for (let n = 0; n < 100_000; n += 1) void register.append(anEntry(`entry-${n}`));
  });
  const before = performance.now();
  const { code, text } = verify();
  expect(performance.now() - before).toBeLessThan(5_000);
  expect(code).toBe(EXIT.ok);
  expect(text).toContain('100000 条，链条完整');
}, 120_000);

test('where nothing was ever started there is nothing to verify, and it says so', () => {
  const settings = { storage: { folder: tempFolder() } };
  expect(() => verifyRegister(settings, { isJson: false }, () => undefined)).toThrow('数据库');
});
