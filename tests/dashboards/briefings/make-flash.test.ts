import { expect, test } from 'vitest';
import { nextFlash, owesFlash } from '../../../dashboards/briefings/make-flash.ts';
import { HOUR_MS, MINUTE_MS, type Grade } from '#core';
import { aFile } from '../../support/reports.ts';
import { outcomeOf } from '../../support/outcome.ts';
import { minutesAfter, NOON } from '../../support/posts.ts';

const period = (to: number) => ({ period: { from: NOON, to: minutesAfter(to) } });
const first = { stage: 'first', ...period(0) } as const;
const followUp = { stage: 'followUp', ...period(60) } as const;
const final = { stage: 'final', ...period(90) } as const;

test.for([
  { standing: [], isFinal: false, next: { stage: 'first', part: 0 } },
  {
    standing: [first],
    isFinal: false,
    next: { stage: 'followUp', part: 1, since: minutesAfter(0) },
  },
  {
    standing: [first, followUp],
    isFinal: false,
    next: { stage: 'followUp', part: 2, since: minutesAfter(60) },
  },
  { standing: [first, followUp], isFinal: true, next: { stage: 'final', part: 2 } },
])('after $standing.length parts, final asked: $isFinal', ({ standing, isFinal, next }) => {
  expect(nextFlash(standing, isFinal)).toMatchObject(next);
});

const grades: Grade[] = ['L1', 'L2'];
const waits = { names: 'AUTH_RELEASE_5H', namesWithinMs: 10 * MINUTE_MS };
const pack = { flash: { grades, withinMs: 24 * HOUR_MS, ...waits } };

test('nothing follows the last part, and it does not come first', () => {
  expect(outcomeOf(() => nextFlash([first, final], false))).toBe('FLASH_ENDED');
  expect(outcomeOf(() => nextFlash([], true))).toBe('FLASH_NOT_BEGUN');
});

test.for([
  { grade: 'L1', hours: 1, owes: true },
  { grade: 'L2', hours: 23, owes: true },
  { grade: 'L2', hours: 25, owes: false },
  { grade: 'L3', hours: 1, owes: false },
] as const)(
  '$grade reached $hours h ago: a first report is owed: $owes',
  ({ grade, hours, owes }) => {
    const file = aFile('event-1', '某工地坍塌', { grade });
    expect(owesFlash(file, pack, new Date(NOON.getTime() + hours * HOUR_MS))).toBe(owes);
  },
);

test('it waits for the 5 hours to stand, so that it can say until when; not for ever', () => {
  const file = aFile('event-1', '某工地坍塌', { grade: 'L2' });
  const early = { ...file, countdowns: [] };
  expect(owesFlash(file, pack, minutesAfter(1))).toBe(true);
  expect(owesFlash(early, pack, minutesAfter(1))).toBe(false);
  expect(owesFlash(early, pack, minutesAfter(10))).toBe(true);
});
