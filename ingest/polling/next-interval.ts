/** How a source's interval may move; the source's own `pollEveryMs` is where it starts. */
export interface IntervalBounds {
  readonly leastMs: number;
  readonly mostMs: number;
}

/** Share of the median gap between two items at which a source is looked at. */
const SHARE_OF_GAP = 0.5;
const LEAST_ITEMS = 5;

/**
 * The interval from the source's own rhythm: half the median gap of its newest items, sooner when half of
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
): number {
  const wanted =
    newRatio !== undefined && newRatio >= 0.5
      ? previousMs * 0.5
      : newRatio === undefined || newRatio === 0
        ? previousMs * 1.5
        : previousMs;
  const gap = medianGapMs(publishedAt);
  // Never further off than the rhythm asks for: one quiet look says less than twenty items.
  const capped =
    gap === undefined ? wanted : Math.min(wanted, Math.max(gap * SHARE_OF_GAP, bounds.leastMs));
  return Math.round(Math.min(bounds.mostMs, Math.max(bounds.leastMs, capped)));
}

function medianGapMs(publishedAt: readonly Date[]): number | undefined {
  if (publishedAt.length < LEAST_ITEMS) return undefined;
  const times = publishedAt.map((at) => at.getTime()).toSorted((a, b) => a - b);
  const gaps = times.slice(1).map((time, index) => time - (times[index] ?? time));
  return gaps.toSorted((a, b) => a - b)[Math.floor(gaps.length / 2)];
}
