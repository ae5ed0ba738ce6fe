import type { Segmenter } from '../ports.ts';

type Tagged = ReturnType<Segmenter['tag']>;

/** Words whose part of speech is kept; most of what is said uses fewer. When full, it begins anew. */
const MOST_WORDS = 50_000;

/**
 * Tags words after cutting them: jieba's part of speech is the word's own, whatever stands around it, so each word is
 * looked up once. A word that jieba would cut when it stands alone is asked for in its text.
 *
 * @param tag the library's own, which cuts again and looks up each word each time
 */
export function openTagger(cut: Segmenter['cut'], tag: Segmenter['tag']): (text: string) => Tagged {
  const tags = new Map<string, string>();
  const keep = (word: string, its: string): string => {
    if (tags.size >= MOST_WORDS) tags.clear();
    tags.set(word, its);
    return its;
  };
  const tagOf = (word: string): string | undefined => {
    const known = tags.get(word);
    if (known !== undefined) return known;
    const alone = tag(word);
    return alone.length === 1 && alone[0] ? keep(word, alone[0].tag) : undefined;
  };
  return (text) => {
    const tagged: { readonly word: string; readonly tag: string }[] = [];
    for (const word of cut(text)) {
      const its = tagOf(word);
      if (its === undefined) {
        const whole = tag(text);
        for (const one of whole) keep(one.word, one.tag);
        return whole;
      }
      tagged.push({ word, tag: its });
    }
    return tagged;
  };
}
