import { describe, expect, test } from 'vitest';
import { onDutyAt, onDutyByHand, type DutyRoster, type OnDuty } from '#alert';
import { addDays } from '#core';
import { aPlan, aRoster, aTable, beijing, everybody, HEAD, SHIFTS } from '../../support/rosters.ts';

const whole = aTable();
const at = (minute: string, more?: Partial<DutyRoster>): OnDuty =>
  onDutyAt(beijing(minute), more ? aTable(more) : whole, everybody);
const firstOf = (duty: OnDuty): string[] => duty.first.map(({ personId }) => personId);
const reasonOf = (duty: OnDuty): [string, string] | undefined =>
  duty.first[0] && [duty.first[0].layer, duty.first[0].reason];

describe('whose turn it is', () => {
  test('a shift across midnight belongs to the day it began on', () => {
    expect(firstOf(at('2026-03-04 17:29'))).toEqual(firstOf(at('2026-03-04 08:30')));
    expect(firstOf(at('2026-03-05 02:00'))).toEqual(firstOf(at('2026-03-04 17:30')));
    expect(firstOf(at('2026-03-05 08:29'))).toEqual(firstOf(at('2026-03-04 17:30')));
  });

  test('a worked Saturday has the weekday’s shifts, a day off on a Thursday the holiday’s', () => {
    expect(at('2026-10-10 10:00').first[0]?.reason).toBe('白班轮到');
    expect(at('2026-10-01 10:00').first[0]?.reason).toBe('节日班轮到');
    expect(at('2026-10-11 10:00').first[0]?.reason).toBe('周末班轮到');
  });

  test('a weekday rotation counts served days, so that nobody is skipped or doubled over weekends and holidays', () => {
    const calls: string[] = [];
    for (let day = '2026-09-14'; day < '2026-11-02'; day = addDays(day, 1)) {
      const duty = at(`${day} 10:00`);
      if (duty.first[0]?.reason === '白班轮到') calls.push(...firstOf(duty));
    }
    const start = ['a', 'b', 'c'].indexOf(calls[0] ?? '');
    expect(calls).toEqual(calls.map((_, index) => 'abc'[(start + index) % 3]));
    expect(calls.length).toBe(31);
  });

  test('a turn of five served days is a leader’s working week, also when a holiday lies inside', () => {
    const leaders = ['09-21', '09-22', '09-23', '09-24', '09-28', '09-29', '09-30', '10-08'].map(
      (day) => at(`2026-${day} 10:00`).leader[0]?.personId,
    );
    const changes = leaders.filter((one, index) => index > 0 && one !== leaders[index - 1]);
    expect(changes.length).toBeLessThanOrEqual(2);
    expect(new Set(leaders).size).toBe(2);
  });

  test('a new plan changes nothing before the day it begins on', () => {
    const later = aPlan({
      from: '2026-06-01',
      shifts: SHIFTS.map((rule) => ({ ...rule, seats: { first: { people: ['n'], turnDays: 1 } } })),
    });
    const changed = { plans: [...aRoster().plans, later] };
    expect(at('2026-05-31 23:00', changed)).toEqual(at('2026-05-31 23:00'));
    expect(firstOf(at('2026-06-01 08:29', changed))).toEqual(firstOf(at('2026-06-01 08:29')));
    expect(firstOf(at('2026-06-01 08:30', changed))).toEqual(['n']);
  });
});

describe('what comes before the rotation', () => {
  const leave = {
    id: 'l',
    personId: 'x',
    from: '2026-03-02',
    to: '2026-03-31',
    reason: '年休',
    by: HEAD,
    at: beijing('2026-03-01 09:00'),
  };
  const rotation = firstOf(at('2026-03-04 10:00'))[0] ?? '';
  const away = { ...leave, personId: rotation, replacementId: 'r' };
  const swap = {
    id: 's',
    mine: { day: '2026-03-04', shiftId: 'day', seat: 'first' as const },
    theirs: { day: '2026-03-07', shiftId: 'rest', seat: 'first' as const },
    askedBy: { personId: rotation, name: '甲' },
    askedOf: { personId: firstOf(at('2026-03-07 10:00'))[0] ?? '', name: '乙' },
    reason: '家中有事',
    askedAt: beijing('2026-03-02 09:00'),
  };
  const accepted = { ...swap, answer: { isAccepted: true, at: beijing('2026-03-02 10:00') } };
  const override = {
    id: 'o',
    seat: 'first' as const,
    personId: 'v',
    from: beijing('2026-03-04 09:00'),
    to: beijing('2026-03-04 12:00'),
    reason: '开会',
    by: HEAD,
    at: beijing('2026-03-03 09:00'),
  };

  test('override, then swap, then the replacement of who is away', () => {
    const all = { leaves: [away], swaps: [accepted], overrides: [override] };
    expect(reasonOf(at('2026-03-04 10:00', all))).toEqual(['override', '顶班：开会']);
    expect(reasonOf(at('2026-03-04 12:00', all))).toEqual(['swap', '与甲换班']);
    expect(reasonOf(at('2026-03-04 12:00', { leaves: [away] }))).toEqual(['leave', '替请假的人']);
    expect(reasonOf(at('2026-03-04 12:00'))).toEqual(['rotation', '白班轮到']);
  });

  test('a swap goes both ways, and only once the other accepted', () => {
    expect(at('2026-03-04 10:00', { swaps: [swap] })).toEqual(at('2026-03-04 10:00'));
    expect(firstOf(at('2026-03-04 10:00', { swaps: [accepted] }))).toEqual([swap.askedOf.personId]);
    expect(firstOf(at('2026-03-07 10:00', { swaps: [accepted] }))).toEqual([rotation]);
  });

  test('an override that was withdrawn counted until then and not after', () => {
    const withdrawn = { ...override, withdrawn: { by: HEAD, at: beijing('2026-03-04 10:00') } };
    expect(firstOf(at('2026-03-04 09:59', { overrides: [withdrawn] }))).toEqual(['v']);
    expect(firstOf(at('2026-03-04 10:00', { overrides: [withdrawn] }))).toEqual([rotation]);
  });

  test('who is away without a replacement leaves the seat to the fallback list, with an alarm', () => {
    const duty = at('2026-03-04 10:00', { leaves: [{ ...leave, personId: rotation }] });
    expect([firstOf(duty), reasonOf(duty)?.[0]]).toEqual([['z'], 'fallback']);
    expect(duty.alarms.map(({ kind }) => kind)).toContain('nobody');
  });

  test('an account that was stopped is nobody on duty', () => {
    const duty = onDutyAt(beijing('2026-03-04 10:00'), aTable(), (id) => id !== rotation);
    expect(firstOf(duty)).toEqual(['z']);
  });
});

describe('when nobody knows what kind of day it is', () => {
  test('in a year without a notice the officers of every kind of day are called', () => {
    const duty = at('2027-01-04 10:00');
    expect(duty.first.map(({ reason }) => reason).toSorted()).toEqual([
      '周末班轮到',
      '白班轮到',
      '节日班轮到',
    ]);
    expect(duty.alarms.map(({ kind }) => kind)).toContain('calendarMissing');
  });

  test('so they are in the last days of December that next year’s notice may move', () => {
    expect(at('2026-12-30 10:00').alarms.map(({ kind }) => kind)).toContain('calendarMissing');
    expect(at('2026-12-24 10:00').alarms).toEqual([]);
  });
});

test('an office without a roster has the two of its duty page, and an alarm for each empty seat', () => {
  const duty = onDutyByHand({ firstId: 'a' }, everybody);
  expect([firstOf(duty), duty.first[0]?.layer]).toEqual([['a'], 'manual']);
  expect(duty.alarms.map(({ kind }) => kind)).toEqual(['noSecond']);
  expect(onDutyByHand({}, everybody).alarms[0]?.kind).toBe('nobody');
});
