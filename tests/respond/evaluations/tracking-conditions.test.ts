import { expect, test } from 'vitest';
import { HOUR_MS } from '#core';
import { trackingConditions } from '../../../respond/evaluations/tracking-conditions.ts';

const now = new Date('2026-11-24T08:00:00Z');
const tracking = { shareOfPeak: 0.2, quietHours: 48 };
/** So many posts, so many hours ago. */
const posts = (count: number, hoursAgo: number): Date[] =>
  Array.from({ length: count }, () => new Date(now.getTime() - hoursAgo * HOUR_MS));

test.for([
  { volume: 'nothing was ever posted', postedAt: [], isQuiet: true },
  { volume: 'a peak of 20 three days ago', postedAt: posts(20, 72), isQuiet: true },
  {
    volume: 'then 3 posts in one hour',
    postedAt: [...posts(20, 72), ...posts(3, 5)],
    isQuiet: true,
  },
  { volume: 'then 4, a fifth', postedAt: [...posts(20, 72), ...posts(4, 5)], isQuiet: false },
  { volume: 'a peak 47 hours ago', postedAt: posts(20, 47), isQuiet: false },
  { volume: 'a peak exactly 48 hours ago', postedAt: posts(20, 48), isQuiet: true },
  {
    volume: 'a post dated later than now',
    postedAt: [...posts(5, 60), ...posts(5, -2)],
    isQuiet: true,
  },
])('$volume: the volume has fallen is $isQuiet', ({ postedAt, isQuiet }) => {
  const [volume] = trackingConditions(postedAt, 'finished', tracking, now);
  expect(volume?.isMet).toBe(isQuiet);
  expect(volume?.missing === '').toBe(isQuiet);
});

test('says how many posts stand against which peak', () => {
  const [volume] = trackingConditions(
    [...posts(20, 72), ...posts(6, 5)],
    'finished',
    tracking,
    now,
  );
  expect(volume?.missing).toBe('近48小时最多一小时6条，没有低于峰值（一小时20条）的20%');
});

test.for([
  { factTrack: 'unknown', isMet: false },
  { factTrack: 'open', isMet: false },
  { factTrack: 'finished', isMet: true },
] as const)('facts $factTrack: met is $isMet', ({ factTrack, isMet }) => {
  expect(trackingConditions([], factTrack, tracking, now)[1]).toMatchObject({ isMet });
});
