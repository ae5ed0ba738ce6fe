import { expect, test } from 'vitest';
import { buildRoutine, lengthOf, ReportModelSchema } from '#briefings';
import { aRelease, published, signedByAll } from '../../support/releases.ts';
import { planned } from '../../support/conferences.ts';
import { headings, sectionText } from '../../support/read-model.ts';
import { minutesAfter, NOON } from '../../support/posts.ts';
import { aFile, imprint, someRecords } from '../../support/reports.ts';

/** The story begins at noon; this report's night ends an hour after it. */
const CLOSED = minutesAfter(60);
const NIGHT = { from: minutesAfter(-14 * 60), to: CLOSED };
const morning = (changes: Parameters<typeof someRecords>[0] = {}) =>
  buildRoutine('morning', someRecords({ period: NIGHT, readAt: CLOSED, ...changes }), {
    ...imprint,
    name: '舆情早报',
    mostCharacters: 1_000,
  });

test('the sections stand in the order of the papers, and the model fits its schema', () => {
  const model = morning();
  expect(ReportModelSchema.parse(model)).toEqual(model);
  expect(model.title).toBe('2026年3月2日舆情早报');
  expect(headings(model)).toEqual([
    '一、一句话要点',
    '二、需领导决策事项',
    '三、隔夜新增舆情',
    '四、在办事项进展与到期提醒',
    '五、今日关注',
    '六、值班信息',
  ]);
});

test('a quiet night says so in every section, and who is on duty is unknown where nobody is', () => {
  const model = morning({ files: [] });
  expect(sectionText(model, '一句话要点')).toBe('隔夜没有新情况。');
  expect(sectionText(model, '需领导决策事项')).toBe('本期没有等待决策的定级和发布。');
  expect(sectionText(model, '隔夜新增舆情')).toBe('隔夜没有新增事件。');
  expect(sectionText(model, '在办事项进展与到期提醒')).toContain('24小时内没有到期的时限。');
  expect(sectionText(model, '今日关注')).toBe('2026年3月2日：工作日。风险点：本系统未采集。');
  expect(sectionText(model, '值班信息')).toBe('值班员：未知，排班上没有人。');
  expect(model.annex).toEqual([]);
});

test('a grave event of the night heads the page, with what is to be decided by when', () => {
  const model = morning({ onDuty: { name: '顾明远', phone: '13900000000' } });
  expect(sectionText(model, '一句话要点')).toMatch(
    /^重大（建议）：“江北区多小区停水超过24小时”隔夜新增，本期1条。/,
  );
  const asked = sectionText(model, '需领导决策事项');
  expect(asked).toContain(
    '“江北区多小区停水超过24小时”重大（建议）待定级。定级确认（3月2日12:30到期）已超时30分钟，未完成。建议：核对依据后确认或者改定等级。',
  );
  expect(asked).toContain(
    '尚无发布稿。5小时发布（3月2日17:00到期）还剩4小时。建议：确定发布单位和口径。',
  );
  // Nobody is asked to decide on a minor one.
  expect(asked).not.toContain('某小学门口道路积水');
  expect(sectionText(model, '值班信息')).toBe('值班员：顾明远，电话：13900000000。');
});

test('a text under review is to be decided, one that is out is not', () => {
  const waiting = { ...aRelease({ title: '停水情况说明' }), state: 'inReview' as const };
  const file = (releases: (typeof waiting)[]) =>
    aFile('event-1', '停水', { grade: 'L2', releases });
  const asked = sectionText(morning({ files: [file([waiting])] }), '需领导决策事项');
  expect(asked).toContain('“停水”的《停水情况说明》待审查。');
  const out = published(signedByAll(aRelease({ title: '停水情况说明' })));
  const files = [aFile('event-1', '停水', { grade: 'L2', releases: [out] })];
  const after = sectionText(morning({ files }), '需领导决策事项');
  expect(after).not.toContain('尚无发布稿');
  expect(after).not.toContain('待审查');
});

test('what was known before the night is no news; what was done on it over night is told', () => {
  const before = { knownAt: { at: minutesAfter(-48 * 60), recordId: 'x', reason: '首次收到' } };
  const done = published(signedByAll(aRelease({ title: '停水情况说明' })));
  const old = aFile('event-1', '停水', { grade: 'L2', event: before, releases: [done] });
  const still = aFile('event-2', '积水', { event: before });
  const model = morning({ files: [old, still] });
  expect(sectionText(model, '隔夜新增舆情')).toBe('隔夜没有新增事件。');
  const told = sectionText(model, '在办事项进展与到期提醒');
  expect(told).toContain('“停水”：');
  expect(told).toContain('发布《停水情况说明》');
  const quiet = morning({ files: [still] });
  expect(sectionText(quiet, '在办事项进展与到期提醒')).toContain('在办1起，隔夜没有新登记的措施。');
});

test('a conference planned for the day is watched, with the day and its sensitive period', () => {
  const plan = planned();
  const files = [aFile('event-1', '停水', { grade: 'L2', conferences: [plan] })];
  const at = plan.plan?.plannedAt ?? NOON;
  const period = { from: minutesAfter(-900, at), to: minutesAfter(-60, at) };
  expect(sectionText(morning({ files, period, readAt: period.to }), '今日关注')).toContain(
    '计划举行“停水”新闻发布会。',
  );
});

test('a night of thirty events keeps to the length, and those without a row stand in the annex', () => {
  const files = Array.from({ length: 30 }, (_, number) =>
    aFile(`event-${number}`, `第${number}个小区反映物业和供水问题长期没有解决`, {
      grade: number % 2 ? 'L3' : 'L4',
    }),
  );
  const model = morning({ files });
  expect(lengthOf(model)).toBeLessThanOrEqual(1_000);
  expect(sectionText(model, '隔夜新增舆情')).toMatch(/另有\d+起列入附表。/);
  const [annex] = model.annex;
  expect(annex?.kind === 'table' ? annex.rows.length : 0).toBe(30);
});
