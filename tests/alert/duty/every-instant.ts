import { digestOf } from '#core';
import { onDutyAt } from '#alert';
import { SEATS } from '../../../alert/duty/duty-roster.ts';
import { aPlan, aTable, beijing, everybody, HEAD, SHIFTS } from '../../support/rosters.ts';

/**
 * A process of its own, whose zone is set from outside: walks 2019 to 2026 in steps of an hour, at the half hour at which shifts change, and one
 * millisecond before each, and prints what it found as one line of JSON.
 */
const STEP_MS = 3_600_000;
const [FROM, TO] = [beijing('2019-01-01 00:30').getTime(), beijing('2027-01-01 00:30').getTime()];

const holed = { plans: [aPlan({ shifts: SHIFTS.filter(({ id }) => id !== 'rest') })] };
const stirred = {
  overrides: [
    {
      id: 'o',
      seat: 'first' as const,
      personId: 'v',
      from: beijing('2020-02-01 09:15'),
      to: beijing('2020-02-03 12:00'),
      reason: '支援',
      by: HEAD,
      at: beijing('2020-02-01 09:00'),
    },
  ],
  leaves: [
    {
      id: 'l',
      personId: 'a',
      from: '2023-05-01',
      to: '2023-06-30',
      reason: '休假',
      by: HEAD,
      at: beijing('2023-04-20 09:00'),
    },
  ],
};

function walk(more: Parameters<typeof aTable>[0]) {
  const table = aTable(more);
  const answers: string[] = [];
  let instants = 0;
  let unheard = 0;
  let alarmed = 0;
  let last = '';
  for (let ms = FROM; ms < TO; ms += STEP_MS) {
    for (const at of [new Date(ms - 1), new Date(ms)]) {
      const duty = onDutyAt(at, table, everybody);
      instants += 1;
      const isAlarmed = duty.alarms.some(({ kind }) => kind === 'nobody');
      if (isAlarmed) alarmed += 1;
      const isRostered = duty.first.some(({ layer }) => layer !== 'fallback');
      if (!isRostered && !isAlarmed) unheard += 1;
      const words = SEATS.map((seat) => duty[seat].map(({ personId }) => personId).join()).join(
        '|',
      );
      if (words !== last) answers.push(`${at.getTime()} ${words}`);
      last = words;
    }
  }
  return {
    instants,
    unheard,
    alarmed,
    changes: answers.length,
    digest: digestOf(answers.join('\n')),
  };
}

/** As it goes wrong where the process's own zone says what day it is. */
function byLocalDay(): string {
  const days: boolean[] = [];
  for (let ms = FROM; ms < TO; ms += STEP_MS) days.push(new Date(ms).getDay() % 6 === 0);
  return digestOf(days.join());
}

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
process.stdout.write(
  JSON.stringify({
    zone,
    whole: walk({}),
    holed: walk(holed),
    stirred: walk(stirred),
    control: byLocalDay(),
  }),
);
