import type { Terms } from './assign-event.ts';
import type { GroupingPack } from './grouping-pack.ts';

type Rule = GroupingPack['events']['terms'];

/** A text cut into words, each with its part of speech. */
export type TaggedWords = readonly { readonly word: string; readonly tag: string }[];

/** What a text is about, as counted; weights follow from how rare each term is at the time. */
export interface TextWords {
  readonly title: TaggedWords;
  readonly head: TaggedWords;
  /** Words of the watches it meets: every text there has one, so they tell little. */
  readonly watchWords: readonly string[];
}

const IDEOGRAPH = /\p{Script=Han}/gu;
const A_WORD = /[\p{Letter}\p{Number}]{2}/u;

/**
 * A text as terms of length 1: its heaviest words and its heaviest single characters, each with its share.
 *
 * Characters carry what words miss in short texts: 旱情 and 抗旱, 俄方 and 俄罗斯, and names cut in different ways.
 * They are taken from the beginning only; in a long text any character occurs.
 *
 * @param rarityOf weight of a term, above 0
 */
export function toTerms(
  { title, head, watchWords }: TextWords,
  rarityOf: (term: string) => number,
  rule: Rule,
): [string, number][] {
  const watched = new Set([...watchWords, ...Array.from(watchWords.join(''))]);
  const names = new Set(namesOf([...title, ...head], rule));
  const words = count([...title, ...head].filter(isContent(rule)).map(({ word }) => word));
  const beginning = [title, head].flatMap((part) =>
    [...textOf(part).slice(0, rule.characterHead).matchAll(IDEOGRAPH)].map(([one]) => one),
  );
  const weigh = (counts: ReadonlyMap<string, number>, heavierBy: (term: string) => number) =>
    [...counts].map(([term, times]): [string, number] => [
      term,
      (1 + rule.repeatFactor * Math.log(times)) *
        rarityOf(term) ** rule.rarityPower *
        heavierBy(term),
    ]);
  const ofWords = weigh(
    words,
    (word) => (names.has(word) ? rule.nameFactor : 1) * (watched.has(word) ? rule.watchFactor : 1),
  );
  const ofCharacters = weigh(count(beginning), (one) => (watched.has(one) ? rule.watchFactor : 1));
  return [
    ...toShare(heaviest(ofWords, rule.mostWords), rule.wordShare),
    ...toShare(heaviest(ofCharacters, rule.mostCharacters), 1 - rule.wordShare),
  ];
}

/** Names of persons, places, units and works in a text, each once. */
export function namesOf(words: TaggedWords, rule: Pick<Rule, 'nameTags'>): string[] {
  return [
    ...new Set(
      words
        .filter(({ word, tag }) => rule.nameTags.includes(tag) && A_WORD.test(word))
        .map(({ word }) => word),
    ),
  ];
}

const isContent =
  ({ emptyTags }: Rule) =>
  ({ word, tag }: TaggedWords[number]): boolean =>
    A_WORD.test(word) && !emptyTags.includes(tag);

const textOf = (words: TaggedWords): string => words.map(({ word }) => word).join('');

function count(terms: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1);
  return counts;
}

export function heaviest(terms: Terms, most: number): [string, number][] {
  return [...terms]
    .sort(([, a], [, b]) => b - a)
    .slice(0, most)
    .map(([term, weight]) => [term, weight]);
}

/** Scaled so that the squares add up to the share: the shares of a text add up to length 1. */
function toShare(terms: Terms, share: number): [string, number][] {
  const length = Math.hypot(...terms.map(([, weight]) => weight)) || 1;
  return terms.map(([term, weight]) => [term, (weight / length) * Math.sqrt(share)]);
}
