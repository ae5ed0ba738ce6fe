import { HOUR_MS } from '#core';
import { findQuestions, type AskingPost } from '../assessments/find-questions.ts';
import type { JudgingPack } from '../judging-pack.ts';

/** A post as its tone and time are known. */
export interface TonedPost extends AskingPost {
  readonly publishedAt: Date;
  /** Undefined where the tone could not be told. */
  readonly isNegative: boolean | undefined;
}

/** One side of a release. */
export interface ReleaseWindow {
  readonly posts: number;
  /** Posts whose tone could be told. */
  readonly toned: number;
  readonly negative: number;
  /** What was asked, most asked first. */
  readonly questions: readonly string[];
}

/** A change with its 95 % interval. */
export interface Change {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** 变化: what was before and after a release; a change, never a proof of effect. */
export interface AroundRelease {
  readonly hours: number;
  readonly before: ReleaseWindow;
  readonly after: ReleaseWindow;
  /** Posts after for each before, 1 is no change. */
  readonly volume?: Change;
  /** Difference of the negative shares, −1 to 1. */
  readonly tone?: Change;
  /** Why a change is not told, in words. */
  readonly withheld: readonly string[];
}

type Rule = Pick<JudgingPack, 'questions' | 'evaluations'>;

/**
 * Volume, tone and focus on both sides of a release, for each length of window the pack names.
 *
 * @param posts oldest first
 */
export function aroundRelease(
  publishedAt: Date,
  posts: readonly TonedPost[],
  rule: Rule,
  now: Date,
): readonly AroundRelease[] {
  const { windowHours, leastPosts } = rule.evaluations;
  return windowHours.map((hours) => {
    const reach = hours * HOUR_MS;
    const from = publishedAt.getTime();
    const before = windowOf(posts, from - reach, from, rule);
    const after = windowOf(posts, from, from + reach, rule);
    const isPassed = now.getTime() >= from + reach;
    const wait = isPassed ? [] : [`发布后${hours}小时还没有过完`];
    const few = (what: string, a: number, b: number): string[] =>
      Math.min(a, b) >= leastPosts
        ? []
        : [`${what}：前${a}条、后${b}条，两边都满${leastPosts}条才比较`];
    const volumeGap = few('声量', before.posts, after.posts);
    const toneGap = few('情感', before.toned, after.toned);
    return {
      hours,
      before,
      after,
      ...(isPassed && volumeGap.length === 0 && { volume: ratioOf(after.posts, before.posts) }),
      ...(isPassed && toneGap.length === 0 && { tone: differenceOf(after, before) }),
      withheld: [...wait, ...volumeGap, ...toneGap],
    };
  });
}

const MOST_ASKED = 3;

function windowOf(
  posts: readonly TonedPost[],
  from: number,
  to: number,
  { questions }: Rule,
): ReleaseWindow {
  const inside = posts.filter(({ publishedAt }) => {
    const at = publishedAt.getTime();
    return at >= from && at < to;
  });
  return {
    posts: inside.length,
    toned: inside.filter(({ isNegative }) => isNegative !== undefined).length,
    negative: inside.filter(({ isNegative }) => isNegative).length,
    questions: findQuestions(inside, questions)
      .slice(0, MOST_ASKED)
      .map(({ text }) => text),
  };
}

/** Normal quantile of a two-sided 95 % interval. */
const Z = 1.96;

/** Ratio of two counts; interval on the logarithm, counts taken as Poisson. */
function ratioOf(after: number, before: number): Change {
  const value = after / before;
  const reach = Math.exp(Z * Math.sqrt(1 / after + 1 / before));
  return { value, low: value / reach, high: value * reach };
}

/** Source: Newcombe (1998), hybrid score interval for the difference of two shares. */
function differenceOf(after: ReleaseWindow, before: ReleaseWindow): Change {
  const [a, b] = [wilson(after), wilson(before)];
  const value = a.share - b.share;
  return {
    value,
    low: value - Math.hypot(a.share - a.low, b.high - b.share),
    high: value + Math.hypot(a.high - a.share, b.share - b.low),
  };
}

function wilson({ negative, toned }: ReleaseWindow) {
  const share = negative / toned;
  const weight = 1 + Z ** 2 / toned;
  const centre = (share + Z ** 2 / (2 * toned)) / weight;
  const reach = (Z / weight) * Math.sqrt((share * (1 - share)) / toned + Z ** 2 / (4 * toned ** 2));
  return { share, low: centre - reach, high: centre + reach };
}
