import { addDays, type WorkingCalendar } from './calendar.ts';
import { beijingDay, startOfBeijingDay } from './time.ts';

/**
 * When a period of working days ends: the day it begins on is not counted, the last one ends at 24:00.
 *
 * @param days working days, a whole number above 0
 * @throws {RangeError} when `days` is none
 * @throws {CalendarYearMissing} when the count runs into a year that nobody has announced
 *
 * Source: 民法典第二百零一条、第二百零三条, 民事诉讼法第八十五条.
 */
export function endOfWorkingDays(start: Date, days: number, calendar: WorkingCalendar): Date {
  checkWhole(days);
  let day = beijingDay(start);
  for (let left = days; left > 0;) {
    day = addDays(day, 1);
    if (calendar.isWorkday(day)) left -= 1;
  }
  return endOfDay(day);
}

/**
 * When a period of calendar days ends: the day it begins on is not counted; a last day that is not worked
 * moves to the next worked one; it ends at 24:00.
 *
 * @throws {RangeError} and {CalendarYearMissing} as {@link endOfWorkingDays}
 */
export function endOfCalendarDays(start: Date, days: number, calendar: WorkingCalendar): Date {
  checkWhole(days);
  let day = addDays(beijingDay(start), days);
  while (!calendar.isWorkday(day)) day = addDays(day, 1);
  return endOfDay(day);
}

const endOfDay = (day: string): Date => startOfBeijingDay(addDays(day, 1));

function checkWhole(days: number): void {
  if (!Number.isInteger(days) || days < 1) throw new RangeError(`not a number of days: ${days}`);
}
