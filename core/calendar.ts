import { z } from 'zod';
import { AppError } from './errors.ts';
import { DAY_MS } from './time.ts';

const Day = z.iso.date();

const HolidaySchema = z.strictObject({
  name: z.string().min(1),
  /** Days off, weekend days inside the holiday included. */
  off: z.array(Day).default([]),
  /** 调休: days that are worked instead. */
  work: z.array(Day).default([]),
});

/** 历包: what the yearly notices changed in the week of Monday to Friday; every year with its notices. */
export const CalendarPackSchema = z
  .strictObject({
    name: z.string(),
    version: z.string(),
    /** `MM-dd` from which on a year's days may still be moved by the notice of the year after. */
    mayMoveFrom: z.string().regex(/^12-\d\d$/),
    /** `MM-dd` from which on a missing next year is told every day. */
    askForNextFrom: z.string().regex(/^1[0-2]-\d\d$/),
    years: z.record(
      z.string().regex(/^\d{4}$/),
      z.strictObject({ papers: z.array(z.url()).min(1), holidays: z.array(HolidaySchema).min(1) }),
    ),
  })
  .superRefine(({ years }, context) => {
    for (const [year, { holidays }] of Object.entries(years)) {
      const off = new Set(holidays.flatMap((holiday) => holiday.off));
      for (const day of holidays.flatMap(({ work }) => work).filter((one) => off.has(one))) {
        const message = `${day} 同时写成放假和上班`;
        context.addIssue({ code: 'custom', path: ['years', year], message });
      }
    }
  });
export type CalendarPack = Readonly<z.infer<typeof CalendarPackSchema>>;

/** What an office adds for itself: a provincial day, a day off by local notice. */
export const LocalDaySchema = z.strictObject({
  date: Day.describe('日期'),
  kind: z.enum(['off', 'work']).describe('off 放假；work 上班'),
  name: z.string().min(1).describe('名称，如“三月三”'),
});
export type LocalDay = Readonly<z.infer<typeof LocalDaySchema>>;

/** workday; rest: an ordinary weekend day; holiday: a day off by notice. */
export const DAY_KINDS = ['workday', 'rest', 'holiday'] as const;
export type DayKind = (typeof DAY_KINDS)[number];

export const DAY_KIND_WORDS: Readonly<Record<DayKind, string>> = {
  workday: '工作日',
  rest: '休息日',
  holiday: '节假日',
};

export interface CalendarDay {
  readonly kind: DayKind;
  /** 春节, 国庆节调休, …; absent for a day like any other. */
  readonly name?: string;
  /** The notice of the next year may still move it. */
  readonly mayMove: boolean;
}

/** Nobody has announced this year's holidays to us: it is not known which of its days are worked. */
export class CalendarYearMissing extends AppError {
  readonly code = 'CALENDAR_YEAR_MISSING';
  readonly year: string;

  constructor(year: string) {
    super(`没有 ${year} 年的节假日安排，不能判断是否工作日；请更新历包`);
    this.year = year;
  }

  override get isForNextStart(): boolean {
    return true;
  }
}

/** Answers by Beijing day, `yyyy-MM-dd`; never by a moment, whose day hangs on a zone. */
export interface WorkingCalendar {
  /** @throws {CalendarYearMissing} @throws {RangeError} when `day` is no day */
  isWorkday(day: string): boolean;
}

export interface NationalCalendar extends WorkingCalendar {
  /** Undefined in a year whose notice is missing. @throws {RangeError} when `day` is no day */
  dayOf(day: string): CalendarDay | undefined;
  hasYear(year: string): boolean;
  /** What is to be told about missing years on this day, in words; undefined when nothing is. */
  warningOn(day: string): string | undefined;
}

/** The calendar of a pack and the office's own days, which win. */
export function createCalendar(
  pack: CalendarPack,
  local: readonly LocalDay[] = [],
): NationalCalendar {
  const special = new Map<string, { isOff: boolean; name: string }>();
  // Later notices speak last: the next year's may move days of December.
  for (const [, { holidays }] of Object.entries(pack.years).toSorted(([a], [b]) =>
    a < b ? -1 : 1,
  )) {
    for (const { name, off, work } of holidays) {
      for (const day of off) special.set(day, { isOff: true, name });
      for (const day of work) special.set(day, { isOff: false, name: `${name}调休` });
    }
  }
  for (const { date, kind, name } of local) special.set(date, { isOff: kind === 'off', name });
  const hasYear = (year: string): boolean => pack.years[year] !== undefined;

  const dayOf = (day: string): CalendarDay | undefined => {
    const year = yearOf(day);
    if (!hasYear(year)) return undefined;
    const mayMove = day.slice(5) >= pack.mayMoveFrom && !hasYear(nextOf(year));
    const one = special.get(day);
    if (one) return { kind: one.isOff ? 'holiday' : 'workday', name: one.name, mayMove };
    return { kind: isWeekend(day) ? 'rest' : 'workday', mayMove };
  };
  return {
    hasYear,
    dayOf,
    isWorkday(day) {
      const found = dayOf(day);
      if (!found) throw new CalendarYearMissing(yearOf(day));
      return found.kind === 'workday';
    },
    warningOn(day) {
      const year = yearOf(day);
      if (!hasYear(year)) return `没有 ${year} 年的节假日安排：工作日和节假日的值班员都会被叫到`;
      if (day.slice(5) < pack.askForNextFrom || hasYear(nextOf(year))) return undefined;
      return `还没有 ${nextOf(year)} 年的节假日安排，请更新历包；12 月底的安排也可能变`;
    },
  };
}

/** The day `days` after another; before it when negative. @throws {RangeError} when `day` is no day */
export function addDays(day: string, days: number): string {
  return new Date(utcOf(day) + days * DAY_MS).toISOString().slice(0, 10);
}

/** 0 Sunday to 6 Saturday. @throws {RangeError} when `day` is no day */
export function weekdayOf(day: string): number {
  return new Date(utcOf(day)).getUTCDay();
}

/** Whole days from one day to another; negative when it lies before. */
export function daysBetween(from: string, to: string): number {
  return (utcOf(to) - utcOf(from)) / DAY_MS;
}

const isWeekend = (day: string): boolean => weekdayOf(day) % 6 === 0;
const nextOf = (year: string): string => String(Number(year) + 1);

function yearOf(day: string): string {
  utcOf(day);
  return day.slice(0, 4);
}

/** Midnight UTC of a day's name: arithmetic on names, in no zone at all. */
function utcOf(day: string): number {
  const at = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== day) {
    throw new RangeError(`not a day: ${day}`);
  }
  return at;
}
