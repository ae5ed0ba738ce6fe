import type { BeatView, OutcomeView } from '../../contract/index.ts';
import { durationText, exactText } from './time.ts';

/** What came of a look, in words; in the order in which a summary tells them. */
export const OUTCOME_WORDS: Readonly<Record<OutcomeView, string>> = {
  ok: '有新信息',
  nothingNew: '没有新信息',
  notModified: '对方未更新',
  fetchFailed: '没有读到',
  blocked: '被对方拒绝',
  nothingUnderstood: '读到但无法理解',
};
export const OUTCOMES = Object.keys(OUTCOME_WORDS) as readonly OutcomeView[];

/** A bar of the strip, or the empty place where nobody looked. */
export interface Beat {
  readonly kind: OutcomeView | 'gap';
  readonly title: string;
}

/** So many times the usual distance between two looks is a gap, not a late look. */
const GAP_TIMES = 3;

/**
 * The looks at a source as bars, with a gap wherever the time between two is out of proportion: the
 * machine was off, the source was stopped or kept waiting. The time since the last look counts too.
 *
 * @param looks oldest first
 * @param intervalMs the interval in force; Infinity where no look is expected
 */
export function toBeats(looks: readonly BeatView[], intervalMs: number, nowMs: number): Beat[] {
  const times = looks.map(({ at }) => Date.parse(at));
  const distances = times.slice(1).map((time, index) => time - (times[index] ?? time));
  const mostMs = GAP_TIMES * Math.max(intervalMs, median(distances));
  const beats = looks.flatMap((look, index): Beat[] => {
    const before = looks[index - 1];
    const isGap = before && (distances[index - 1] ?? 0) > mostMs;
    return isGap ? [toGap(before.at, look.at), toBeat(look)] : [toBeat(look)];
  });
  const last = looks.at(-1);
  const sinceMs = nowMs - (times.at(-1) ?? nowMs);
  if (last && sinceMs > mostMs) {
    const title = `${minuteText(last.at)} 之后没有读取（${durationText(sinceMs)}）`;
    beats.push({ kind: 'gap', title });
  }
  return beats;
}

/** The strip for who cannot see it: 最近 60 次读取：有新信息 12 次，没有读到 2 次；中断 1 处 */
export function beatsText(beats: readonly Beat[]): string {
  const count = (kind: Beat['kind']): number => beats.filter((beat) => beat.kind === kind).length;
  const gaps = count('gap');
  const looks = beats.length - gaps;
  if (looks === 0) return '还没有读取过';
  const told = OUTCOMES.filter((outcome) => count(outcome) > 0)
    .map((outcome) => `${OUTCOME_WORDS[outcome]} ${count(outcome)} 次`)
    .join('，');
  return `最近 ${looks} 次读取：${told}${gaps > 0 ? `；中断 ${gaps} 处` : ''}`;
}

function toBeat({ at, outcome, new: newItems }: BeatView): Beat {
  const count = outcome === 'ok' ? ` ${newItems} 条` : '';
  return { kind: outcome, title: `${exactText(at)} ${OUTCOME_WORDS[outcome]}${count}` };
}

function toGap(from: string, to: string): Beat {
  const ms = Date.parse(to) - Date.parse(from);
  const title = `${minuteText(from)} 至 ${minuteText(to)} 没有读取（${durationText(ms)}）`;
  return { kind: 'gap', title };
}

/** 11-24 08:42 */
const minuteText = (iso: string): string => exactText(iso).slice(5, 16);

/** 0 when there are none. */
function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
