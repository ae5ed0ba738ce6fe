import { normaliseText } from '../text/normalise-text.ts';
import { WordFinder } from '../text/word-finder.ts';
import type { Votes } from './decide-label.ts';
import type { FocusPack } from './proposal-packs.ts';

/** Counts words that speak for a content class, each once. */
export function createContentVoter({
  contentWords,
}: Pick<FocusPack, 'contentWords'>): (text: string) => Votes[] {
  const listed = contentWords.flatMap((row) =>
    row.words.map((word) => ({ label: row.class, word: normaliseText(word) })),
  );
  const finder = new WordFinder(listed.map(({ word }) => word));
  return (text) => {
    const found = new Set(finder.find(text).map(({ word }) => word));
    const said = [...found].flatMap((word) => listed[word] ?? []);
    return [...Map.groupBy(said, ({ label }) => label)].map(([label, words]) => ({
      label,
      because: words.map(({ word }) => ({ words: word, weight: 1 })),
    }));
  };
}
