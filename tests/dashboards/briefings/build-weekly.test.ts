import { expect, test } from 'vitest';
import { buildRoutine, ReportModelSchema } from '#briefings';
import { headings, sectionText } from '../../support/read-model.ts';
import { minutesAfter } from '../../support/posts.ts';
import { aFile, aTonedPost, CLOSING, imprint, someRecords } from '../../support/reports.ts';

const WEEK = { from: minutesAfter(-7 * 24 * 60, CLOSING), to: CLOSING };
const weekly = (changes: Parameters<typeof someRecords>[0] = {}) =>
  buildRoutine('weekly', someRecords({ period: WEEK, readAt: CLOSING, ...changes }), {
    ...imprint,
    name: '舆情周报',
    mostCharacters: 3_000,
  });

test('the sections stand in the order of the papers, and the model fits its schema', () => {
  const model = weekly();
  expect(ReportModelSchema.parse(model)).toEqual(model);
  expect(headings(model)).toEqual([
    '一、本周概况与环比',
    '二、重点事件回顾',
    '三、话题与地区分布',
    '四、回应与处置',
    '五、留言热线',
    '六、督办',
    '七、下周风险点与敏感日历',
  ]);
});

test('a week without anything says so in every section', () => {
  const model = weekly({ files: [] });
  expect(sectionText(model, '重点事件回顾')).toBe('本期没有较大以上的事件。');
  expect(sectionText(model, '话题与地区分布')).toBe('本期无。');
  expect(sectionText(model, '回应与处置')).toBe('本期没有到期的时限。');
  expect(sectionText(model, '督办')).toContain('本期没有督办。');
  expect(sectionText(model, '下周风险点与敏感日历')).toContain('风险点：本系统未采集。');
});

test('events are counted by what most of their posts speak of, and by every region they name', () => {
  const about = (topic: string | undefined, id: string) => {
    const post = aTonedPost('negative', { postId: id });
    const proposals = post.proposals!;
    return {
      ...post,
      proposals: { ...proposals, topic: { ...proposals.topic, ...(topic && { value: topic }) } },
    };
  };
  const files = [
    aFile('event-1', '停水', {
      posts: [about('utilities', 'a'), about('utilities', 'b'), about('transport', 'c')],
      event: { regionCodes: ['990102'] },
    }),
    aFile('event-2', '不知说什么', { posts: [about(undefined, 'd')], event: { regionCodes: [] } }),
  ];
  const text = sectionText(weekly({ files }), '话题与地区分布');
  expect(text).toContain('公共服务 1起');
  expect(text).toContain('无法判断 1起');
  expect(text).not.toContain('transport');
  expect(text).toContain('江北区 1起');
  expect(text).toContain('未知 1起');
});

test('duties whose time fell in the week are counted by how they ended; waived and cancelled ones apart', () => {
  const file = aFile('event-1', '停水', { grade: 'L2' });
  const five = file.countdowns.find(({ code }) => code === 'AUTH_RELEASE_5H')!;
  const states = ['satisfied', 'satisfied', 'satisfiedLate', 'breached', 'waived', 'cancelled'];
  const due = minutesAfter(-60, CLOSING);
  const countdowns = states.map((state, number) => ({
    ...five,
    id: `countdown-${number}`,
    state: state as typeof five.state,
    statutoryDueAt: due,
    ...(state === 'satisfied' && { satisfiedAt: due }),
    ...(state === 'satisfiedLate' && { satisfiedAt: minutesAfter(1, due) }),
  }));
  // One that falls due when the week has ended belongs to the next.
  const next = { ...five, id: 'countdown-next', statutoryDueAt: CLOSING };
  const files = [{ ...file, countdowns: [...countdowns, next] }];
  expect(sectionText(weekly({ files }), '回应与处置')).toBe(`${five.name} 4 2 1 1 1 1`);
  // An event that was closed since keeps its place in the count.
  const closed = [{ ...countdowns[0]!, id: 'countdown-closed', eventId: 'event-9' }];
  const model = weekly({ files, countdownsOfOthers: closed });
  expect(sectionText(model, '回应与处置')).toBe(`${five.name} 5 3 1 1 1 1`);
  // As in the measures: a waiver after the due time takes nothing out of what was missed.
  const waivedLate = { ...countdowns[4]!, id: 'countdown-late', breachedAt: due };
  const more = [{ ...file, countdowns: [...countdowns, waivedLate] }];
  expect(sectionText(weekly({ files: more }), '回应与处置')).toBe(`${five.name} 5 2 1 2 1 1`);
});

test('sensitive periods and days off of the coming week are listed, plain workdays are not', () => {
  const text = sectionText(weekly(), '下周风险点与敏感日历');
  expect(text).toContain('2026年3月5日：工作日。敏感时期：全国两会。');
  expect(text).toContain('2026年3月7日：休息日。');
  expect(text).not.toContain('2026年3月4日');
});
