import { DAY_MS, HOUR_MS, MINUTE_MS, SECOND_MS } from '#core';
import { toDigits } from './to-digits.ts';
import { readClock, type WrittenClock } from './written-clock.ts';
import { dayFrom, findFullDay, findPartialDay, isDay, type WrittenDay } from './written-day.ts';

/**
 * How much a written date proves. `exact`: to the second or with its zone; `minute` and `day`: no finer was written;
 * `relative`: counted from the moment of reading, as 3分钟前 and 昨天 15:04, so a page kept in a cache shifts it;
 * `inferred`: not its own date, which cannot be, but the next best sign.
 */
export type DateConfidence = 'exact' | 'minute' | 'day' | 'relative' | 'inferred';

export interface WrittenMoment {
  readonly at: Date;
  readonly confidence: DateConfidence;
}

const FUTURE_TOLERANCE_MS = 10 * MINUTE_MS;
const BEIJING_OFFSET_MINUTES = 8 * 60;
const AGO =
  /(?<![月\d.])(?:(\d{1,3})\s*个?小时\s*)?(\d{1,3}|半)\s*(个?)(半?)\s*(秒|刻|分|小时|钟头|天|日|周|星期|礼拜|月|年)(半?)钟?\s*[以之]?前/;
const UNIT_MS: Readonly<Record<string, number>> = {
  秒: SECOND_MS,
  分: MINUTE_MS,
  刻: 15 * MINUTE_MS,
  小时: HOUR_MS,
  钟头: HOUR_MS,
  天: DAY_MS,
  日: DAY_MS,
  周: 7 * DAY_MS,
  星期: 7 * DAY_MS,
  礼拜: 7 * DAY_MS,
};

/** The moment of {@link readMoment}, without what it proves. */
export function readDate(written: string, now: Date): Date | undefined {
  return readMoment(written, now)?.at;
}

/**
 * A moment as feeds and pages write it; without a zone it is Beijing time, without a time the day's beginning.
 *
 * @param now for 昨天, 3分钟前, weekdays and dates without a year
 * @returns undefined when it is none, cannot be, or lies more than ten minutes in the future
 */
export function readMoment(written: string, now: Date): WrittenMoment | undefined {
  const text = toDigits(written.normalize('NFKC').trim());
  const moment = epoch(text) ?? onWrittenDay(text, now) ?? todayAt(text, now);
  const isFuture = moment && moment.at.getTime() > now.getTime() + FUTURE_TOLERANCE_MS;
  return isFuture ? undefined : moment;
}

function epoch(text: string): WrittenMoment | undefined {
  if (!/^\d{10}(?:\d{3})?$/.test(text)) return undefined;
  const at = new Date(Number(text) * (text.length === 10 ? SECOND_MS : 1));
  return { at, confidence: 'exact' };
}

/** A day in full beats all that is counted from now. */
function onWrittenDay(text: string, now: Date): WrittenMoment | undefined {
  const fullDay = findFullDay(text, now);
  if (fullDay) return onDay(fullDay);
  const partialDay = findPartialDay(text, now);
  return ago(text, now) ?? (partialDay && onDay(partialDay));
}

function onDay({ year, month, day, isRelative, rest }: WrittenDay): WrittenMoment | undefined {
  const clock = isDay(year, month, day) ? readClock(rest) : null;
  // A day whose time cannot be is not to be believed either.
  if (clock === null) return undefined;
  const isExact = clock && (clock.hasSeconds || clock.offsetMinutes !== undefined);
  const precision = isExact ? 'exact' : clock ? 'minute' : 'day';
  const at = momentOf([year, month, day], clock);
  return { at, confidence: isRelative ? 'relative' : precision };
}

/** 3分钟前, 半小时前, 1个半小时前, 3天前 15:04, 2个月前. */
function ago(text: string, now: Date): WrittenMoment | undefined {
  const match = AGO.exec(text);
  if (!match) return text.length < 12 && /刚刚|刚才|现在/.test(text) ? justNow(now) : undefined;
  const [all, hours, written, measure, halfBefore, unit = '', halfAfter] = match;
  const count = written === '半' ? 0.5 : Number(written) + (halfBefore || halfAfter ? 0.5 : 0);
  const isMonth = unit === '月';
  if (isMonth || unit === '年') {
    // 5月前 is before May, 5个月前 is five months ago.
    if (isMonth && measure === '') return undefined;
    const months = Math.round(count * (isMonth ? 1 : 12));
    return { at: monthsBefore(now, months), confidence: 'relative' };
  }
  const backMs = count * (UNIT_MS[unit] ?? 0) + Number(hours ?? 0) * HOUR_MS;
  const clock = backMs % DAY_MS === 0 ? readClock(text.slice(match.index + all.length)) : undefined;
  if (clock) return { at: momentOf(dayFrom(now, -backMs / DAY_MS), clock), confidence: 'relative' };
  return { at: new Date(now.getTime() - backMs), confidence: 'relative' };
}

const justNow = (now: Date): WrittenMoment => ({ at: now, confidence: 'relative' });

function monthsBefore(now: Date, months: number): Date {
  const [year, month, day] = dayFrom(now, 0);
  const first = new Date(Date.UTC(year, month - 1 - months, 1));
  const [thatYear, thatMonth] = [first.getUTCFullYear(), first.getUTCMonth() + 1];
  const lastDay = new Date(Date.UTC(thatYear, thatMonth, 0)).getUTCDate();
  const sinceMidnightMs = now.getTime() - momentOf([year, month, day]).getTime();
  const thatDay = momentOf([thatYear, thatMonth, Math.min(day, lastDay)]);
  return new Date(thatDay.getTime() + sinceMidnightMs);
}

/** A time and nothing else is today's. */
function todayAt(text: string, now: Date): WrittenMoment | undefined {
  const isAlone = /^\D{0,2}\d{1,2}\s*[:点时][\d:分秒半刻整\s]*$/.test(text);
  const clock = isAlone ? readClock(text) : undefined;
  return clock ? { at: momentOf(dayFrom(now, 0), clock), confidence: 'relative' } : undefined;
}

function momentOf(
  [year, month, day]: readonly [number, number, number],
  clock?: WrittenClock,
): Date {
  const { hour = 0, minute = 0, second = 0, ms = 0, offsetMinutes } = clock ?? {};
  const utcMs = Date.UTC(year, month - 1, day, hour, minute, second, ms);
  return new Date(utcMs - (offsetMinutes ?? BEIJING_OFFSET_MINUTES) * MINUTE_MS);
}
