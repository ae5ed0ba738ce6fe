import type { GroupingPack } from './grouping-pack.ts';
import { greatestAt } from './greatest-at.ts';
import type { KnownTerm, TermWeights } from './term-weights.ts';

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

/** Reads a text as terms of length 1, weighed by how rare each is by now. */
export type TermReader = (words: TextWords, weights: TermWeights) => [string, number][];

/**
 * A text is its heaviest words and its heaviest single characters, each with its share.
 *
 * Characters carry what words miss in short texts: 旱情 and 抗旱, 俄方 and 俄罗斯, and names cut in different ways.
 * They are taken from the beginning only; in a long text any character occurs.
 */
export function createTermReader(rule: Rule): TermReader {
  const empty = new Set(rule.emptyTags);
  const nameTags = new Set(rule.nameTags);

  return ({ title, head, watchWords }, weights) => {
    const watched = new Set([...watchWords, ...Array.from(watchWords.join(''))]);
    const weightOf = (known: KnownTerm): number => {
      const repeated = known.times === 1 ? 1 : 1 + rule.repeatFactor * Math.log(known.times);
      const weight = repeated * weights.rarityOfKnown(known) ** rule.rarityPower;
      const ofName = known.isName ? rule.nameFactor : 1;
      known.times = 0;
      known.isName = false;
      return weight * ofName * (watched.has(known.term) ? rule.watchFactor : 1);
    };
    const parts = [title, head];
    const words = takeWords(parts, weights, empty, nameTags);
    const ofWords = words.map(weightOf);
    const characters = takeCharacters(parts, weights, rule.characterHead);
    const ofCharacters = characters.map(weightOf);
    return [
      ...toHeaviest(words, ofWords, rule.mostWords, rule.wordShare),
      ...toHeaviest(characters, ofCharacters, rule.mostCharacters, 1 - rule.wordShare),
    ];
  };
}

/** Names of persons, places, units and works in a text, each once. */
export function namesOf(words: TaggedWords, { nameTags }: Pick<Rule, 'nameTags'>): string[] {
  const names = words.filter(({ word, tag }) => nameTags.includes(tag) && A_WORD.test(word));
  return [...new Set(names.map(({ word }) => word))];
}

const A_WORD = /[\p{Letter}\p{Number}]{2}/u;
const IDEOGRAPH = /\p{Script=Han}/u;

/** Words that say something, each once, counted, and marked when a name. */
function takeWords(
  parts: readonly TaggedWords[],
  weights: TermWeights,
  empty: ReadonlySet<string>,
  nameTags: ReadonlySet<string>,
): KnownTerm[] {
  const words: KnownTerm[] = [];
  for (const part of parts) {
    for (const { word, tag } of part) {
      if (word.length < 2 || empty.has(tag)) continue;
      const known = weights.know(word);
      if (!known.isWord) continue;
      if (known.times === 0) words.push(known);
      known.times += 1;
      if (nameTags.has(tag)) known.isName = true;
    }
  }
  return words;
}

/** Ideographs at the beginning of each part, each once and counted. */
function takeCharacters(
  parts: readonly TaggedWords[],
  weights: TermWeights,
  most: number,
): KnownTerm[] {
  const characters: KnownTerm[] = [];
  const take = (known: KnownTerm): void => {
    if (known.times === 0) characters.push(known);
    known.times += 1;
  };
  for (const part of parts) {
    let left = most;
    for (const { word } of part) {
      const end = Math.min(word.length, left);
      for (let at = 0; at < end; at += 1) {
        const code = word.charCodeAt(at);
        if (isCommonIdeograph(code)) take(weights.knowCharacter(code));
        else if (code > LAST_ASCII) {
          const one = String.fromCodePoint(word.codePointAt(at) ?? 0);
          if (IDEOGRAPH.test(one)) take(weights.know(one));
        }
      }
      left -= end;
      if (left === 0) break;
    }
  }
  return characters;
}

const LAST_ASCII = 0x7f;
/** Nearly every character of a Chinese text is one of these; the rest is left to the tables of Unicode. */
const isCommonIdeograph = (code: number): boolean => code >= 0x4e00 && code <= 0x9fa5;

/** Scaled so that the squares add up to the share: the shares of a text add up to length 1. */
function toHeaviest(
  terms: readonly KnownTerm[],
  weights: readonly number[],
  most: number,
  share: number,
): [string, number][] {
  const kept = greatestAt(weights, most);
  const squares = kept.reduce((sum, at) => sum + (weights[at] as number) ** 2, 0);
  const scale = squares === 0 ? 0 : Math.sqrt(share / squares);
  return kept.map((at) => [(terms[at] as KnownTerm).term, (weights[at] as number) * scale]);
}
