import { addDays, beijingDay, type DutyNow } from '#core';
import type { DutySlot, Seat } from './duty-roster.ts';
import type { DutyTable, Shift } from './duty-table.ts';

/** What put a person on duty: the first that has an answer wins; `manual` where there is no roster. */
export type DutyLayer = 'override' | 'swap' | 'leave' | 'rotation' | 'fallback' | 'manual';

export interface SeatDuty {
  readonly personId: string;
  readonly layer: DutyLayer;
  /** Why this person, in words. */
  readonly reason: string;
  /** Until when, as far as the shift or the override says. */
  readonly until?: Date;
}

export interface DutyAlarm {
  readonly kind: 'nobody' | 'noSecond' | 'noLeader' | 'calendarMissing';
  readonly text: string;
}

/** Who is on duty at a moment; for every moment somebody in the first seat, or an alarm that says so. */
export interface OnDuty extends Readonly<Record<Seat, readonly SeatDuty[]>> {
  readonly alarms: readonly DutyAlarm[];
}

/** Whether a person of this id can sit: known and not disabled. */
export type MaySit = (personId: string) => boolean;

/**
 * Who is on duty at a moment, and why. Override before swap before a leave's replacement before the rotation
 * before the fallback list. Total: it answers for every moment.
 */
export function onDutyAt(at: Date, table: DutyTable, maySit: MaySit): OnDuty {
  const shifts = runningAt(at, table);
  const seated = (seat: Seat): readonly SeatDuty[] =>
    withoutRepeats(seatAt(at, seat, shifts, table).filter(({ personId }) => maySit(personId)));
  const first = seated('first');
  const isOther = ({ personId }: SeatDuty): boolean =>
    first.every((one) => one.personId !== personId);
  const second = seated('second').filter(isOther);
  const leader = seated('leader');
  const fallback = table.roster.fallback
    .filter(maySit)
    .map((personId): SeatDuty => ({ personId, layer: 'fallback', reason: '没有排班，按后备名单' }));
  const alarms: DutyAlarm[] = [];
  if (first.length === 0) alarms.push({ kind: 'nobody', text: '没有值班员' });
  // Where several are called first, as on an uncertain day, there are two contacts all the same.
  const hasTwo = second.length > 0 || first.length > 1;
  if (!hasTwo) alarms.push({ kind: 'noSecond', text: '没有第二值班员' });
  if (leader.length === 0) alarms.push({ kind: 'noLeader', text: '没有带班领导' });
  if (shifts.some(({ isUncertain }) => isUncertain)) {
    const text = '节假日安排未定，工作日、休息日和节假日的班次都在值';
    alarms.push({ kind: 'calendarMissing', text });
  }
  return {
    first: first.length > 0 ? first : fallback,
    second: hasTwo || first.length === 0 ? second : fallback.filter(isOther),
    leader,
    alarms,
  };
}

/** As the duty page has it, for an office without a roster. */
export function onDutyByHand({ firstId, secondId }: DutyNow, maySit: MaySit): OnDuty {
  const seat = (personId: string | undefined): readonly SeatDuty[] =>
    personId && maySit(personId)
      ? [{ personId, layer: 'manual', reason: '在“人员与值班”页设定' }]
      : [];
  const [first, second] = [seat(firstId), seat(secondId)];
  const alarms: DutyAlarm[] = [];
  if (first.length === 0) alarms.push({ kind: 'nobody', text: '没有值班员' });
  if (second.length === 0) alarms.push({ kind: 'noSecond', text: '没有第二值班员' });
  return { first, second, leader: [], alarms };
}

/** Shifts that run at a moment; yesterday's may last into today. */
export function runningAt(at: Date, table: DutyTable): readonly Shift[] {
  const day = beijingDay(at);
  return [...table.shiftsOn(addDays(day, -1)), ...table.shiftsOn(day)].filter(
    ({ start, end }) => start <= at && at < end,
  );
}

function seatAt(
  at: Date,
  seat: Seat,
  shifts: readonly Shift[],
  table: DutyTable,
): readonly SeatDuty[] {
  const override = table.roster.overrides.findLast(
    (one) =>
      one.seat === seat &&
      one.from <= at &&
      at < one.to &&
      !(one.withdrawn && one.withdrawn.at <= at),
  );
  if (override) {
    const { personId, reason, to: until } = override;
    return [{ personId, layer: 'override', reason: `顶班：${reason}`, until }];
  }
  return shifts.flatMap((shift) => seatOf(shift, seat, table) ?? []);
}

/** Who sits in one seat of one shift, overrides apart; undefined when it is empty. */
export function seatOf(shift: Shift, seat: Seat, table: DutyTable): SeatDuty | undefined {
  const turn = turnOf(shift, seat);
  if (!turn) return undefined;
  const until = shift.end;
  const { day, rule } = shift;
  const swap = table.roster.swaps.findLast(
    ({ mine, theirs, answer }) =>
      answer?.isAccepted && [mine, theirs].some((slot) => isSlot(slot, shift, seat)),
  );
  if (swap) {
    const [taker, giver] = isSlot(swap.mine, shift, seat)
      ? [swap.askedOf, swap.askedBy]
      : [swap.askedBy, swap.askedOf];
    return { personId: taker.personId, layer: 'swap', reason: `与${giver.name}换班`, until };
  }
  const leave = leaveOn(table, turn, day);
  if (!leave) {
    return { personId: turn, layer: 'rotation', reason: `${rule.name}轮到`, until };
  }
  const { replacementId } = leave;
  if (!replacementId || leaveOn(table, replacementId, day)) return undefined;
  return { personId: replacementId, layer: 'leave', reason: '替请假的人', until };
}

/** Whose turn it is, leave and swaps apart; undefined for a seat this shift does not have. */
export function turnOf({ rule, served }: Shift, seat: Seat): string | undefined {
  const rotation = rule.seats[seat];
  if (!rotation) return undefined;
  return rotation.people[Math.floor(served / rotation.turnDays) % rotation.people.length];
}

/** The leave of a person on a Beijing day. */
export function leaveOn(table: DutyTable, personId: string, day: string) {
  return table.roster.leaves.findLast(
    (one) =>
      one.personId === personId &&
      one.from <= day &&
      day <= one.to &&
      !(one.withdrawn && beijingDay(one.withdrawn.at) <= day),
  );
}

const isSlot = (slot: DutySlot, { day, rule }: Shift, seat: Seat): boolean =>
  slot.day === day && slot.shiftId === rule.id && slot.seat === seat;

function withoutRepeats(seats: readonly SeatDuty[]): readonly SeatDuty[] {
  return [...new Map(seats.map((one) => [one.personId, one])).values()];
}
