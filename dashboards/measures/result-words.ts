import { durationInWords } from '#core';
import type { DurationGroup, MeasuredChange, Measured } from './measure.ts';

/** 83.3% */
export const percent = (share: number): string => `${(share * 100).toFixed(1)}%`;

/** The result in one clause: 10/12，83.3%; small denominators without a percentage. */
export function resultInWords(measured: Measured): string {
  switch (measured.kind) {
    case 'share': {
      const { numerator, denominator, share, open } = measured;
      if (denominator === 0) return open > 0 ? '都还没有到期' : '本期没有';
      return `${numerator}/${denominator}${share === undefined ? '' : `，${percent(share)}`}`;
    }
    case 'durations': {
      const { count, medianMs, p90Ms, meanMs, mostMs } = measured;
      if (medianMs === undefined) return '本期没有';
      const times = [
        `中位数${durationInWords(medianMs)}`,
        ...(p90Ms === undefined ? [] : [`九成在${durationInWords(p90Ms)}以内`]),
        `平均${durationInWords(meanMs ?? 0)}`,
        `最长${durationInWords(mostMs ?? 0)}`,
      ];
      return `${count}项：${times.join('，')}`;
    }
    case 'count':
      return `${measured.count}项`;
    case 'changes':
      return measured.changes.length === 0 ? '本期没有' : `${measured.changes.length}组比较`;
    case 'notRecorded':
      return `未登记：${measured.reason}`;
    default:
      return measured satisfies never;
  }
}

/** −0.12（−0.20 至 −0.03）, in percentage points. */
export const toneInWords = ({ value, low, high }: MeasuredChange): string =>
  `负面占比变化${points(value)}个百分点（95%区间${points(low)}至${points(high)}）`;

export const volumeInWords = ({ value, low, high }: MeasuredChange): string =>
  `声量为此前的${value.toFixed(2)}倍（95%区间${low.toFixed(2)}至${high.toFixed(2)}）`;

const points = (value: number): string => `${value > 0 ? '+' : ''}${(value * 100).toFixed(1)}`;

/** 重大12项：中位数41分钟，九成在1小时5分以内 */
export function groupInWords({ name, count, medianMs, p90Ms }: DurationGroup): string {
  const most = p90Ms === undefined ? '' : `，九成在${durationInWords(p90Ms)}以内`;
  return `${name}${count}项：中位数${durationInWords(medianMs)}${most}`;
}
