import { normaliseText } from '#analyze';
import { likenessOf, pairsOf } from '../character-pairs.ts';
import type { JudgingPack } from '../judging-pack.ts';

/** A text in which somebody may ask. */
export interface AskingPost {
  readonly id: string;
  readonly title: string;
  readonly text: string;
}

/** 关注问题: what people ask, in the words of the first who asked. */
export interface FocusQuestion {
  readonly text: string;
  /** Posts that ask it, in the order given. */
  readonly postIds: readonly string[];
}

type Rule = JudgingPack['questions'];

interface Group {
  readonly text: string;
  readonly pairs: ReadonlySet<string>;
  readonly postIds: Set<string>;
}

const SENTENCE = /[^。！？!?；;\n]*[。！？!?；;\n]?/gu;

/**
 * What people ask in posts, most asked first; every question is a sentence of a post, word for word.
 *
 * @param posts oldest first
 */
export function findQuestions(posts: readonly AskingPost[], rule: Rule): readonly FocusQuestion[] {
  const groups: Group[] = [];
  for (const { id, title, text } of posts) {
    for (const sentence of questionsOf(`${title}\n${text}`, rule)) {
      const pairs = pairsOf(sentence);
      const like = nearest(groups, pairs, rule.likeness);
      if (like) like.postIds.add(id);
      else groups.push({ text: sentence, pairs, postIds: new Set([id]) });
    }
  }
  return groups
    .toSorted((a, b) => b.postIds.size - a.postIds.size)
    .slice(0, rule.most)
    .map(({ text, postIds }) => ({ text, postIds: [...postIds] }));
}

function questionsOf(text: string, rule: Rule): string[] {
  const sentences = text.match(SENTENCE) ?? [];
  return sentences.map((sentence) => sentence.trim()).filter((sentence) => isAsked(sentence, rule));
}

function isAsked(sentence: string, { asks, tells, shortest, longest }: Rule): boolean {
  if (sentence.length < shortest || sentence.length > longest) return false;
  if (/[?？]$/u.test(sentence)) return true;
  const normal = normaliseText(sentence);
  return asks.some((word) => normal.includes(word)) && !tells.some((word) => normal.includes(word));
}

/** The group most like a question; two that share too little are two questions. */
function nearest(
  groups: readonly Group[],
  pairs: ReadonlySet<string>,
  least: number,
): Group | undefined {
  let best: Group | undefined;
  let bestShare = least;
  for (const group of groups) {
    const share = likenessOf(pairs, group.pairs);
    // The first of two equally like ones: the order of the posts alone decides.
    if (share > bestShare || (share === bestShare && !best)) [best, bestShare] = [group, share];
  }
  return best;
}
