import { normaliseText } from '#analyze';
import type { JudgingPack } from '../judging-pack.ts';

const LETTERS = /[\p{Letter}\p{Number}]/gu;

/** Questions of whose matter no release says a word; whether one is answered is for a person to say. */
export function openQuestions(
  questions: readonly string[],
  releases: readonly { readonly title: string; readonly text: string }[],
  { asks, leastNamed }: JudgingPack['questions'],
): readonly string[] {
  const told = new Set(releases.flatMap(({ title, text }) => pairsOf(`${title}\n${text}`)));
  return questions.filter((question) => {
    const matter = asks.reduce((left, word) => left.replaceAll(word, ' '), normaliseText(question));
    const pairs = pairsOf(matter);
    const named = pairs.filter((pair) => told.has(pair)).length;
    return pairs.length === 0 || named / pairs.length < leastNamed;
  });
}

function pairsOf(text: string): string[] {
  return normaliseText(text)
    .split(/[^\p{Letter}\p{Number}]+/u)
    .flatMap((run) => {
      const letters = run.match(LETTERS) ?? [];
      return letters.slice(1).map((letter, index) => `${letters[index]}${letter}`);
    });
}
