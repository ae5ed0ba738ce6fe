/**
 * Chinese numerals count only before what they count: 一些, 统一, 三同步 tell no number.
 */
const COUNTED = '人名个起件条户家所处次天日月年时点分秒万亿元吨米里公级成倍岁辆栋层死伤';
const NUMBER = new RegExp(
  String.raw`\d+(?:[.,:]\d+)*%?\p{Script=Han}?|[零〇一二两三四五六七八九十百千万亿]+(?=[${COUNTED}])[${COUNTED}]`,
  'gu',
);

/** Digits as a Chinese keyboard may write them; a full-width comma is none of theirs. */
const narrow = (text: string): string =>
  text.replaceAll(/[０-９％．]/gu, (letter) => letter.normalize('NFKC'));

/** The numbers of a text in their order, each with what it counts: 3人, 12:00, 61%, 五人. */
export const numbersIn = (text: string): string[] => narrow(text).match(NUMBER) ?? [];

export const sameNumbers = (one: string, other: string): boolean =>
  numbersIn(one).join(' ') === numbersIn(other).join(' ');

/** The numbers of a text that another has not, each as often as it is missing there. */
export function newNumbers(text: string, before: string): string[] {
  const known = numbersIn(before);
  return numbersIn(text).filter((number) => {
    const at = known.indexOf(number);
    if (at >= 0) known.splice(at, 1);
    return at < 0;
  });
}
