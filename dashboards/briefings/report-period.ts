import { addDays, MINUTE_MS, startOfBeijingDay, type WorkingCalendar } from '#core';
import type { Period } from './records.ts';

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
export function dailyPeriod(day: string, closesAt: string, calendar: WorkingCalendar): Period {
  let before = addDays(day, -1);
  while (!calendar.isWorkday(before)) before = addDays(before, -1);
  return { from: momentOn(before, closesAt), to: momentOn(day, closesAt) };
}
