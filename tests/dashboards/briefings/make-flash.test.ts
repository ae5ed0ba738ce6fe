import { expect, test } from 'vitest';
import { canNameDue, nextFlash, owesFlash } from '../../../dashboards/briefings/make-flash.ts';
import { HOUR_MS, MINUTE_MS, type Grade } from '#core';
import { proposedChange } from '../../support/alerts.ts';
import { anOpinionEvent } from '../../support/events.ts';
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
const waits = { awaits: 'AUTH_RELEASE_5H', awaitsMs: 10 * MINUTE_MS };
const rule = { grades, withinMs: 24 * HOUR_MS };

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
    const { event } = aFile('event-1', '某工地坍塌', { grade });
    expect(
      owesFlash(
        { ...anOpinionEvent(), ...event },
        rule,
        new Date(NOON.getTime() + hours * HOUR_MS),
      ),
    ).toBe(owes);
  },
);

test('it waits for the 5 hours to stand, so that it can say until when; not for ever', () => {
  const gradeHistory = [proposedChange('L2', NOON)];
  const event = { ...anOpinionEvent(), gradeHistory };
  const armed = [{ code: 'AUTH_RELEASE_5H' }];
  expect(canNameDue(event, armed, waits, minutesAfter(1))).toBe(true);
  expect(canNameDue(event, [], waits, minutesAfter(1))).toBe(false);
  expect(canNameDue(event, [], waits, minutesAfter(10))).toBe(true);
});
