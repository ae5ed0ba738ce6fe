import { idf } from '@node-rs/jieba/dict.js';

/** Words rarer than this weigh alike: what the dictionary says of them is chance. */
const LARGEST_RARITY = 11;
/** Different characters in the head of a text: fixes the scale of the shares of characters. */
const CHARACTERS_OF_A_HEAD = 60;
const ONE_IDEOGRAPH = /^\p{Script=Han}$/u;

/**
 * Share of texts, 0 to 1, that a word occurs in, or a character among the hundred first of a text.
 *
 * Source: the document frequencies of jieba's idf dictionary (MIT); those of characters are added up from the
 * words they stand in.
 */
export function openWordShares(): (word: string) => number {
  // Three hundred thousand lines: read at the first text, so that a start waits for none of it.
  let shares: ReadonlyMap<string, number> | undefined;
  const least = Math.exp(-LARGEST_RARITY);
  return (word) => {
    shares ??= readShares();
    return shares.get(word) ?? least;
  };
}

const copyOf = (word: string): string => Buffer.from(word).toString();

function readShares(): ReadonlyMap<string, number> {
  const shares = new Map<string, number>();
  const characters = new Map<string, number>();
  let sum = 0;
  for (const line of idf.toString().split('\n')) {
    const [word = '', rarity = ''] = line.split(' ');
    const share = Math.exp(-Number(rarity));
    // A copy of the word alone: a slice of the file would keep all of it in memory.
    if (Number(rarity) < LARGEST_RARITY && word.length > 1) shares.set(copyOf(word), share);
    for (const character of new Set(word)) {
      if (!ONE_IDEOGRAPH.test(character)) continue;
      characters.set(character, (characters.get(character) ?? 0) + share);
      sum += share;
    }
  }
  for (const [character, share] of characters) {
    shares.set(character, 1 - Math.exp((-share * CHARACTERS_OF_A_HEAD) / sum));
  }
  return shares;
}
