import { normaliseText } from '../text/normalise-text.ts';
import { WordFinder } from '../text/word-finder.ts';
import type { ContentClass } from '../grade/grading-pack.ts';
import type { LabelProposal, PostProposals } from './proposal.ts';
import type { FocusPack } from './proposal-packs.ts';

export type FocusReading = Pick<PostProposals, 'focus' | 'mustRespond' | 'claimWords'>;

const WORDS_SHOWN = 5;

/** Builds a reader of 收集重点, 应回应情形 and 待核说法: hints with their words, for a person to take or leave. */
export function createFocusReader(
  pack: FocusPack,
): (text: string, contentClass: ContentClass | undefined) => FocusReading {
  const inText = (words: readonly string[]): ((text: string) => string[]) => {
    const plain = words.map((word) => normaliseText(word));
    const finder = new WordFinder(plain);
    return (text) => [...new Set(finder.find(text).map(({ word }) => plain[word] ?? ''))];
  };
  const focuses = pack.focuses.map((one) => ({ ...one, find: inText(one.words) }));
  const reasons = pack.mustRespond.map((one) => ({ ...one, find: inText(one.words) }));
  const findClaims = inText(pack.claimWords);
  const findIgnored = inText(pack.ignoredContexts);
  const madeBy = `${pack.name}@${pack.version}`;

  return (text, contentClass) => {
    const isElsewhere = findIgnored(text).length > 0;
    const votes = focuses.map(({ code, classes, find }) => ({
      code,
      words: isElsewhere
        ? []
        : [
            ...(contentClass && classes.includes(contentClass) ? [`内容类别 ${contentClass}`] : []),
            ...find(text),
          ],
    }));
    const best = votes.reduce((top, one) => (one.words.length > top.words.length ? one : top));
    const all = votes.reduce((sum, { words }) => sum + words.length, 0);
    const focus: LabelProposal =
      best.words.length === 0
        ? { confidence: 0, cannotTell: 'nothingFound', because: [], madeBy }
        : {
            value: best.code,
            confidence: Math.round((best.words.length / all) * 100) / 100,
            because: best.words.slice(0, WORDS_SHOWN).map((words) => ({ words, weight: 1 })),
            madeBy,
          };
    const mustRespond = reasons.flatMap(({ reason, focuses: of, find }) => {
      const words = find(text);
      if (of.some((code) => code === focus.value)) words.push(...best.words);
      return words.length > 0 ? [{ reason, words: words.slice(0, WORDS_SHOWN).join('、') }] : [];
    });
    return { focus, mustRespond, claimWords: findClaims(text).join('、') };
  };
}
