import type { Because, HashedText, LinearModel } from './linear-model.ts';
import type { LabelProposal } from './proposal.ts';
import { toChances } from './train-linear.ts';

/** What the word lists say for one label. */
export interface Votes {
  readonly label: string;
  readonly because: readonly Because[];
}

export interface LabelRules {
  readonly blend: { readonly lexicon: number; readonly linear: number };
  readonly leastConfidence: number;
  readonly madeBy: string;
}

const WORDS_SHOWN = 6;

/**
 * Joins the votes of the word lists with the score of the model into one proposal with its reasons.
 * Without a vote and with a model that is not sure the answer is that it cannot tell.
 */
export function decideLabel(
  text: HashedText,
  votes: readonly Votes[],
  model: LinearModel,
  rules: LabelRules,
): LabelProposal {
  const { blend, leastConfidence, madeBy } = rules;
  const voted = model.labels.map(
    (label) => votes.find((one) => one.label === label)?.because ?? [],
  );
  const chances = model.scorePlaces(text.places);
  for (const [index, because] of voted.entries()) {
    const sum = because.reduce((total, { weight }) => total + weight, 0);
    chances[index] = (chances[index] ?? 0) * blend.linear + sum * blend.lexicon;
  }
  toChances(chances);
  const best = chances.reduce(
    (top, chance, index) => (chance > (chances[top] ?? 0) ? index : top),
    0,
  );
  const confidence = Math.round((chances[best] ?? 0) * 100) / 100;
  const label = model.labels[best] ?? '';
  const fromWords = (voted[best] ?? []).map(({ words, weight }) => ({
    words,
    weight: weight * blend.lexicon,
  }));
  const heard = new Set(fromWords.map(({ words }) => words));
  const fromModel = model
    .because(text, label, WORDS_SHOWN)
    .filter(({ words }) => !heard.has(words))
    .map(({ words, weight }) => ({ words, weight: weight * blend.linear }));
  const because = [...fromWords, ...fromModel]
    .sort((a, b) => b.weight - a.weight)
    .slice(0, WORDS_SHOWN)
    .map(({ words, weight }) => ({ words, weight: Math.round(weight * 100) / 100 }));

  if (confidence >= leastConfidence) return { value: label, confidence, because, madeBy };
  const cannotTell = voted.every((one) => one.length === 0) ? 'nothingFound' : 'tooClose';
  return { confidence, cannotTell, because, madeBy };
}
