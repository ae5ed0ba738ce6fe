import { z } from 'zod';
import { addDays, MINUTE_MS, startOfBeijingDay, weekdayOf, type WorkingCalendar } from '#core';
import type { Period } from './records.ts';
import type { ReportPack } from './report-pack.ts';

/** Kinds that are made at their time, whatever happened. */
export const ROUTINE_KINDS = ['morning', 'daily', 'weekly', 'monthly'] as const;
export const RoutineKindSchema = z.enum(ROUTINE_KINDS);
export type RoutineKind = z.infer<typeof RoutineKindSchema>;

/** A clock of a Beijing day as a moment. @throws {RangeError} when `day` is no day */
export function momentOn(day: string, clock: string): Date {
  const [hours = 0, minutes = 0] = clock.split(':').map(Number);
  return new Date(startOfBeijingDay(day).getTime() + (hours * 60 + minutes) * MINUTE_MS);
}

/**
 * What the daily report of a day tells of: since the one of the working day before closed, so that weekends
 * and holidays are in it.
 *
 * @throws {CalendarYearMissing} @throws {RangeError}
 */
function dailyPeriod(day: string, closesAt: string, calendar: WorkingCalendar): Period {
  let before = addDays(day, -1);
  while (!calendar.isWorkday(before)) before = addDays(before, -1);
  return { from: momentOn(before, closesAt), to: momentOn(day, closesAt) };
}

/** A report of its time: what it tells of, the day it is made on, and whether it is made by itself that day. */
export interface RoutineIssue {
  /** Beijing day on which it closes. */
  readonly day: string;
  readonly period: Period;
  readonly isDueByItself: boolean;
}

/**
 * The report of a kind that a day belongs to: its own, its week's, or that of the month before.
 *
 * @throws {CalendarYearMissing} @throws {RangeError} when `day` is no day
 */
export function routineIssue(
  kind: RoutineKind,
  day: string,
  pack: Pick<ReportPack, RoutineKind>,
  calendar: WorkingCalendar,
): RoutineIssue {
  if (kind === 'morning') {
    const { opensAt, closesAt } = pack.morning;
    const period = { from: momentOn(addDays(day, -1), opensAt), to: momentOn(day, closesAt) };
    return { day, period, isDueByItself: true };
  }
  if (kind === 'daily') {
    const period = dailyPeriod(day, pack.daily.closesAt, calendar);
    return { day, period, isDueByItself: calendar.isWorkday(day) };
  }
  if (kind === 'weekly') return weeklyIssue(day, pack.weekly, calendar);
  return monthlyIssue(day, pack.monthly, calendar);
}

/** The month before the day's, told on the pack's working day of this one. */
function monthlyIssue(
  day: string,
  { workingDay }: ReportPack['monthly'],
  calendar: WorkingCalendar,
): RoutineIssue {
  const first = `${day.slice(0, 7)}-01`;
  const before = `${addDays(first, -1).slice(0, 7)}-01`;
  let made = first;
  for (let count = calendar.isWorkday(made) ? 1 : 0; count < workingDay;) {
    made = addDays(made, 1);
    if (calendar.isWorkday(made)) count += 1;
  }
  return {
    day: made,
    period: { from: startOfBeijingDay(before), to: startOfBeijingDay(first) },
    isDueByItself: true,
  };
}

/** A week that is all holiday has no report of its own: the next one tells of it. */
function weeklyIssue(
  day: string,
  { weekday, closesAt }: ReportPack['weekly'],
  calendar: WorkingCalendar,
): RoutineIssue {
  const monday = addDays(day, -((weekdayOf(day) + 6) % 7));
  const closing = closingDay(monday, weekday, calendar);
  let weekBefore = addDays(monday, -7);
  let before = closingDay(weekBefore, weekday, calendar);
  while (before === undefined) {
    weekBefore = addDays(weekBefore, -7);
    before = closingDay(weekBefore, weekday, calendar);
  }
  const closes = closing ?? addDays(monday, weekday - 1);
  return {
    day: closes,
    period: { from: momentOn(before, closesAt), to: momentOn(closes, closesAt) },
    isDueByItself: closing !== undefined,
  };
}

/** The pack's weekday, or the last working day before it in the same week. */
function closingDay(
  monday: string,
  weekday: number,
  calendar: WorkingCalendar,
): string | undefined {
  for (let after = weekday - 1; after >= 0; after -= 1) {
    const day = addDays(monday, after);
    if (calendar.isWorkday(day)) return day;
  }
  return undefined;
}
