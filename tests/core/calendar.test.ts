import { describe, expect, test } from 'vitest';
import {
  addDays,
  CalendarPackSchema,
  CalendarYearMissing,
  createCalendar,
  daysBetween,
  endOfCalendarDays,
  endOfWorkingDays,
  startOfBeijingDay,
  weekdayOf,
} from '#core';
import { noOpenData, openDataText, skipNote } from '../support/open-data.ts';
import { calendarPack } from '../support/packs.ts';

const calendar = createCalendar(calendarPack);

describe('the national calendar', () => {
  test.for([
    { day: '2026-10-01', kind: 'holiday', name: '国庆节' },
    { day: '2026-10-10', kind: 'workday', name: '国庆节调休' },
    { day: '2026-03-07', kind: 'rest', name: undefined },
    { day: '2026-03-09', kind: 'workday', name: undefined },
    // Moved by the notice of the year after.
    { day: '2018-12-29', kind: 'workday', name: '元旦调休' },
    { day: '2018-12-31', kind: 'holiday', name: '元旦' },
    // Moved inside the year, by a second notice.
    { day: '2020-01-31', kind: 'holiday', name: '春节' },
  ])('$day is $kind $name', ({ day, kind, name }) => {
    expect(calendar.dayOf(day)).toMatchObject({ kind });
    expect(calendar.dayOf(day)?.name).toBe(name);
    expect(calendar.isWorkday(day)).toBe(kind === 'workday');
  });

  test('a year without a notice is an error and never Monday to Friday', () => {
    expect(() => calendar.isWorkday('2027-01-04')).toThrow(CalendarYearMissing);
    expect(calendar.dayOf('2027-01-04')).toBeUndefined();
    expect(() => calendar.isWorkday('2006-12-30')).toThrow(/没有 2006 年/);
  });

  test('the end of December may still move while the next year’s notice is missing', () => {
    expect(calendar.dayOf('2026-12-31')).toEqual({ kind: 'workday', mayMove: true });
    expect(calendar.dayOf('2026-12-25')).toEqual({ kind: 'workday', mayMove: false });
    expect(calendar.dayOf('2025-12-31')).toEqual({ kind: 'workday', mayMove: false });
  });

  test('the missing year is told from the first of December on, and in it', () => {
    expect(calendar.warningOn('2026-11-30')).toBeUndefined();
    expect(calendar.warningOn('2026-12-01')).toMatch(/还没有 2027 年/);
    expect(calendar.warningOn('2027-05-01')).toMatch(/没有 2027 年.+都会被叫到/);
    expect(calendar.warningOn('2025-12-20')).toBeUndefined();
  });

  test('a day of the office’s own wins over the notice', () => {
    const local = createCalendar(calendarPack, [
      { date: '2026-04-18', kind: 'work', name: '补班' },
      { date: '2026-04-20', kind: 'off', name: '三月三' },
    ]);
    expect(local.dayOf('2026-04-18')).toMatchObject({ kind: 'workday', name: '补班' });
    expect(local.dayOf('2026-04-20')).toMatchObject({ kind: 'holiday', name: '三月三' });
  });

  test('a day written as both off and worked is a slip of the pen, and refused', () => {
    const years = {
      '2026': {
        papers: ['https://www.gov.cn/'],
        holidays: [{ name: '元旦', off: ['2026-01-01'], work: ['2026-01-01'] }],
      },
    };
    expect(CalendarPackSchema.safeParse({ ...calendarPack, years }).error?.message).toMatch(
      /2026-01-01 同时写成放假和上班/,
    );
  });

  test('what is no day is refused, 30 February too', () => {
    for (const wrong of ['2026-02-30', '2026-2-3', '', '2026-02-03T00:00:00Z']) {
      expect(() => calendar.isWorkday(wrong)).toThrow(RangeError);
    }
  });
});

test('days are counted on their names', () => {
  expect(addDays('2024-02-28', 2)).toBe('2024-03-01');
  expect(addDays('2026-01-01', -1)).toBe('2025-12-31');
  expect(daysBetween('2019-01-01', '2027-01-01')).toBe(2922);
  expect(weekdayOf('2026-03-07')).toBe(6);
});

describe('a period of days', () => {
  const at = (minute: string): Date => new Date(`${minute}:00+08:00`);

  test.for([
    { from: '2026-03-02 09:00', days: 3, last: '2026-03-05', of: '周一起三个工作日' },
    { from: '2026-03-06 17:00', days: 3, last: '2026-03-11', of: '跨周末' },
    { from: '2026-09-30 17:00', days: 3, last: '2026-10-10', of: '跨国庆，调休的周六算工作日' },
    { from: '2026-02-13 23:59', days: 1, last: '2026-02-14', of: '次日是调休上班的周六' },
  ])('$of ends at 24:00 of $last', ({ from, days, last }) => {
    expect(endOfWorkingDays(at(from.replace(' ', 'T')), days, calendar)).toEqual(
      startOfBeijingDay(addDays(last, 1)),
    );
  });

  test('of calendar days ends on the next worked day when its last day is off', () => {
    const end = (from: string, days: number): Date =>
      endOfCalendarDays(at(`${from}T10:00`), days, calendar);
    expect(end('2026-09-23', 10)).toEqual(startOfBeijingDay('2026-10-09'));
    expect(end('2026-03-02', 4)).toEqual(startOfBeijingDay('2026-03-07'));
  });

  test('that runs into a year nobody announced has no end that could be said', () => {
    expect(() => endOfWorkingDays(at('2026-12-30T10:00'), 5, calendar)).toThrow(
      CalendarYearMissing,
    );
    expect(() => endOfWorkingDays(at('2026-03-02T10:00'), 0, calendar)).toThrow(RangeError);
  });
});

describe.skipIf(noOpenData !== undefined)(`against the notices as collected${skipNote}`, () => {
  test('all 2922 days of 2019 to 2026 are what holiday-cn says', () => {
    const said = new Map<string, boolean>();
    for (let year = 2019; year <= 2027; year += 1) {
      const file = JSON.parse(openDataText(`calendar/holiday-cn/${year}.json`)) as {
        days: { date: string; isOffDay: boolean }[];
      };
      for (const { date, isOffDay } of file.days) said.set(date, !isOffDay);
    }
    let days = 0;
    for (let day = '2019-01-01'; day < '2027-01-01'; day = addDays(day, 1)) {
      const isWorked = said.get(day) ?? weekdayOf(day) % 6 !== 0;
      expect([day, calendar.isWorkday(day)]).toEqual([day, isWorked]);
      days += 1;
    }
    expect(days).toBe(2922);
    expect(said.size).toBeGreaterThan(250);
  });
});
