import type { RhythmPack } from './rhythm.ts';

/** How a source's interval may move; the source's own `pollEveryMs` is where it starts. */
export interface IntervalBounds {
  readonly leastMs: number;
  readonly mostMs: number;
}

/**
 * The interval from the source's own rhythm: a share of the median gap of its newest items, sooner when much of
 * what it showed was new, later when it brought nothing.
 *
 * @param previousMs the interval in force
 * @param publishedAt moments of the newest items, any order, at most 20
 * @param newRatio share of the items shown that were new, 0 to 1; undefined when it was not modified
 * @returns ms within the bounds
 */
export function nextIntervalMs(
  previousMs: number,
  publishedAt: readonly Date[],
  newRatio: number | undefined,
  bounds: IntervalBounds,
  rule: RhythmPack['interval'],
): number {
  const wanted =
    newRatio !== undefined && newRatio >= rule.busyRatio
      ? previousMs * rule.fasterFactor
      : newRatio === undefined || newRatio === 0
        ? previousMs * rule.slowerFactor
        : previousMs;
  const gap = publishedAt.length < rule.leastItems ? undefined : medianGapMs(publishedAt);
  // Never further off than the rhythm asks for: one quiet look says less than twenty items.
  const capped =
    gap === undefined ? wanted : Math.min(wanted, Math.max(gap * rule.shareOfGap, bounds.leastMs));
  return Math.round(Math.min(bounds.mostMs, Math.max(bounds.leastMs, capped)));
}

function medianGapMs(publishedAt: readonly Date[]): number | undefined {
  const times = publishedAt.map((at) => at.getTime()).toSorted((a, b) => a - b);
  const gaps = times.slice(1).map((time, index) => time - (times[index] ?? time));
  return gaps.toSorted((a, b) => a - b)[Math.floor(gaps.length / 2)];
}
