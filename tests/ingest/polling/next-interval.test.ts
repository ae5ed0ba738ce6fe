import { array, assert, date, double, integer, property } from 'fast-check';
import { expect, test } from 'vitest';
import { MINUTE_MS } from '#core';
import { nextIntervalMs } from '../../../ingest/polling/next-interval.ts';
import { rhythmPack } from '../../support/packs.ts';
import { minutesAfter } from '../../support/posts.ts';

const BOUNDS = { leastMs: 2 * MINUTE_MS, mostMs: 30 * MINUTE_MS };
const every = (minutes: number) => Array.from({ length: 12 }, (_, n) => minutesAfter(n * minutes));

test.for([
  { what: 'half of what it showed was new: sooner', previous: 10, rhythm: [], ratio: 0.5, next: 5 },
  { what: 'nothing new: later', previous: 10, rhythm: [], ratio: 0, next: 15 },
  { what: 'not modified: later', previous: 10, rhythm: [], ratio: undefined, next: 15 },
  { what: 'a little new: as before', previous: 10, rhythm: [], ratio: 0.1, next: 10 },
  {
    what: 'an item every ten minutes is looked for every five',
    previous: 20,
    rhythm: every(10),
    ratio: 0,
    next: 5,
  },
  {
    what: 'an item a second is not looked for more often than allowed',
    previous: 4,
    rhythm: every(0.02),
    ratio: 1,
    next: 2,
  },
])('$what', ({ previous, rhythm, ratio, next }) => {
  const ms = nextIntervalMs(previous * MINUTE_MS, rhythm, ratio, BOUNDS, rhythmPack.interval);
  expect(ms / MINUTE_MS).toBe(next);
});

test('the interval never leaves its bounds', () => {
  assert(
    property(
      integer({ min: 1, max: 1e9 }),
      array(date({ noInvalidDate: true }), { maxLength: 20 }),
      double({ min: 0, max: 1, noNaN: true }),
      (previous, rhythm, ratio) => {
        const ms = nextIntervalMs(previous, rhythm, ratio, BOUNDS, rhythmPack.interval);
        expect(ms).toBeGreaterThanOrEqual(BOUNDS.leastMs);
        expect(ms).toBeLessThanOrEqual(BOUNDS.mostMs);
      },
    ),
  );
});
