import { DAY_MS, HOUR_MS } from '#core';
import type { JudgingPack } from '../judging-pack.ts';

export interface SecondPeak {
  /** Begin of the hour. */
  readonly at: Date;
  readonly posts: number;
  readonly firstPosts: number;
}

/**
 * 再起: the first hour after a release, within the pack's days, that reaches the pack's share of the earlier peak
 * after the volume had fallen below it; undefined when there is none.
 */
export function secondPeak(
  publishedAt: Date,
  postedAt: readonly Date[],
  { share, days }: JudgingPack['evaluations']['secondPeak'],
): SecondPeak | undefined {
  const hours = Map.groupBy(postedAt, (at) => Math.floor(at.getTime() / HOUR_MS));
  const postsIn = (hour: number): number => hours.get(hour)?.length ?? 0;
  const releasedIn = Math.floor(publishedAt.getTime() / HOUR_MS);
  const firstPosts = Math.max(
    0,
    ...[...hours.keys()].filter((hour) => hour <= releasedIn).map(postsIn),
  );
  const line = firstPosts * share;
  let hasFallen = false;
  const last = releasedIn + (days * DAY_MS) / HOUR_MS;
  for (let hour = releasedIn + 1; hour <= last; hour += 1) {
    const posts = postsIn(hour);
    if (posts < line) hasFallen = true;
    else if (hasFallen) return { at: new Date(hour * HOUR_MS), posts, firstPosts };
  }
  return undefined;
}
