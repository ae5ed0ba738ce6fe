import { beijingDay, toCsv } from '#core';
import type { Measure } from './measure.ts';
import { linesOf } from './lines.ts';
import type { Period } from './records.ts';
import { percent, resultInWords } from './result-words.ts';

const COLUMNS = [
  '类别',
  '指标',
  '分子',
  '分母',
  '占比',
  '豁免',
  '取消',
  '未到期',
  '无法判断',
  '结果',
  '怎么算',
  '明细',
  '记录',
] as const;

/** Every measure of a period with the list behind it, for a spreadsheet. */
export function measuresCsv(measures: readonly Measure[], { from, to }: Period): string {
  const lastDay = beijingDay(new Date(to.getTime() - 1));
  return toCsv([
    [`指标 ${beijingDay(from)} 至 ${lastDay}`],
    COLUMNS,
    ...measures.flatMap((measure) => [rowOf(measure), ...detailsOf(measure)]),
  ]);
}

function rowOf({ group, name, counting, notes, measured }: Measure): string[] {
  const said = [counting, ...notes].join(' ');
  const result = resultInWords(measured);
  if (measured.kind !== 'share') return [group, name, '', '', '', '', '', '', '', result, said];
  const { numerator, denominator, share, waived, cancelled, open, unknown } = measured;
  const counts = [waived, cancelled, open, unknown].map(String);
  const rate = share === undefined ? '' : percent(share);
  return [group, name, `${numerator}`, `${denominator}`, rate, ...counts, result, said];
}

function detailsOf(measure: Measure): string[][] {
  return linesOf(measure).map(({ words, says, cite }) => [
    measure.group,
    measure.name,
    ...Array.from({ length: 7 }, () => ''),
    says,
    '',
    words,
    cite,
  ]);
}
