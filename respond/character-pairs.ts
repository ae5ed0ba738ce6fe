import { normaliseText } from '#analyze';

const LETTERS = /[\p{Letter}\p{Number}]/gu;

/** Each two letters or digits of a text that follow each other; what else stands in it is no word. */
export function pairsOf(text: string): ReadonlySet<string> {
  const letters = normaliseText(text).match(LETTERS) ?? [];
  return new Set(letters.slice(1).map((letter, index) => `${letters[index]}${letter}`));
}

/**
 * How much two texts have in common.
 *
 * @returns 0 to 1
 *
 * Source: Dice (1945), over character pairs.
 */
export function likenessOf(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const all = one.size + other.size;
  return all === 0 ? 0 : (2 * one.intersection(other).size) / all;
}
