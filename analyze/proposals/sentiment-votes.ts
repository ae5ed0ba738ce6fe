import { normaliseText } from '../text/normalise-text.ts';
import { WordFinder } from '../text/word-finder.ts';
import type { Because } from './linear-model.ts';
import type { Votes } from './decide-label.ts';
import type { SentimentPack } from './proposal-packs.ts';

type Tone = 'positive' | 'neutral' | 'negative';
type Kind = Tone | 'negation' | 'irony' | 'degree';

/**
 * Counts words of praise, blame and plain report. A negation shortly before a word turns it round, a degree
 * word changes its weight, and praise beside a sign of irony is blame.
 */
export function createSentimentVoter(pack: SentimentPack): (text: string) => Votes[] {
  const listed: { word: string; kind: Kind; factor: number }[] = [
    ...pack.positive.map((word) => ({ word, kind: 'positive' as const, factor: 1 })),
    ...pack.negative.map((word) => ({ word, kind: 'negative' as const, factor: 1 })),
    ...pack.neutral.map((word) => ({ word, kind: 'neutral' as const, factor: 1 })),
    ...pack.negations.map((word) => ({ word, kind: 'negation' as const, factor: 1 })),
    ...pack.irony.map((word) => ({ word, kind: 'irony' as const, factor: 1 })),
    ...pack.degrees.flatMap(({ words, factor }) =>
      words.map((word) => ({ word, kind: 'degree' as const, factor })),
    ),
  ].map((one) => ({ ...one, word: normaliseText(one.word) }));
  const finder = new WordFinder(listed.map(({ word }) => word));
  const { negationReach: reach, weights } = pack;

  return (text) => {
    const found = finder.find(text).flatMap((one) => {
      const entry = listed[one.word];
      return entry ? [{ ...one, ...entry, size: one.end - one.start }] : [];
    });
    const toned = found.filter(
      (one) =>
        (one.kind === 'positive' || one.kind === 'negative' || one.kind === 'neutral') &&
        !found.some(
          (other) => other.start <= one.start && other.end >= one.end && other.size > one.size,
        ),
    );
    const before = (kind: Kind, start: number) =>
      found.find((one) => one.kind === kind && one.end <= start && start - one.end <= reach);
    const irony = found.find(({ kind }) => kind === 'irony');

    const votes = new Map<Tone, Map<string, number>>();
    const vote = (tone: Tone, { words, weight }: Because): void => {
      const list = votes.get(tone) ?? new Map<string, number>();
      list.set(words, weight);
      votes.set(tone, list);
    };
    for (const { kind, start, end } of toned) {
      const tone = kind as Tone;
      const degree = before('degree', start);
      const negation = tone === 'neutral' ? undefined : before('negation', start);
      const weight = tone === 'neutral' ? weights.neutral : (degree?.factor ?? 1);
      const words = text.slice(negation?.start ?? start, end);
      if (negation)
        vote(tone === 'positive' ? 'negative' : 'neutral', {
          words,
          weight: weight * weights.negated,
        });
      else if (tone === 'positive' && irony)
        vote('negative', { words: `${words}（反话）`, weight: weights.ironic });
      else vote(tone, { words, weight });
    }
    return [...votes].map(([label, list]) => ({
      label,
      because: [...list].map(([words, weight]) => ({ words, weight })),
    }));
  };
}
