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
const UNITS: Readonly<Record<string, number>> = { 十: 10, 百: 100, 千: 1_000, 万: 10_000 };

/** Characters a number may be written with, for patterns. */
export const NUMBER_PATTERN = '[0-9]{1,6}|[〇零一二两三四五六七八九十百千万]{1,9}';

/**
 * A whole number in digits or in Chinese: 12, 三, 十一, 一百零五.
 *
 * @returns undefined when the text is not one
 */
export function parseChineseNumber(text: string): number | undefined {
  if (/^[0-9]+$/.test(text)) return Number(text);
  let total = 0;
  let section = 0;
  let digit: number | undefined;
  for (const character of text) {
    const value = DIGITS[character];
    const unit = UNITS[character];
    if (value !== undefined) {
      if (digit !== undefined && digit !== 0) return undefined;
      digit = value;
    } else if (unit === 10_000) {
      total += (section + (digit ?? 0)) * unit;
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
