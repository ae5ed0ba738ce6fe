import { beijingDay, DAY_MS } from '#core';

/** A day as written, and what stands after it. */
export interface WrittenDay {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  /** Counted from today, as 昨天 and 上周五. */
  readonly isRelative: boolean;
  readonly rest: string;
}

const MONTHS = 'jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec';
const MONTH_NAME = `(${MONTHS})[a-z]*\\.?`;
// Day and time without a space between are met on real pages: 2018-12-1209:03.
const DAY_ENDS = String.raw`(?:(?!\d)|(?=\d{2}:\d))`;
const FULL = new RegExp(
  String.raw`(?<!\d)(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})${DAY_ENDS}\s*[日号]?`,
);
const SHORT_YEAR = new RegExp(
  String.raw`(?<!\d)(\d{2})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})(?!\d)\s*[日号]?|(?<![\d-])(\d{2})-(\d{1,2})-(\d{1,2})(?![\d-])`,
);
const COMPACT = /(?<!\d)((?:19|20)\d{2})(\d{2})(\d{2})(?:[T\s]*(\d{2})(\d{2})(\d{2})?)?(?!\d)/;
const DAY_FIRST = new RegExp(
  String.raw`(?<![\d:])(\d{1,2})[\s-]+${MONTH_NAME}[\s,-]+(\d{4}|\d{2})(?![\d:])`,
  'i',
);
const MONTH_FIRST = new RegExp(
  String.raw`\b${MONTH_NAME}\s+(\d{1,2})(?:st|nd|rd|th)?\b,?(.*?)(?<![\d:+-])(\d{4})(?![\d:])`,
  'i',
);
const OF_YEAR = /(今|去|前)年\s*(\d{1,2})\s*月\s*(\d{1,2})(?!\d)\s*[日号]?/;
const OF_MONTH = /(本|当|同|这个?|上上个?|上1?个?)月\s*(\d{1,2})(?!\d)\s*[日号]?/;
const WITHOUT_YEAR =
  /(?<![\d./-])(\d{1,2})\s*(?:月\s*(\d{1,2})(?!\d)\s*[日号]?|[-/]\s*(\d{1,2})(?![\d./-]))/;
const DAY_WORD = /(大前[天日]|前[天日晚夜]|昨[天日晚夜早晨]|今[天日晚晨早夜](?!头条)|[本当]日)/;
const WEEKDAY = /(?<![每下]|下1?个)(上上个?|上1?个?|本|这个?)?(?:周|星期|礼拜)([1-7日天])(?!\d)/;
/** Neither of our calendar nor of the past; 每 recurs. */
const NOT_OURS =
  /农历|阴历|正月|腊月|初\d|廿|卅|除夕|[明后次]年|下1?个?(?:月|周|星期|礼拜)|[明后]天|每/;

/** The day a text names with its year, if it does. It need not exist. */
export function findFullDay(text: string, now: Date): WrittenDay | undefined {
  const full = FULL.exec(text);
  if (full) return found(full, text, [full[1], full[2], full[3]]);
  const short = SHORT_YEAR.exec(text);
  if (short) {
    const [, year1, month1, day1, year2, month2, day2] = short;
    const year = withCentury(Number(year1 ?? year2), now);
    return found(short, text, [year, month1 ?? month2, day1 ?? day2]);
  }
  const compact = COMPACT.exec(text);
  if (compact) {
    const [, year, month, day, hour, minute, second = '00'] = compact;
    const whole = found(compact, text, [year, month, day]);
    return hour ? { ...whole, rest: `${hour}:${minute}:${second}${whole.rest}` } : whole;
  }
  return englishDay(text, now);
}

/** The day a text names from where `now` stands; undefined when it names none of the past. It need not exist. */
export function findPartialDay(text: string, now: Date): WrittenDay | undefined {
  if (NOT_OURS.test(text)) return undefined;
  return (
    dayOfYearOrMonth(text, now) ??
    dayWithoutYear(text, now) ??
    dayWord(text, now) ??
    weekday(text, now)
  );
}

/** Whether the calendar has such a day: it has no 30 February. */
export function isDay(year: number, month: number, day: number): boolean {
  const isInRange = year >= 1900 && month >= 1 && month <= 12 && day >= 1;
  return isInRange && day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** Year, month and day in Beijing, so many days from `now`. */
export function dayFrom(now: Date, days: number): readonly [number, number, number] {
  const day = beijingDay(new Date(now.getTime() + days * DAY_MS));
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  return [year, month, date];
}

function englishDay(text: string, now: Date): WrittenDay | undefined {
  const dayFirst = DAY_FIRST.exec(text);
  if (dayFirst) {
    const [, day, month = '', written = ''] = dayFirst;
    const year = written.length === 2 ? withCentury(Number(written), now) : written;
    return found(dayFirst, text, [year, monthOf(month), day]);
  }
  const monthFirst = MONTH_FIRST.exec(text);
  if (!monthFirst) return undefined;
  const [, month = '', day, between = '', year] = monthFirst;
  const first = found(monthFirst, text, [year, monthOf(month), day]);
  // Java and C put the time before the year: Mon Mar 02 10:00:00 CST 2026.
  return { ...first, rest: `${between} ${first.rest}` };
}

const monthOf = (name: string): number => MONTHS.split('|').indexOf(name.toLowerCase()) + 1;

function dayOfYearOrMonth(text: string, now: Date): WrittenDay | undefined {
  const [thisYear, thisMonth] = dayFrom(now, 0);
  const ofYear = OF_YEAR.exec(text);
  if (ofYear) {
    const back = { 今: 0, 去: 1, 前: 2 }[ofYear[1] as '今' | '去' | '前'];
    return found(ofYear, text, [thisYear - back, ofYear[2], ofYear[3]], true);
  }
  const ofMonth = OF_MONTH.exec(text);
  if (!ofMonth) return undefined;
  const [, which = '', day] = ofMonth;
  const month = thisMonth - (which.startsWith('上上') ? 2 : which.startsWith('上') ? 1 : 0);
  const isLastYear = month < 1;
  const parts = [thisYear - (isLastYear ? 1 : 0), month + (isLastYear ? 12 : 0), day] as const;
  return found(ofMonth, text, parts, true);
}

function dayWithoutYear(text: string, now: Date): WrittenDay | undefined {
  const match = WITHOUT_YEAR.exec(text);
  if (!match) return undefined;
  const [year, thisMonth, today] = dayFrom(now, 1);
  const [month, day] = [Number(match[1]), Number(match[2] ?? match[3])];
  // In January a date of December is last year's.
  const isAhead = month > thisMonth || (month === thisMonth && day > today);
  return found(match, text, [isAhead ? year - 1 : year, month, day]);
}

function dayWord(text: string, now: Date): WrittenDay | undefined {
  const match = DAY_WORD.exec(text);
  if (!match?.[1]) return undefined;
  const word = match[1];
  const back = word.startsWith('大')
    ? 3
    : word.startsWith('前')
      ? 2
      : word.startsWith('昨')
        ? 1
        : 0;
  const day = found(match, text, dayFrom(now, -back), true);
  // 昨晚 says the part of the day with the day.
  return /[晚夜早晨]$/.test(word) ? { ...day, rest: `${word.slice(-1)}${day.rest}` } : day;
}

function weekday(text: string, now: Date): WrittenDay | undefined {
  const match = WEEKDAY.exec(text);
  if (!match) return undefined;
  const [, which, written = ''] = match;
  const wanted = /[日天]/.test(written) ? 7 : Number(written);
  const today = new Date(Date.UTC(...monthFromZero(dayFrom(now, 0)))).getUTCDay() || 7;
  const weeksBack = which?.startsWith('上上') ? 2 : which?.startsWith('上') ? 1 : 0;
  // Without a word before it, it is the last such day; weeks begin on Monday.
  const isThisWeeks = which !== undefined || wanted <= today;
  const days = wanted - today - 7 * (isThisWeeks ? weeksBack : 1);
  return found(match, text, dayFrom(now, days), true);
}

const monthFromZero = ([year, month, day]: readonly [number, number, number]): [
  number,
  number,
  number,
] => [year, month - 1, day];

/** 98年 is 1998, 26年 is 2026: never a year to come. */
function withCentury(year: number, now: Date): number {
  const [thisYear] = dayFrom(now, 0);
  return 2000 + year > thisYear ? 1900 + year : 2000 + year;
}

function found(
  match: RegExpExecArray,
  text: string,
  [year, month, day]: readonly [
    string | number | undefined,
    string | number | undefined,
    string | number | undefined,
  ],
  isRelative = false,
): WrittenDay {
  const rest = text.slice(match.index + match[0].length);
  return { year: Number(year), month: Number(month), day: Number(day), isRelative, rest };
}
