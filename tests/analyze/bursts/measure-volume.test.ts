import { array, assert, integer, property } from 'fast-check';
import { expect, test } from 'vitest';
import { heatOf } from '../../../analyze/bursts/heat.ts';
import { measureVolume, type Voice } from '../../../analyze/bursts/measure-volume.ts';
import { aLead } from '../../support/events.ts';
import { burstPack } from '../../support/packs.ts';
import { aRecord, minutesAfter, NOON } from '../../support/posts.ts';

const HOUR = 60;
const DAY = 24 * HOUR;

/** Two weeks in which every afternoon has twelve posts an hour and every night none. */
const usualDays: readonly Voice[] = Array.from({ length: 14 }, (_, day) =>
  Array.from({ length: 6 * 12 }, (_, number) => ({
    publishedAt: minutesAfter(day * DAY + number * 5),
    outlet: `board-${number % 5}`,
  })),
).flat();
const burstsAfter = (voices: readonly Voice[], until: number) =>
  measureVolume(voices, minutesAfter(until), burstPack).filter(
    ({ isBurst, at }) => isBurst && at >= minutesAfter(7 * DAY),
  );
const crowd = (minute: number, posts: number, outlets = 4): Voice[] =>
  Array.from({ length: posts }, (_, number) => ({
    publishedAt: minutesAfter(minute + number / posts),
    outlet: `new-${number % outlets}`,
  }));

test('a usual afternoon is no burst, thirty posts within ten minutes are one', () => {
  expect(burstsAfter(usualDays, 14 * DAY)).toEqual([]);
  const afternoon = 13 * DAY + 2 * HOUR;
  const [burst, ...others] = burstsAfter([...usualDays, ...crowd(afternoon, 30)], 14 * DAY);
  expect(burst?.at).toEqual(minutesAfter(afternoon));
  expect(others).toEqual([]);
});

test('as many posts as every afternoon are a burst in the dead of night', () => {
  const night = 13 * DAY + 14 * HOUR;
  const hour = Array.from({ length: 12 }, (_, number) => crowd(night + number * 5, 1)).flat();
  expect(burstsAfter([...usualDays, ...hour], 14 * DAY)).not.toEqual([]);
});

test('three posts of one outlet are no burst, however quiet it was', () => {
  const night = 13 * DAY + 14 * HOUR;
  expect(burstsAfter([...usualDays, ...crowd(night, 3, 1)], 14 * DAY)).toEqual([]);
});

test('nothing that comes later changes what was measured', () => {
  assert(
    property(
      array(integer({ min: 0, max: 3000 }), { minLength: 1, maxLength: 200 }),
      integer({ min: 600, max: 3000 }),
      (minutes, cut) => {
        const voices = minutes.map((minute) => ({
          publishedAt: minutesAfter(minute),
          outlet: 'a',
        }));
        const until = minutesAfter(Math.floor(cut / 10) * 10 - 0.001);
        const early = measureVolume(voices, until, burstPack);
        const whole = measureVolume(voices, minutesAfter(3000), burstPack);
        expect(whole.slice(0, early.length)).toEqual(early);
      },
    ),
    { numRuns: 50 },
  );
});

const kindOf = (id: string): string | undefined => ({ paper: 'newspaper', weibo: 'weibo' })[id];
const leadOf = (...posts: Parameters<typeof aRecord>[0][]) =>
  aLead({ posts: posts.map((changes) => aRecord(changes).post) });

test('heat has parts, cools by half in twelve hours, and counts copies a little', () => {
  const rule = burstPack.heat;
  const paper = { sourceId: 'paper', mediaTier: 'M3' as const };
  const one = heatOf([leadOf(paper)], NOON, rule, kindOf);
  expect(one.parts.map(({ kind }) => kind)).toEqual(['news']);
  expect(one.value).toBeGreaterThan(0);
  expect(one.changeLastHour).toBeCloseTo(one.value);

  const copies = heatOf([leadOf(paper, paper, paper)], NOON, rule, kindOf);
  const originals = heatOf([leadOf(paper), leadOf(paper), leadOf(paper)], NOON, rule, kindOf);
  expect(copies.value).toBeGreaterThan(one.value);
  expect(originals.value).toBeGreaterThan(copies.value);

  const later = heatOf([leadOf(paper)], minutesAfter(12 * HOUR), rule, kindOf);
  expect(later.value).toBeLessThan(one.value);
  expect(later.changeLastHour).toBeLessThan(0);
});

test('heat never passes a hundred', () => {
  const loud = { sourceId: 'weibo', snapshots: [{ at: NOON, interactions: 10_000_000 }] };
  const leads = Array.from({ length: 5000 }, () => leadOf(loud));
  expect(heatOf(leads, NOON, burstPack.heat, kindOf).value).toBeLessThanOrEqual(20);
});
