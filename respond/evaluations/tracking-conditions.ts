import { HOUR_MS } from '#core';
import type { JudgingPack } from '../judging-pack.ts';
import {
  condition,
  factTrackCondition,
  type ClosingCondition,
  type EventRecords,
} from './closing-conditions.ts';

/**
 * What has to be met before the tracking of an event ends: the volume has stayed below the pack's share of its peak for
 * the pack's hours, and the track of the facts is finished.
 *
 * @param postedAt times of all posts of the event; later ones than `at` are not looked at
 */
export function trackingConditions(
  postedAt: readonly Date[],
  factTrack: EventRecords['factTrack'],
  { shareOfPeak, quietHours }: JudgingPack['evaluations']['tracking'],
  at: Date,
): readonly ClosingCondition[] {
  // Hours counted back from now, so that a quiet night is not cut in two by the clock.
  const hours = new Map<number, number>();
  for (const posted of postedAt) {
    const ago = Math.floor((at.getTime() - posted.getTime()) / HOUR_MS);
    if (ago >= 0) hours.set(ago, (hours.get(ago) ?? 0) + 1);
  }
  const peak = Math.max(0, ...hours.values());
  const recent = Math.max(
    0,
    ...[...hours].flatMap(([ago, posts]) => (ago < quietHours ? posts : [])),
  );
  const isQuiet = recent === 0 || recent < peak * shareOfPeak;
  const share = `${Math.round(shareOfPeak * 100)}%`;
  const loud = `近${quietHours}小时最多一小时${recent}条，没有低于峰值（一小时${peak}条）的${share}`;
  return [condition('声量回落', isQuiet, loud), factTrackCondition(factTrack)];
}
