import {
  addDays,
  DAY_MS,
  MINUTE_MS,
  daysBetween,
  startOfBeijingDay,
  type CalendarDay,
  type NationalCalendar,
} from '#core';
import type { DutyPlan, DutyRoster, ShiftRule } from './duty-roster.ts';

/** One shift of one day. */
export interface Shift {
  readonly rule: ShiftRule;
  /** The Beijing day it begins on. */
  readonly day: string;
  readonly start: Date;
  readonly end: Date;
  /** Days this shift was served before, since its plan began; whose turn it is hangs on it. */
  readonly served: number;
  /** Whether it is on only because nobody knows yet what kind of day it is. */
  readonly isUncertain: boolean;
}

/** A roster with its calendar; a fixed pair gives the same answer to the same question for ever. */
export interface DutyTable {
  readonly roster: DutyRoster;
  readonly calendar: NationalCalendar;
  /** Shifts that begin on a Beijing day. */
  readonly shiftsOn: (day: string) => readonly Shift[];
}

/**
 * The shifts of a roster. A day whose kind is not announced, or may still be moved, has the shifts of every
 * kind of day: two people too many are called rather than the wrong one.
 */
export function createDutyTable(roster: DutyRoster, calendar: NationalCalendar): DutyTable {
  const counts = new Map<ShiftRule, number[]>();

  /** Days served before `day`; a rotation counts these and no others, so that no weekend skips anybody. */
  const servedBefore = (rule: ShiftRule, plan: DutyPlan, day: string): number => {
    const known = counts.get(rule) ?? [0];
    counts.set(rule, known);
    const wanted = daysBetween(plan.from, day);
    for (let index = known.length - 1; index < wanted; index += 1) {
      const isOn = isServed(rule, calendar.dayOf(addDays(plan.from, index)));
      known.push((known[index] ?? 0) + (isOn ? 1 : 0));
    }
    return known[wanted] ?? 0;
  };

  const shiftsOf = (day: string): readonly Shift[] => {
    const plan = planOn(roster, day);
    if (!plan) return [];
    const known = calendar.dayOf(day);
    return plan.shifts
      .filter((rule) => isServed(rule, known))
      .map((rule) => ({
        rule,
        day,
        ...momentsOf(rule, day),
        served: servedBefore(rule, plan, day),
        isUncertain: known === undefined || known.mayMove,
      }));
  };
  const days = new Map<string, readonly Shift[]>();

  return {
    roster,
    calendar,
    shiftsOn(day) {
      const found = days.get(day) ?? shiftsOf(day);
      days.set(day, found);
      return found;
    },
  };
}

/** When the roster begins: the first shift of its first plan; undefined when there is none within two weeks. */
export function beginningOf({ roster, shiftsOn }: DutyTable): Date | undefined {
  const first = roster.plans.map(({ from }) => from).toSorted()[0];
  if (!first) return undefined;
  const days = Array.from({ length: 14 }, (_, index) => addDays(first, index));
  const starts = days.flatMap((day) => shiftsOn(day).map(({ start }) => start.getTime()));
  return starts.length > 0 ? new Date(Math.min(...starts)) : undefined;
}

/** The plan in force on a day; of two from the same day the later one. */
export function planOn(roster: DutyRoster, day: string): DutyPlan | undefined {
  return roster.plans
    .filter(({ from }) => from <= day)
    .reduce<DutyPlan | undefined>(
      (best, one) => (best && best.from > one.from ? best : one),
      undefined,
    );
}

function isServed(rule: ShiftRule, known: CalendarDay | undefined): boolean {
  return known === undefined || known.mayMove || rule.days.includes(known.kind);
}

function momentsOf(rule: ShiftRule, day: string): { start: Date; end: Date } {
  const midnight = startOfBeijingDay(day).getTime();
  const [from, to] = [msOf(rule.from), msOf(rule.to)];
  return {
    start: new Date(midnight + from),
    end: new Date(midnight + to + (to <= from ? DAY_MS : 0)),
  };
}

function msOf(wallTime: string): number {
  const [hours = 0, minutes = 0] = wallTime.split(':').map(Number);
  return (hours * 60 + minutes) * MINUTE_MS;
}
