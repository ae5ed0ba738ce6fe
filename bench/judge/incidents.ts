/*
 * Two sets of texts as the press, offices and citizens write: bulletins, flash news, follow-ups, corrections, denials,
 * rumours, drills, films, anniversaries, statistics, prevention, forum posts. Places and people are invented. Each row
 * holds the figures a careful reader takes from it, the incident level by the thresholds of the grading pack (injured
 * of unknown gravity count as grave; claims count nothing) and whether it tells of an incident of now. The first set
 * is open; of the second, written blind to the words and to the first, every other row is unseen: its failures are
 * not even shown. The README beside them says how each was made.
 */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import {
  createFactReader,
  incidentGradeBy,
  isRiskEvent,
  normaliseText,
  type Facts,
} from '#analyze';
import { readPacks } from '../../config/packs.ts';
import { SettingsSchema } from '../../config/settings.ts';
import type { Failure, Judge, JudgePart } from './part.ts';

const FIGURES = [
  'dead',
  'injured',
  'seriouslyInjured',
  'missing',
  'evacuated',
  'poisoned',
  'lossYuan',
] as const;
const LEVELS = ['L1', 'L2', 'L3', 'L4', 'none'] as const;
const RowSchema = z.object({
  id: z.string(),
  split: z.enum(['open', 'unseen']),
  title: z.string(),
  text: z.string(),
  figures: z.object({ isClaim: z.boolean().optional() }).catchall(z.number()),
  level: z.enum(LEVELS),
  isRiskEvent: z.boolean(),
  incidentType: z.string().optional(),
});
type Row = z.infer<typeof RowSchema>;
interface Judged {
  readonly row: Row;
  readonly facts: Facts;
  readonly level: (typeof LEVELS)[number];
}

const PUBLISHED_AT = new Date('2026-11-24T12:00:00+08:00');
const SETS = [
  { file: 'incidents.jsonl', name: '首批', splits: ['open'] },
  { file: 'incidents-second-hand.jsonl', name: '第二批', splits: ['open', 'unseen'] },
] as const;

export const judgeIncidents: Judge = async () => {
  const packs = readPacks(SettingsSchema.parse({}));
  const read = createFactReader(packs.grading, packs.facts);
  return SETS.flatMap(({ file, name, splits }) => {
    const judged = readRows(file).map((row): Judged => {
      const facts = read(normaliseText(`${row.title}\n${row.text}`), PUBLISHED_AT);
      const level = incidentGradeBy(facts, packs.grading) ?? 'none';
      return { row, facts, level: level === 'WATCH' ? 'none' : level };
    });
    return splits.map((split) =>
      toPart(
        { set: name, split },
        judged.filter(({ row }) => row.split === split),
      ),
    );
  });
};

const readRows = (file: string): Row[] =>
  readFileSync(new URL(`../../tests/fixtures/judge/${file}`, import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .map((line) => RowSchema.parse(JSON.parse(line)));

function toPart(
  { set, split }: { readonly set: string; readonly split: Row['split'] },
  judged: readonly Judged[],
): JudgePart {
  const level = macroF1(
    LEVELS,
    judged.map(({ row, level }) => [row.level, level] as const),
  );
  const major = judged.filter(({ row }) => row.level === 'L1' || row.level === 'L2');
  const tooLow = major.filter(
    ({ row, level }) => LEVELS.indexOf(level) > LEVELS.indexOf(row.level),
  );
  const lowRatio = major.length === 0 ? 0 : tooLow.length / major.length;
  const risk = macroF1(
    [true, false],
    judged.map(({ row, facts }) => [row.isRiskEvent, isRiskEvent(facts)] as const),
  );
  const typed = judged.filter(({ row }) => row.incidentType !== undefined);
  const rightType = typed.filter(({ row, facts }) => facts.incidentType === row.incidentType);
  return {
    name: `伤亡数字与突发事件等级（${set}，${split === 'open' ? '公开' : '留出'}）`,
    data: `自拟文本 ${judged.length} 条，地名人名均为虚构`,
    measures: [
      { what: '等级宏平均 F1', measured: level.toFixed(3), asked: '≥ 0.94', isMet: level >= 0.94 },
      {
        what: '重大及以上定低',
        measured: `${percent(lowRatio)}（${tooLow.length}/${major.length}）`,
        asked: '≤ 3 %',
        isMet: lowRatio <= 0.03,
      },
      {
        what: '是否风险事件宏平均 F1',
        measured: risk.toFixed(3),
        asked: '≥ 0.93',
        isMet: risk >= 0.93,
      },
      ...FIGURES.map((figure) => ({
        what: `数字全对：${figure}`,
        measured: percent(
          judged.filter(({ row, facts }) => row.figures[figure] === facts[figure]).length /
            judged.length,
        ),
      })),
      { what: '事件类型', measured: percent(rightType.length / Math.max(1, typed.length)) },
    ],
    failures: split === 'open' ? judged.flatMap(failuresOf) : [],
  };
}

function failuresOf({ row, facts, level }: Judged): Failure[] {
  const wrong = FIGURES.filter((figure) => row.figures[figure] !== facts[figure]);
  const isRisk = isRiskEvent(facts);
  if (wrong.length === 0 && level === row.level && isRisk === row.isRiskEvent) return [];
  const say = (of: (figure: (typeof FIGURES)[number]) => number | undefined): string =>
    wrong.map((figure) => `${figure} ${of(figure) ?? '–'}`).join(' ');
  return [
    {
      expected: `${row.level} ${row.isRiskEvent ? '是' : '否'} ${say((figure) => row.figures[figure])}`,
      got: `${level} ${isRisk ? '是' : '否'} ${say((figure) => facts[figure])} ${facts.incidentType ?? ''} ${facts.setAside.map(({ words, reason }) => `${reason}:${words}`).join(' ')}`,
      text: `${row.id} ${row.title}｜${row.text}`,
    },
  ];
}

const percent = (ratio: number): string => `${(ratio * 100).toFixed(1)} %`;

/** Mean over the classes of the harmonic mean of precision and recall; a class that nothing has is left out. */
function macroF1<Class>(
  classes: readonly Class[],
  pairs: readonly (readonly [expected: Class, got: Class])[],
): number {
  const scores = classes.flatMap((one) => {
    const expected = pairs.filter(([is]) => is === one).length;
    const got = pairs.filter(([, is]) => is === one).length;
    const both = pairs.filter(([is, was]) => is === one && was === one).length;
    return expected + got === 0 ? [] : [(2 * both) / (expected + got)];
  });
  return scores.reduce((sum, score) => sum + score, 0) / scores.length;
}
