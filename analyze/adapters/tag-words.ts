import type { Segmenter } from '../ports.ts';

type Tagged = ReturnType<Segmenter['tag']>;
type TaggedWord = Tagged[number];

/** Words whose part of speech is kept; most of what is said uses fewer. When full, it begins anew. */
const MOST_WORDS = 50_000;

/**
 * Tags words after cutting them: jieba's part of speech is the word's own, whatever stands around it, so each word is
 * looked up once. A word that jieba would cut when it stands alone is asked for in its text.
 *
 * @param tag the library's own, which cuts again and looks up each word each time
 */
export function openTagger(cut: Segmenter['cut'], tag: Segmenter['tag']): (text: string) => Tagged {
  const words = new Map<string, TaggedWord>();
  const keep = (one: TaggedWord): TaggedWord => {
    if (words.size >= MOST_WORDS) words.clear();
    words.set(one.word, one);
    return one;
  };
  // The same word is the same object each time: whoever looks up its string finds the one it has, hashed already,
  // and a thousand texts keep one copy of it.
  const tagged = (word: string): TaggedWord | undefined => {
    const known = words.get(word);
    if (known !== undefined) return known;
    const alone = tag(word);
    return alone.length === 1 && alone[0] ? keep({ word, tag: alone[0].tag }) : undefined;
  };
  return (text) => {
    const all: TaggedWord[] = [];
    for (const word of cut(text)) {
      const one = tagged(word);
      if (one === undefined) {
        const whole = tag(text);
        for (const other of whole) keep(other);
        return whole;
      }
      all.push(one);
    }
    return all;
  };
}
