import { normaliseText } from '../text/normalise-text.ts';
import { WordFinder } from '../text/word-finder.ts';
import type { Votes } from './decide-label.ts';
import type { TopicPack } from './proposal-packs.ts';

/** Counts what the words of a text say for each topic; a word inside a longer listed one does not count. */
export function createTopicVoter(pack: TopicPack): (text: string) => Votes[] {
  const entries = pack.topics.flatMap((topic) =>
    (['strong', 'words', 'weak'] as const).flatMap((list) =>
      topic[list].map((word) => ({
        word: normaliseText(word),
        code: topic.code,
        weight: pack.votes[list],
      })),
    ),
  );
  const byWord = Map.groupBy(entries, ({ word }) => word);
  const words = [...byWord.keys()];
  const finder = new WordFinder(words);

  return (text) => {
    const found = finder.find(text);
    const whole = found.filter(
      (one) =>
        !found.some(
          (other) =>
            other.start <= one.start &&
            other.end >= one.end &&
            other.end - other.start > one.end - one.start,
        ),
    );
    const said = new Set(whole.map(({ word }) => words[word] ?? ''));
    const votes = [...said].flatMap((word) => byWord.get(word) ?? []);
    return [...Map.groupBy(votes, ({ code }) => code)].map(([label, ofTopic]) => ({
      label,
      because: ofTopic.map(({ word, weight }) => ({ words: word, weight })),
    }));
  };
}
