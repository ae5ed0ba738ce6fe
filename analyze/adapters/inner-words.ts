import { dict } from '@node-rs/jieba/dict.js';
import type { LexiconWord } from '../text/lexicon.ts';

/** Lengths of the words looked for inside longer ones, in UTF-16 units; longer ones are phrases of these. */
const SHORTEST = 2;
const LONGEST = 3;
/** Four times the words of the dictionary, so that most looks end at the first slot. */
const SLOTS = 1 << 20;

/**
 * Adds to each word of a text the words inside it, before it: 清华大学 becomes 清华, 大学, 清华大学. So an index finds
 * 大学 in it. The words of the dictionary are kept as 32-bit hashes: once in some ten thousand looks a piece is
 * taken for a word that is none, in the index as in the query, which harms neither.
 */
export function openInnerWords(
  lexicon: readonly LexiconWord[],
): (words: readonly string[]) => string[] {
  const known = new WordHashes();
  for (const word of wordsOfDictionary()) known.add(word);
  for (const { word } of lexicon) known.add(word);

  return (words) => {
    const all: string[] = [];
    for (const word of words) {
      for (let length = SHORTEST; length <= LONGEST && length < word.length; length += 1) {
        for (let start = 0; start + length <= word.length; start += 1) {
          if (known.has(word, start, length)) all.push(word.slice(start, start + length));
        }
      }
      all.push(word);
    }
    return all;
  };
}

function* wordsOfDictionary(): Generator<string> {
  const text = Buffer.from(dict).toString();
  for (let at = 0; at < text.length;) {
    const end = text.indexOf('\n', at);
    const space = text.indexOf(' ', at);
    if (space > 0) yield text.slice(at, space);
    at = end < 0 ? text.length : end + 1;
  }
}

/** A set of short words, open addressing over their hashes. */
class WordHashes {
  readonly #slots = new Uint32Array(SLOTS);

  add(word: string): void {
    if (word.length < SHORTEST || word.length > LONGEST) return;
    const hash = hashOf(word, 0, word.length);
    let slot = hash % SLOTS;
    while (this.#slots[slot] !== 0 && this.#slots[slot] !== hash) slot = (slot + 1) % SLOTS;
    this.#slots[slot] = hash;
  }

  has(text: string, start: number, length: number): boolean {
    const hash = hashOf(text, start, length);
    let slot = hash % SLOTS;
    while (this.#slots[slot] !== 0) {
      if (this.#slots[slot] === hash) return true;
      slot = (slot + 1) % SLOTS;
    }
    return false;
  }
}

/** Never 0, which marks a free slot. Source: FNV-1a over UTF-16 units, then the last step of MurmurHash3. */
function hashOf(text: string, start: number, length: number): number {
  let hash = 0x811c9dc5;
  for (let at = start; at < start + length; at += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash ^= hash >>> 13;
  return hash >>> 0 || 1;
}
