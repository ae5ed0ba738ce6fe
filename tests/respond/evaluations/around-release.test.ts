import { expect, test } from 'vitest';
import { HOUR_MS } from '#core';
import { aroundRelease, secondPeak } from '#respond';
import { judgingPack } from '../../support/judging.ts';
import { minutesAfter, NOON } from '../../support/posts.ts';

const later = new Date(NOON.getTime() + 100 * HOUR_MS);
const posts = (count: number, startMinute: number, negative: number) =>
  Array.from({ length: count }, (_, index) => ({
    id: `${startMinute}-${index}`,
    title: '',
    text: '什么时候能来水？',
    publishedAt: minutesAfter(startMinute + index),
    isNegative: index < negative,
  }));
const sixHours = (list: Parameters<typeof aroundRelease>[1], now = later) =>
  aroundRelease(NOON, list, judgingPack, now)[0];

test('both windows are told with their sizes, and the change with its interval', () => {
  const found = sixHours([...posts(100, -200, 80), ...posts(50, 10, 20)]);
  expect(found).toMatchObject({
    hours: 6,
    before: { posts: 100, toned: 100, negative: 80 },
    after: { posts: 50, negative: 20, questions: ['什么时候能来水？'] },
    withheld: [],
  });
  expect(found?.volume?.value).toBe(0.5);
  expect(found?.tone?.value).toBeCloseTo(-0.4);
  // By hand: −0.541 to −0.236.
  expect(found?.tone?.low).toBeCloseTo(-0.54, 2);
  expect(found?.tone?.high).toBeCloseTo(-0.24, 2);
});

test('29 on one side are too few, and the page says how many there are', () => {
  const found = sixHours([...posts(29, -200, 20), ...posts(50, 10, 20)]);
  expect(found?.volume).toBeUndefined();
  expect(found?.tone).toBeUndefined();
  expect(found?.withheld).toContain('声量：前29条、后50条，两边都满30条才比较');
});

test('no change is told before the window has passed', () => {
  const found = sixHours([...posts(40, -200, 20), ...posts(40, 10, 20)], minutesAfter(120));
  expect(found?.tone).toBeUndefined();
  expect(found?.withheld).toEqual(['发布后6小时还没有过完']);
});

test.for([
  { what: 'falls and stays low', after: [1, 0, 2], rises: false },
  { what: 'falls and comes back to half', after: [1, 0, 5], rises: true },
  { what: 'has not fallen yet', after: [8, 7, 6], rises: false },
])('a volume that $what: second peak is $rises', ({ after, rises }) => {
  const at = (hour: number, count: number) =>
    Array.from({ length: count }, () => new Date(NOON.getTime() + hour * HOUR_MS));
  const postedAt = [...at(-1, 10), ...after.flatMap((count, index) => at(index + 1, count))];
  const found = secondPeak(NOON, postedAt, judgingPack.evaluations.secondPeak);
  expect(found !== undefined).toBe(rises);
});
