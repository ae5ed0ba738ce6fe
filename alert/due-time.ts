import {
  beijingDay,
  CalendarYearMissing,
  DAY_MS,
  endOfWorkingDays,
  startOfBeijingDay,
} from '#core';
import type { WorkingCalendar } from '#core';
import type { CountdownRule, Lengths } from './countdown-pack.ts';

/** What decides how long a duty has. */
export interface DueParts {
  readonly startAt: Date;
  /** Grade or kind of matter; the first that the rule has a length for decides, then `default`. */
  readonly keys: readonly string[];
  /** Start of the event's statutory countdowns, where it has them. */
  readonly triggeredAt?: Date | undefined;
  /** The date that the act itself names. */
  readonly ownDueAt?: Date | undefined;
}

/** By what days are counted. */
export interface CalendarRules {
  readonly calendar: WorkingCalendar;
  /** Told of a duty that has to wait for a year of the calendar; without it the failure is thrown. */
  readonly laterFor?: (error: CalendarYearMissing) => void;
}

/**
 * When a duty is due; undefined when the rule gives a matter of this kind no time. Hours run through
 * nights and holidays; working days end at 24:00 and do not count the first day.
 *
 * @throws {CalendarYearMissing} when the working days run into a year that nobody has announced
 */
export function dueTimeOf(
  rule: CountdownRule,
  parts: DueParts,
  calendar: WorkingCalendar,
): Date | undefined {
  const { startAt, keys, triggeredAt, ownDueAt } = parts;
  if (rule.takesOwnDate && ownDueAt) return ownDueAt;
  if (rule.calendar === 'workingDays') {
    const days = lengthOf(rule.workingDays, keys);
    if (days === undefined) return undefined;
    return days === 0 ? endOfDay(startAt) : endOfWorkingDays(startAt, days, calendar);
  }
  const { later } = rule;
  const isLater =
    later && triggeredAt && startAt.getTime() - triggeredAt.getTime() >= later.afterMs;
  const durationMs = lengthOf(isLater ? later.durationMs : rule.durationMs, keys);
  return durationMs === undefined ? undefined : new Date(startAt.getTime() + durationMs);
}

/** The same; a duty for which a year is missing is named to `laterFor`, and has no time yet. */
export function dueTimeIn(
  rule: CountdownRule,
  parts: DueParts,
  { calendar, laterFor }: CalendarRules,
): Date | undefined {
  try {
    return dueTimeOf(rule, parts, calendar);
  } catch (error) {
    if (!(error instanceof CalendarYearMissing) || !laterFor) throw error;
    laterFor(error);
    return undefined;
  }
}

function lengthOf(lengths: Lengths | undefined, keys: readonly string[]): number | undefined {
  const known = Object.entries(lengths ?? {});
  const found = keys.map((key) => known.find(([name]) => name === key)).find(Boolean);
  return found?.[1] ?? lengths?.default;
}

const endOfDay = (at: Date): Date => new Date(startOfBeijingDay(beijingDay(at)).getTime() + DAY_MS);
