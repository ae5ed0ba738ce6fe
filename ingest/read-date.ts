import { beijingDay, DAY_MS, HOUR_MS, MINUTE_MS } from '#core';

const FUTURE_TOLERANCE_MS = 10 * MINUTE_MS;
const ZONED = /(?:Z|[+-]\d{2}:?\d{2}|GMT|UTC)\s*$/i;
const RFC822 = /\d{1,2}\s+[A-Za-z]{3}\s+\d{4}/;
const FULL =
  /(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[\sT]*(\d{1,2})\s*[:：时]\s*(\d{1,2})(?:\s*[:：分]\s*(\d{1,2}))?)?/;
const NO_YEAR = /(?<!\d)(\d{1,2})\s*[-/月]\s*(\d{1,2})\s*日?(?:\s*(\d{1,2})\s*[:：]\s*(\d{1,2}))?/;
const CLOCK = /(\d{1,2})\s*[:：]\s*(\d{2})/;

/**
 * A moment as feeds and pages write it; without a zone it is Beijing time.
 *
 * @param now for 昨天, 3分钟前 and dates without a year
 * @returns undefined when it is none, or lies more than ten minutes in the future
 */
export function readDate(written: string, now: Date): Date | undefined {
  const text = written.normalize('NFKC').trim();
  if (text === '') return undefined;
  const at = absolute(text) ?? relative(text, now) ?? withoutYear(text, now);
  if (!at || Number.isNaN(at.getTime())) return undefined;
  return at.getTime() > now.getTime() + FUTURE_TOLERANCE_MS ? undefined : at;
}

function absolute(text: string): Date | undefined {
  if (/^\d{10}$/.test(text)) return new Date(Number(text) * 1000);
  if (/^\d{13}$/.test(text)) return new Date(Number(text));
  if (ZONED.test(text) && (RFC822.test(text) || /^\d{4}-\d{2}-\d{2}T/.test(text))) {
    return new Date(text);
  }
  if (RFC822.test(text)) return new Date(`${text} +0800`);
  const [, year, month, day, hour = '0', minute = '0', second = '0'] = FULL.exec(text) ?? [];
  return year && month && day ? beijing(year, month, day, hour, minute, second) : undefined;
}

function relative(text: string, now: Date): Date | undefined {
  if (/刚刚|刚才/.test(text)) return now;
  const ago = /(\d+)\s*(秒|分钟|分|小时|天)前/.exec(text);
  if (ago) {
    const unitMs = { 秒: 1_000, 分钟: MINUTE_MS, 分: MINUTE_MS, 小时: HOUR_MS, 天: DAY_MS };
    return new Date(now.getTime() - Number(ago[1]) * unitMs[ago[2] as keyof typeof unitMs]);
  }
  const daysBack = /前天/.test(text)
    ? 2
    : /昨[天日]/.test(text)
      ? 1
      : /今[天日]/.test(text)
        ? 0
        : -1;
  const [, hour, minute] = CLOCK.exec(text) ?? [];
  if (daysBack < 0) {
    return hour && minute && text === `${hour}:${minute}`
      ? beijingOn(now, 0, hour, minute)
      : undefined;
  }
  return beijingOn(now, daysBack, hour ?? '0', minute ?? '0');
}

function withoutYear(text: string, now: Date): Date | undefined {
  const [, month, day, hour = '0', minute = '0'] = NO_YEAR.exec(text) ?? [];
  if (!month || !day) return undefined;
  const year = Number(beijingDay(now).slice(0, 4));
  const thisYear = beijing(String(year), month, day, hour, minute, '0');
  // In January a date of December is last year's.
  return thisYear && thisYear.getTime() > now.getTime() + DAY_MS
    ? beijing(String(year - 1), month, day, hour, minute, '0')
    : thisYear;
}

function beijingOn(now: Date, daysBack: number, hour: string, minute: string): Date | undefined {
  const [year = '', month = '', day = ''] = beijingDay(
    new Date(now.getTime() - daysBack * DAY_MS),
  ).split('-');
  return beijing(year, month, day, hour, minute, '0');
}

function beijing(...parts: readonly string[]): Date | undefined {
  const [year, month, day, hour, minute, second] = parts.map((part) => part.padStart(2, '0'));
  const at = new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}+08:00`);
  return Number.isNaN(at.getTime()) ? undefined : at;
}
