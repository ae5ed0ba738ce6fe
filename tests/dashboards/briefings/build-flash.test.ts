import { expect, test } from 'vitest';
import {
  buildFlash,
  lengthOf,
  paragraphText,
  ReportModelSchema,
  type ReportModel,
} from '#briefings';
import { aFile, aTonedPost, CLOSING, imprint, someRecords } from '../../support/reports.ts';
import { minutesAfter, NOON } from '../../support/posts.ts';

const flash = { ...imprint, name: '舆情快报', number: '〔2026〕第3期', mostCharacters: 500 };
const reporter = { name: '顾明远', phone: '0999-1234567' };
const textOf = ({ blocks }: ReportModel): string =>
  blocks.flatMap((block) => (block.kind === 'paragraph' ? [paragraphText(block)] : [])).join('\n');
const file = aFile('event-1', '江北区多小区停水超过24小时', {
  grade: 'L2',
  event: { regionCodes: ['990102'] },
});

test('the first report keeps known and unknown apart, and names who reports', () => {
  const model = buildFlash(someRecords(), { file, stage: 'first', reporter }, flash);
  expect(ReportModelSchema.parse(model)).toEqual(model);
  expect(model.header.number).toBe('〔2026〕第3期 首报');
  const text = textOf(model);
  expect(text).toContain('时间：未知。');
  expect(text).toContain('地点：江北区（信息中提到）。');
  expect(text).toContain('已知：首发：3月2日12:00临江日报《江北区多小区停水超过24小时》。');
  expect(text).toContain('未知：伤亡和损失：未知。');
  expect(text).toContain('5小时发布（3月2日17:00到期）');
  expect(text).toContain('报告人：顾明远。电话：0999-1234567。');
  expect(lengthOf(model)).toBeLessThanOrEqual(500);
});

test('without a duty officer on record the reporter is unknown', () => {
  const model = buildFlash(someRecords(), { file, stage: 'first', reporter: undefined }, flash);
  expect(textOf(model)).toContain('报告人：未知。电话：未知。');
});

test('a follow-up tells only what is new since the report before', () => {
  const posts = [
    aTonedPost('negative', { title: '第一条', fetchedAt: NOON }),
    aTonedPost('negative', { title: '新的一条', fetchedAt: minutesAfter(90) }),
  ];
  const grown = aFile('event-1', '停水', {
    grade: 'L2',
    posts,
    event: {
      gradeHistory: [
        {
          at: minutesAfter(100),
          actor: { personId: 'p', name: '纪文澜' },
          kind: 'confirmed',
          to: 'L2',
          reason: '已核实',
        },
      ],
      confirmedGrade: 'L2',
    },
  });
  const followUp = { number: 2, since: minutesAfter(60) };
  const model = buildFlash(
    someRecords(),
    { file: grown, stage: 'followUp', followUp, reporter },
    flash,
  );
  expect(model.header.number).toBe('〔2026〕第3期 续报（二）');
  const text = textOf(model);
  expect(text).toContain('新的一条');
  expect(text).not.toContain('第一条');
  expect(text).toContain('等级变为橙·重大：已核实。');
  expect(text).toContain('没有新登记的措施。');
});

test('a follow-up in which nothing happened says that', () => {
  const followUp = { number: 1, since: minutesAfter(60) };
  const model = buildFlash(
    someRecords({ period: { from: NOON, to: CLOSING } }),
    { file, stage: 'followUp', followUp, reporter },
    flash,
  );
  expect(textOf(model)).toContain('本期新增0条。');
  expect(textOf(model)).toContain('等级没有变化。');
});

test('a final report leaves result and lessons to those who know them', () => {
  const model = buildFlash(someRecords(), { file, stage: 'final', reporter }, flash);
  expect(model.header.number).toBe('〔2026〕第3期 终报');
  expect(textOf(model)).toContain('处理结果：未知，没有登记，须由承办人补充。');
  expect(textOf(model)).toContain('经验教训：未知，没有登记，须由承办人补充。');
});
