import type { Stretch } from '../text/normal-text.ts';
import type { Watch } from './watch.ts';

/** A word found, and the group of the watch it belongs to. */
export interface GroupHit extends Stretch {
  readonly group: number;
}

/** Why the words of a watch, all there, do not make a match. */
export type Apart =
  | { readonly reason: 'tooFew'; readonly count: number; readonly least: number }
  | { readonly reason: 'notInOneSentence' }
  | { readonly reason: 'tooFar'; readonly characters: number };

const SENTENCE_END = /[。！？!?;；\n]+/g;

/** Whether a watch asks for more than its words being there. */
export const isPlain = (watch: Watch): boolean =>
  watch.withinCharacters === undefined &&
  !watch.isSameSentence &&
  !watch.isTitleOnly &&
  (watch.leastMatters ?? 1) === 1;

/**
 * Whether the words found stand as a watch wants them.
 *
 * @param hits of all groups; any order
 * @param groups how many groups there are; the watch's matters are number `matters`, when it has any
 * @returns undefined when they do
 */
export function findApart(
  watch: Watch,
  text: string,
  hits: readonly GroupHit[],
  { groups, matters }: { readonly groups: number; readonly matters: number | undefined },
): Apart | undefined {
  const { withinCharacters, isSameSentence = false, leastMatters = 1 } = watch;
  const count = hits.filter(({ group }) => group === matters).length;
  if (matters !== undefined && count < leastMatters) {
    return { reason: 'tooFew', count, least: leastMatters };
  }
  const ordered = [...hits].sort((a, b) => a.start - b.start || a.end - b.end);
  const ends = isSameSentence ? sentenceEnds(text) : [];
  if (isSameSentence && !meetWithin(ordered, groups, Infinity, ends)) {
    return { reason: 'notInOneSentence' };
  }
  const most = withinCharacters ?? Infinity;
  return meetWithin(ordered, groups, most, ends)
    ? undefined
    : { reason: 'tooFar', characters: most };
}

/**
 * Whether a word of each group can be chosen so that all are in one sentence and no more than so many characters lie
 * between the first to end and the last to begin.
 */
function meetWithin(
  ordered: readonly GroupHit[],
  groups: number,
  characters: number,
  sentenceEnds: readonly number[],
): boolean {
  // With the last to begin at hand, the best of each other group is the one that ended last.
  let lastEnds = new Map<number, number>();
  let sentence = 0;
  for (const { group, start, end } of ordered) {
    const before = sentence;
    while ((sentenceEnds[sentence] ?? Infinity) <= start) sentence += 1;
    if (sentence !== before) lastEnds = new Map();
    lastEnds.set(group, Math.max(end, lastEnds.get(group) ?? 0));
    if (lastEnds.size < groups) continue;
    if (start - Math.min(...lastEnds.values()) <= characters) return true;
  }
  return false;
}

const sentenceEnds = (text: string): number[] =>
  Array.from(text.matchAll(SENTENCE_END), ({ 0: marks, index }) => index + marks.length);
