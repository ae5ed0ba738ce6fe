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
  const { focuses, mustRespond: reasons } = pack;
  const lists = [
    ...focuses.map(({ words }) => words),
    ...reasons.map(({ words }) => words),
    pack.claimWords,
    pack.ignoredContexts,
  ];
  const listed = lists.flatMap((words, list) =>
    words.map((word) => ({ word: normaliseText(word), list })),
  );
  const finder = new WordFinder(listed.map(({ word }) => word));
  /** The words found of each list, in the order of the lists. */
  const findAll = (text: string): string[][] => {
    const found = lists.map(() => new Set<string>());
    for (const { word } of finder.find(text)) {
      const one = listed[word];
      if (one) found[one.list]?.add(one.word);
    }
    return found.map((words) => [...words]);
  };
  const madeBy = `${pack.name}@${pack.version}`;

  return (text, contentClass) => {
    const found = findAll(text);
    const isElsewhere = (found.at(-1) ?? []).length > 0;
    const votes = focuses.map(({ code, classes }, list) => ({
      code,
      words: isElsewhere
        ? []
        : [
            ...(contentClass && classes.includes(contentClass) ? [`内容类别 ${contentClass}`] : []),
            ...(found[list] ?? []),
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
    const mustRespond = reasons.flatMap(({ reason, focuses: of }, number) => {
      const words = [...(found[focuses.length + number] ?? [])];
      if (of.some((code) => code === focus.value)) words.push(...best.words);
      return words.length > 0 ? [{ reason, words: words.slice(0, WORDS_SHOWN).join('、') }] : [];
    });
    return { focus, mustRespond, claimWords: (found.at(-2) ?? []).join('、') };
  };
}
