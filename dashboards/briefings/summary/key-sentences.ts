import { pairsOf } from '#respond';

/** A text out of which may be quoted. */
export interface Quotable {
  readonly postId: string;
  readonly title: string;
  readonly text: string;
  /** Who carries it, copies included; each once. */
  readonly outlets: readonly string[];
}

/** 关键句: a sentence word for word, with how many carry it or one that says much the same. */
export interface KeySentence {
  readonly text: string;
  readonly postId: string;
  readonly outlets: number;
  /** All texts that say it, its own first. */
  readonly postIds: readonly string[];
}

export interface SummaryRule {
  readonly shortest: number;
  readonly longest: number;
  /** How much two sentences must have in common to say the same, 0 to 1. */
  readonly likeness: number;
  /** Sentences looked at from the head of a text, and texts in all. */
  readonly mostSentences: number;
  readonly mostTexts: number;
  /** Sentences with one of these are about the text, not the matter. */
  readonly boilerplate: readonly string[];
}

interface Group {
  readonly text: string;
  readonly size: number;
  readonly outlets: Set<string>;
  readonly postIds: Set<string>;
  readonly place: number;
}

const SENTENCE = /[^。！？!?；;\n]*[。！？!?；;\n]?/gu;

/**
 * What most outlets say, in the words of the first who said it; nothing is shortened or put together.
 *
 * @param texts oldest first
 * @returns most carried first; of those carried alike the one that stands nearer to the head of its text
 */
export function keySentences(
  texts: readonly Quotable[],
  rule: SummaryRule,
): readonly KeySentence[] {
  const groups: Group[] = [];
  const byPair = new Map<string, Group[]>();
  for (const { postId, title, text, outlets } of texts.slice(0, rule.mostTexts)) {
    for (const [place, sentence] of sentencesOf(title, text, rule).entries()) {
      const pairs = pairsOf(sentence);
      const like = mostAlike(pairs, byPair, rule.likeness);
      if (like) {
        for (const outlet of outlets) like.outlets.add(outlet);
        like.postIds.add(postId);
        continue;
      }
      const group: Group = {
        text: sentence,
        size: pairs.size,
        outlets: new Set(outlets),
        postIds: new Set([postId]),
        place,
      };
      groups.push(group);
      for (const pair of pairs) {
        const holders = byPair.get(pair);
        if (holders) holders.push(group);
        else byPair.set(pair, [group]);
      }
    }
  }
  return groups
    .toSorted((a, b) => b.outlets.size - a.outlets.size || a.place - b.place)
    .map(({ text, outlets, postIds }) => ({
      text,
      postId: [...postIds][0] ?? '',
      outlets: outlets.size,
      postIds: [...postIds],
    }));
}

function sentencesOf(title: string, text: string, rule: SummaryRule): string[] {
  const { shortest, longest, mostSentences, boilerplate } = rule;
  const all = (text.match(SENTENCE) ?? []).map((sentence) => sentence.trim());
  // A title says less than the sentence that begins with it: it is quoted where nothing else says the same.
  return [...all.filter(Boolean).slice(0, mostSentences), title.trim()].filter(
    (sentence) =>
      sentence.length >= shortest &&
      sentence.length <= longest &&
      !boilerplate.some((word) => sentence.includes(word)),
  );
}

/** Dice's measure over character pairs, counted by the pairs alone: most groups share none. */
function mostAlike(
  pairs: ReadonlySet<string>,
  byPair: ReadonlyMap<string, readonly Group[]>,
  least: number,
): Group | undefined {
  const shared = new Map<Group, number>();
  for (const pair of pairs) {
    for (const group of byPair.get(pair) ?? []) shared.set(group, (shared.get(group) ?? 0) + 1);
  }
  let best: Group | undefined;
  let bestShare = 0;
  for (const [group, count] of shared) {
    const share = (2 * count) / (pairs.size + group.size);
    if (share >= least && share > bestShare) [best, bestShare] = [group, share];
  }
  return best;
}
