import { assert, constantFrom, integer, property, record } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { GRADES, isAtLeast, type Grade } from '#core';
import { proposeGrade, type GradeMeasures } from '#analyze';
import { gradingPack } from '../../support/packs.ts';
import { NOON } from '../../support/posts.ts';

const quiet: GradeMeasures = {
  content: { class: 'A0', evidence: [] },
  posts24h: 0,
  interactions24h: 0,
  mediaTier: 'M0',
  mediaEvidence: [],
  sensitive: {},
  spread: 'oneTownship',
  untrue: 'none',
  untrueEvidence: [],
};
const evidence = { words: '证据' };
const content = (of: GradeMeasures['content']['class']) => ({ class: of, evidence: [evidence] });
const deaths = (dead: number, isCredible = true) => ({ dead, isCredible, evidence });

/** The eight worked examples of the points model; `parts` are A, B1, B2, C, D, E, F. */
const examples: readonly {
  name: string;
  measures: Partial<GradeMeasures>;
  parts: readonly number[];
  floors: readonly string[];
  grade: Grade;
}[] = [
  {
    name: '一条窗口态度帖，3条、36次互动',
    measures: { content: content('A2'), posts24h: 3, interactions24h: 36, mediaTier: 'M1' },
    parts: [8, 0, 0, 2, 0, 1, 0],
    floors: [],
    grade: 'WATCH',
  },
  {
    name: '停水三天，60条、2,400次互动，本地自媒体，两个街道',
    measures: {
      content: content('A3'),
      posts24h: 60,
      interactions24h: 2_400,
      speedRatio: 1.6,
      mediaTier: 'M2',
      spread: 'severalTownships',
    },
    parts: [14, 6, 2, 6, 0, 2, 0],
    floors: [],
    grade: 'L4',
  },
  {
    name: '强拆冲突视频，700条、62,000次互动，省级媒体',
    measures: {
      content: content('A4'),
      posts24h: 700,
      interactions24h: 62_000,
      speedRatio: 3.2,
      mediaTier: 'M4',
      spread: 'severalCounties',
      untrue: 'suspected',
    },
    parts: [18, 14, 6, 13, 0, 3, 2],
    floors: [],
    grade: 'L3',
  },
  {
    name: '学区政策被误读，招生季',
    measures: {
      content: content('A4'),
      posts24h: 1_500,
      interactions24h: 80_000,
      speedRatio: 2.4,
      mediaTier: 'M3',
      sensitive: { period: '招生季' },
      spread: 'severalCounties',
      untrue: 'verified',
    },
    parts: [18, 14, 4, 9, 4, 3, 3],
    floors: [],
    grade: 'L3',
  },
  {
    name: '工地坍塌，2人死亡，一家中央媒体',
    measures: {
      content: content('A6'),
      posts24h: 6_000,
      interactions24h: 900_000,
      speedRatio: 8,
      mediaTier: 'M6',
      spread: 'nationwide',
      untrue: 'suspected',
      deaths: deaths(2),
    },
    parts: [26, 17, 8, 18, 0, 5, 2],
    floors: ['FL2→L3'],
    grade: 'L2',
  },
  {
    name: '爆炸，11人死亡，多家中央媒体，敏感时期',
    measures: {
      content: content('A7'),
      posts24h: 10_000,
      interactions24h: 1_000_000,
      speedRatio: 10,
      mediaTier: 'M7',
      sensitive: { period: '重大会议期间' },
      spread: 'nationwide',
      untrue: 'verified',
      deaths: deaths(11),
      confirmedIncidentGrade: 'L2',
    },
    parts: [30, 20, 10, 20, 4, 5, 3],
    floors: ['FL1→L2', 'FL2→L1'],
    grade: 'L1',
  },
  {
    name: '最初几分钟：6条，市级媒体报道三人死亡，未满一小时',
    measures: {
      content: content('A6'),
      posts24h: 6,
      mediaTier: 'M3',
      untrue: 'suspected',
      deaths: deaths(3),
    },
    parts: [26, 3, 0, 9, 0, 1, 2],
    floors: ['FL2→L2'],
    grade: 'L2',
  },
  {
    name: '上级转办一件老投诉，2条',
    measures: {
      content: content('A2'),
      posts24h: 2,
      mediaTier: 'M1',
      sensitive: { repeated: '三十日内第三次' },
      upperOrder: evidence,
    },
    parts: [8, 0, 0, 2, 3, 1, 0],
    floors: ['FL5→L4'],
    grade: 'L4',
  },
];

test.for(examples)('$name 定为 $grade', ({ measures, parts, floors, grade }) => {
  const proposal = proposeGrade({ ...quiet, ...measures }, gradingPack, NOON);
  expect(proposal.points.map((part) => part.points)).toEqual(parts);
  expect(proposal.sum).toBe(parts.reduce((sum, part) => sum + part, 0));
  expect(proposal.floors.map((floor) => `${floor.code}→${floor.atLeast}`)).toEqual(floors);
  expect(proposal.grade).toBe(grade);
});

describe('the explanation', () => {
  test('says grade, sum, each part with its reason, and the distance', () => {
    const { measures } = examples[1] ?? { measures: {} };
    const { sentence } = proposeGrade({ ...quiet, ...measures }, gradingPack, NOON);
    expect(sentence).toContain('建议定为一般（30分）');
    expect(sentence).toContain('内容14（切身利益）');
    expect(sentence).toContain('距较大10分');
  });

  test('says when a floor lifted the grade', () => {
    const { measures } = examples[6] ?? { measures: {} };
    const { sentence } = proposeGrade({ ...quiet, ...measures }, gradingPack, NOON);
    expect(sentence).toContain('按下限FL2（可信报道：死亡3人）由较大提到重大');
  });

  test('shows an unchecked rumour of deaths as pending and does not lift by it', () => {
    const measures = { ...quiet, content: content('A6'), deaths: deaths(3, false) };
    const proposal = proposeGrade(measures, gradingPack, NOON);
    expect(proposal.floors).toMatchObject([{ code: 'FL2', isPending: true }]);
    expect(proposal.grade).toBe('L4');
    expect(proposal.sentence).toContain('待核实');
  });
});

test('one more death never lowers the grade', () => {
  const anyMeasures = record({
    class: constantFrom('A0' as const, 'A3' as const, 'A6' as const, 'A7' as const),
    posts24h: integer({ min: 0, max: 20_000 }),
    dead: integer({ min: 0, max: 50 }),
  });
  assert(
    property(anyMeasures, ({ class: of, posts24h, dead }) => {
      const grade = (count: number): Grade =>
        proposeGrade(
          {
            ...quiet,
            content: { class: of, evidence: [] },
            posts24h,
            ...(count > 0 && { deaths: deaths(count) }),
          },
          gradingPack,
          NOON,
        ).grade;
      expect(isAtLeast(grade(dead + 1), grade(dead))).toBe(true);
      expect(GRADES).toContain(grade(dead));
    }),
  );
});
