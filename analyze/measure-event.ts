import { DAY_MS, HOUR_MS } from '#core';
import type { MediaTier } from '#ingest';
import type { Evidence } from './grade-proposal.ts';
import { CONTENT_CLASSES, type GradingPack } from './grading-pack.ts';
import { interactionsAt, type LeadPost } from './lead.ts';
import { higherTier, isTierAtLeast, type GradeMeasures } from './propose-grade.ts';
import { spreadOf } from './region.ts';

/** One post of an event with the lead it belongs to: copies share a lead. */
export interface EventRecord {
  readonly leadId: string;
  readonly post: LeadPost;
}

/** What the office has set and the posts do not say. */
export interface GradingContext {
  readonly pack: GradingPack;
  /** strict: either grade starts the countdowns; literal: only the incident's. */
  readonly countdownProfile: 'strict' | 'literal';
  readonly sensitivePeriods: readonly {
    readonly name: string;
    readonly from: Date;
    readonly to: Date;
  }[];
}

/**
 * Everything the points model looks at, from the records held at a moment.
 *
 * @param records in order of arrival; those that arrived after `at` are left out
 */
export function measureEvent(
  records: readonly EventRecord[],
  context: GradingContext,
  at: Date,
): GradeMeasures {
  const held = records.filter(({ post }) => post.fetchedAt <= at);
  const posts = held.map(({ post }) => post);
  const recent = held.filter(({ post }) => post.publishedAt.getTime() > at.getTime() - DAY_MS);
  const period = context.sensitivePeriods.find(({ from, to }) => at >= from && at <= to);
  const place = posts.find((post) => post.sensitiveWords !== '');
  const untrue = gravestUntrue(posts);
  const speedRatio = speedOf(posts, context.pack, at);
  const hotList = hotListOf(posts);
  const deaths = deathsOf(posts, context.pack);
  return {
    content: contentOf(posts),
    posts24h: countOncePerOutlet(recent),
    interactions24h: recent.reduce((sum, { post }) => sum + interactionsAt(post, at), 0),
    ...(speedRatio !== undefined && { speedRatio }),
    ...(hotList && { hotList }),
    ...mediaOf(posts),
    sensitive: {
      ...(period && { period: period.name }),
      ...(place && { place: evidenceOf(place, place.sensitiveWords) }),
    },
    spread: hotList === 'national' ? 'nationwide' : spreadOf(posts.flatMap((p) => p.regionCodes)),
    untrue: untrue?.untrue ?? 'none',
    untrueEvidence: untrue ? [evidenceOf(untrue, untrue.untrueWords)] : [],
    ...(deaths && { deaths }),
  };
}

export function evidenceOf(post: LeadPost, words: string): Evidence {
  return { postId: post.postId, url: post.url, outlet: post.outlet, at: post.fetchedAt, words };
}

/** One text counts once per outlet; an individual's posts count each. */
function countOncePerOutlet(records: readonly EventRecord[]): number {
  const keys = records.map(({ leadId, post }) =>
    post.outletKind === 'institution' ? `${leadId} ${post.outlet}` : post.postId,
  );
  return new Set(keys).size;
}

function contentOf(posts: readonly LeadPost[]): GradeMeasures['content'] {
  const rank = (post: LeadPost): number => CONTENT_CLASSES.indexOf(post.contentClass);
  const highest = Math.max(0, ...posts.map(rank));
  const behind = posts.filter((post) => rank(post) === highest && post.contentWords !== '');
  return {
    class: CONTENT_CLASSES[highest] ?? 'A0',
    evidence: behind.slice(0, 3).map((post) => evidenceOf(post, post.contentWords)),
  };
}

function mediaOf(posts: readonly LeadPost[]): Pick<GradeMeasures, 'mediaTier' | 'mediaEvidence'> {
  const tier = posts.reduce<MediaTier>((best, post) => higherTier(best, post.mediaTier), 'M0');
  const carriers = posts.filter((post) => post.mediaTier === tier);
  const outlets = new Map(carriers.map((post) => [post.outlet, post]));
  // Two central media are a tier of their own.
  const mediaTier = tier === 'M6' && outlets.size > 1 ? 'M7' : tier;
  return {
    mediaTier,
    mediaEvidence: [...outlets.values()].slice(0, 3).map((post) => evidenceOf(post, post.outlet)),
  };
}

function speedOf(posts: readonly LeadPost[], pack: GradingPack, at: Date): number | undefined {
  const ages = posts.map((post) => at.getTime() - post.publishedAt.getTime());
  const lastHour = ages.filter((age) => age < HOUR_MS).length;
  const before = ages.filter((age) => age >= HOUR_MS && age < 7 * HOUR_MS).length;
  const { leastPosts, leastAgeMs } = pack.speed;
  if (lastHour < leastPosts || Math.max(...ages) < leastAgeMs) return undefined;
  return lastHour / Math.max(1, before / 6);
}

function hotListOf(posts: readonly LeadPost[]): 'local' | 'national' | undefined {
  const scopes = new Set(posts.map((post) => post.hotListScope));
  return scopes.has('national') ? 'national' : scopes.has('local') ? 'local' : undefined;
}

const UNTRUE_ORDER = ['none', 'suspected', 'verified', 'panic'] as const;

function gravestUntrue(posts: readonly LeadPost[]): LeadPost | undefined {
  return posts
    .filter((post) => post.untrue !== 'none')
    .reduce<LeadPost | undefined>(
      (worst, post) =>
        worst && UNTRUE_ORDER.indexOf(worst.untrue) >= UNTRUE_ORDER.indexOf(post.untrue)
          ? worst
          : post,
      undefined,
    );
}

/** A credible report outweighs a higher figure that nobody has checked. */
function deathsOf(posts: readonly LeadPost[], pack: GradingPack): GradeMeasures['deaths'] {
  const credible = posts.filter((post) => isTierAtLeast(post.mediaTier, pack.floors.credibleTier));
  for (const [candidates, isCredible] of [
    [credible, true],
    [posts, false],
  ] as const) {
    const most = candidates
      .filter((post) => (post.dead ?? 0) > 0)
      .reduce<LeadPost | undefined>(
        (best, post) => (best && (best.dead ?? 0) >= (post.dead ?? 0) ? best : post),
        undefined,
      );
    if (most) {
      return { dead: most.dead ?? 0, isCredible, evidence: evidenceOf(most, most.figureWords) };
    }
  }
  return undefined;
}
