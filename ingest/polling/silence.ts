import { beijingHourOfWeek, HOUR_MS } from '#core';
import type { RhythmPack } from './rhythm.ts';

/** New items of one hour of a source; hours without a successful look are not in the list. */
export interface HourCount {
  readonly hourAt: Date;
  readonly newItems: number;
}

export type Silence =
  | { readonly kind: 'usual'; readonly expected: number }
  /** Too little is known of this source. */
  | { readonly kind: 'unknown' }
  | {
      readonly kind: 'silent';
      readonly sinceAt: Date;
      /** Items that its own habit let us expect in that time. */
      readonly expected: number;
      /** Chance of so long a quiet by accident, 0 to 1. */
      readonly chance: number;
    };

/**
 * Whether a source has been quiet for longer than its own habit explains: it answers, and brings nothing.
 * The habit is the mean of new items by hour and day of the week over the rule's `baselineMs`; items are taken to come
 * independently (Poisson), so that the chance of none where `expected` were due is e^-expected.
 *
 * @param hours of that time before `lastNewAt`, any order
 * @param lastNewAt when the last new item came
 */
export function silenceOf(
  hours: readonly HourCount[],
  lastNewAt: Date,
  now: Date,
  rule: RhythmPack['silence'],
): Silence {
  const first = Math.min(...hours.map(({ hourAt }) => hourAt.getTime()));
  if (hours.length === 0 || lastNewAt.getTime() - first < rule.leastBaselineMs) {
    return { kind: 'unknown' };
  }
  const meanOf = habitOf(hours);
  let expected = 0;
  for (let at = lastNewAt.getTime(); at < now.getTime();) {
    const nextHour = Math.min((Math.floor(at / HOUR_MS) + 1) * HOUR_MS, now.getTime());
    expected += (meanOf(new Date(at)) * (nextHour - at)) / HOUR_MS;
    at = nextHour;
  }
  const chance = Math.exp(-expected);
  return chance < rule.unlikelyChance
    ? { kind: 'silent', sinceAt: lastNewAt, expected, chance }
    : { kind: 'usual', expected };
}

/** Mean of new items in an hour like this one: same hour of the Beijing day, same day of the week. */
function habitOf(hours: readonly HourCount[]): (at: Date) => number {
  const bySlot = Map.groupBy(hours, ({ hourAt }) => beijingHourOfWeek(hourAt));
  const byHour = Map.groupBy(hours, ({ hourAt }) => beijingHourOfWeek(hourAt) % 24);
  const mean = (group: readonly HourCount[] = []): number =>
    group.reduce((sum, { newItems }) => sum + newItems, 0) / Math.max(1, group.length);
  return (at) => {
    const slot = beijingHourOfWeek(at);
    // A slot seen but once or twice says little: the hour of all days stands in.
    const own = bySlot.get(slot);
    return own && own.length >= 2 ? mean(own) : mean(byHour.get(slot % 24));
  };
}
