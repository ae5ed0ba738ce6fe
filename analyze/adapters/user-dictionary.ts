import type { LexiconWord } from '../text/lexicon.ts';

/**
 * How often a word of ours is said to occur in the dictionary's sixty million: enough to outweigh any two words
 * it could be cut into (不作为 over 不 and 作为), too little for a thousand of them to move the rest.
 */
const FREQUENCY = 2_000;

/** Words of ours as a file of jieba's: one a line, with frequency and part of speech. */
export function toUserDictionary(lexicon: readonly LexiconWord[]): string {
  return lexicon.map(({ word, tag }) => `${word} ${FREQUENCY} ${tag}\n`).join('');
}
