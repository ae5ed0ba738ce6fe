const DIGITS: Readonly<Record<string, number>> = {
  〇: 0,
  零: 0,
  一: 1,
  二: 2,
  两: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
};
const UNITS: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1_000 };
const GREAT_UNITS: Readonly<Record<string, number>> = { 万: 10_000, 亿: 100_000_000 };

/** Characters a number may be written with, for patterns: 12, 1,200, 12.6万, 三十五, 十几, 数百, 好几. */
export const NUMBER_PATTERN =
  '[0-9][0-9,]{0,12}(?:\\.[0-9]{1,4})?[百千万亿]{0,2}|好几[十百千万]?|[〇零一二两三四五六七八九十百千万亿几数]{1,9}';

/**
 * A number in digits, in Chinese, or mixed: 12, 三, 十一, 一百零五, 12.6万.
 *
 * @returns undefined when the text is not one
 */
export function parseChineseNumber(text: string): number | undefined {
  const mixed = /^([0-9][0-9,]*(?:\.[0-9]+)?)([百千万亿]*)$/.exec(text);
  if (mixed) return Math.round(Number(mixed[1]?.replaceAll(',', '')) * unitsOf(mixed[2] ?? ''));
  let total = 0;
  let section = 0;
  let digit: number | undefined;
  for (const character of text) {
    const value = DIGITS[character];
    const unit = UNITS[character];
    const great = GREAT_UNITS[character];
    if (value !== undefined) {
      if (digit !== undefined && digit !== 0) return undefined;
      digit = value;
    } else if (great !== undefined) {
      total = (total + section + (digit ?? 0) || 1) * great;
      section = 0;
      digit = undefined;
    } else if (unit !== undefined) {
      // 十一 means 一十一.
      section += (digit ?? 1) * unit;
      digit = undefined;
    } else {
      return undefined;
    }
  }
  return text === '' ? undefined : total + section + (digit ?? 0);
}

function unitsOf(units: string): number {
  return Array.from(units).reduce(
    (product, unit) => product * (UNITS[unit] ?? GREAT_UNITS[unit] ?? 1),
    1,
  );
}

/** A count as written: at least so many, at most so many where an end is named. */
export interface WrittenCount {
  readonly atLeast: number;
  readonly atMost?: number;
}

/** 几 and 数 stand for at least two; 十几 for at least eleven. */
const VAGUE = /^(?:好?几|数)([十百千万]?)$/;
const NEIGHBOURS = /^([十]?)([一二两三四五六七八])([二三四五六七八九])([十百千万]?)$/;

/**
 * A count that may be rounded: 数十, 十几, 三四十, 七八, 两三.
 *
 * @returns undefined when the text is no number
 */
export function parseCount(text: string): WrittenCount | undefined {
  const vague = VAGUE.exec(text);
  if (vague) {
    const unit = vague[1] ?? '';
    return { atLeast: 2 * (UNITS[unit] ?? GREAT_UNITS[unit] ?? 1) };
  }
  const some = /^(.*十)几$/.exec(text);
  if (some) {
    const tens = parseChineseNumber(some[1] ?? '') ?? 0;
    return { atLeast: tens + 1, atMost: tens + 9 };
  }
  const [, ten = '', low = '', high = '', unit = ''] = NEIGHBOURS.exec(text) ?? [];
  const [from, to] = [DIGITS[low] ?? 0, DIGITS[high] ?? 0];
  if (to === from + 1) {
    const [base, times] = [ten ? 10 : 0, UNITS[unit] ?? GREAT_UNITS[unit] ?? 1];
    return { atLeast: base + from * times, atMost: base + to * times };
  }
  const exact = parseChineseNumber(text);
  return exact === undefined ? undefined : { atLeast: exact, atMost: exact };
}
