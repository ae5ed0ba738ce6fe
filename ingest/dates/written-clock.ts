/** A time of day as written; `offsetMinutes` only when a zone stands with it. */
export interface WrittenClock {
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly ms: number;
  readonly hasSeconds: boolean;
  readonly offsetMinutes?: number;
}

/** What may stand between a day and its time: brackets, a weekday, the part of the day. */
const LEAD = String.raw`[\s,，.;|_·T()（）\[\]-]*(?:(?:周|星期|礼拜)[1-7日天][\s,，)）]*)?`;
const PART =
  '(凌晨|清晨|早上|早晨|早|上午|中午|正午|下午|午后|傍晚|晚上|晚间|晚|半夜|深夜|夜间|夜里|夜)?';
const WITH_COLON = String.raw`(\d{1,2})\s*:\s*(\d{1,2})(?:\s*:\s*(\d{1,2})(?:[.,](\d{1,9}))?)?\s*([ap])?\.?(?:m\b)?`;
const IN_WORDS = String.raw`(\d{1,2})\s*[点时](?!间)(?:整|钟|\s*(?:(半)|(\d)刻|(\d{1,2})(?:\s*分)?(?:\s*(\d{1,2})\s*秒)?))?`;
const WORDS = new RegExp(`^${LEAD}${PART}\\s*${IN_WORDS}`);
const COLON = new RegExp(`^${LEAD}${PART}\\s*${WITH_COLON}`, 'i');
/** A list row may put the source's name between: 2026-03-02 霖江日报 10:23. */
const COLON_LATER = new RegExp(`^\\D{0,12}?(?:${PART}\\s*)(?<!\\d)${WITH_COLON}`, 'i');
const ZONE =
  /^\s*\(?(?:(Z|UTC|GMT|UT|HKT|CST|EST|EDT|CDT|MST|MDT|PST|PDT|CET|CEST|BST|JST|KST|MSK)\b)?\s*(?:([+-])(\d{1,2})(?::?(\d{2}))?(?!\d))?/i;
/** Hours east of Greenwich. In a Chinese feed CST is China's, not Chicago's. */
const ZONE_HOURS: Readonly<Record<string, number>> = {
  Z: 0,
  UTC: 0,
  GMT: 0,
  UT: 0,
  CST: 8,
  HKT: 8,
  EST: -5,
  EDT: -4,
  CDT: -5,
  MST: -7,
  MDT: -6,
  PST: -8,
  PDT: -7,
  CET: 1,
  CEST: 2,
  BST: 1,
  JST: 9,
  KST: 9,
  MSK: 3,
};
const MOST_OFFSET_MINUTES = 14 * 60;

/**
 * The time of day that follows a day.
 *
 * @param rest what stands after the day, numerals as digits
 * @returns undefined when there is none; null when what stands there is no time of any day
 */
export function readClock(rest: string): WrittenClock | null | undefined {
  const words = WORDS.exec(rest);
  if (words) {
    const [, part, hour, half, quarters, minute, second] = words;
    const minutes = half ? 30 : quarters ? Number(quarters) * 15 : Number(minute ?? 0);
    return checked(hourIn(part, Number(hour)), minutes, second, undefined, undefined);
  }
  const colon = COLON.exec(rest) ?? COLON_LATER.exec(rest);
  if (!colon) return undefined;
  const [all, part, hour, minute, second, fraction, half] = colon;
  const ofDay = half ? (Number(hour) % 12) + (half.toLowerCase() === 'p' ? 12 : 0) : Number(hour);
  const zone = readZone(rest.slice(all.length));
  return checked(hourIn(part, ofDay), Number(minute), second, fraction, zone);
}

function checked(
  hour: number,
  minute: number,
  second: string | undefined,
  fraction: string | undefined,
  offsetMinutes: number | undefined,
): WrittenClock | null {
  const seconds = Number(second ?? 0);
  // 24:00 ends a day; a leap second is the next minute's first.
  const isMidnight = hour === 24 && minute === 0 && seconds === 0;
  if ((hour > 23 && !isMidnight) || minute > 59 || seconds > 60) return null;
  const ms = fraction === undefined ? 0 : Math.floor(Number(`0.${fraction}`) * 1_000 + 1e-6);
  const hasSeconds = second !== undefined;
  const zone = offsetMinutes === undefined ? {} : { offsetMinutes };
  return { hour, minute, second: seconds, ms, hasSeconds, ...zone };
}

/** 下午3时 is 15, 晚上12点 the day's end, 凌晨12点 its beginning. */
function hourIn(part: string | undefined, hour: number): number {
  if (part === undefined || hour > 12) return hour;
  if (part === '凌晨') return hour === 12 ? 0 : hour;
  if (/夜/.test(part) && hour < 6) return hour;
  if (/晚|夜/.test(part)) return hour + 12;
  if (/下午|午后|傍晚/.test(part)) return (hour % 12) + 12;
  return part.endsWith('午') && part !== '上午' && hour < 3 ? hour + 12 : hour;
}

function readZone(rest: string): number | undefined {
  const [, name, sign, hours, minutes] = ZONE.exec(rest) ?? [];
  if (name === undefined && sign === undefined) return undefined;
  const named = (ZONE_HOURS[name?.toUpperCase() ?? ''] ?? 0) * 60;
  const numbered = (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0));
  // As `GMT+0800`; but in `+0800 CST` the number alone counts.
  const offset = sign === undefined ? named : numbered;
  return Math.abs(offset) > MOST_OFFSET_MINUTES ? undefined : offset;
}
