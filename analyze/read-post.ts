import type { Post } from '#ingest';
import type { TermWeights } from './events/term-weights.ts';
import { namesOf, toTerms } from './events/to-terms.ts';
import { toCopyProbe, type CopyProbe } from './copies/copy-index.ts';
import type { GradingPack } from './grade/grading-pack.ts';
import type { GroupingPack } from './events/grouping-pack.ts';
import type { LeadPost } from './events/lead.ts';
import { normaliseText } from './text/normalise-text.ts';
import type { Segmenter } from './ports.ts';
import { createFactReader } from './facts/read-facts.ts';
import { createRegionFinder, type Region } from './facts/region.ts';
import { compileWatches, type Watch } from './watches/watch.ts';

/** A post that meets a watch, as grouping and grading see it. */
export interface ReadPost {
  readonly post: Post;
  readonly watchIds: readonly string[];
  readonly entities: readonly string[];
  readonly terms: readonly [string, number][];
  readonly probe: CopyProbe;
  readonly leadPost: LeadPost;
}

export interface ReaderRules {
  readonly watches: readonly Watch[];
  readonly regions: readonly Region[];
  readonly grading: GradingPack;
  readonly grouping: GroupingPack;
  readonly segmenter: Segmenter;
}

/** Reads what posts say, weighing terms by how common they are by now; undefined for a post that meets no watch. */
export function createPostReader(
  rules: ReaderRules,
): (post: Post, weights: TermWeights) => ReadPost | undefined {
  const { segmenter, grouping } = rules;
  const rule = grouping.events.terms;
  const match = compileWatches(rules.watches);
  const readFacts = createFactReader(rules.grading);
  const findRegions = createRegionFinder(rules.regions);

  return (post, weights) => {
    const text = normaliseText(`${post.title}\n${post.text}`);
    const matches = match(text);
    if (matches.length === 0) return undefined;
    const regionCodes = [
      ...new Set([...findRegions(text), ...(post.regionCode ? [post.regionCode] : [])]),
    ];
    const title = segmenter.tag(normaliseText(post.title));
    // Only the head of a long text tells what it is about.
    const head = segmenter.tag(normaliseText(post.text.slice(0, rule.headCharacters)));
    const watchWords = matches.flatMap(({ found }) => found.map(({ term }) => term));
    const rarityOf = (term: string): number => weights.rarityOf(term);
    return {
      post,
      watchIds: matches.map(({ watchId }) => watchId),
      entities: [...namesOf([...title, ...head], rule), ...regionCodes],
      terms: toTerms({ title, head, watchWords }, rarityOf, rule),
      probe: toCopyProbe(text, rules.grouping.copies),
      leadPost: toLeadPost(post, regionCodes, readFacts(post.title, post.text)),
    };
  };
}

function toLeadPost(
  post: Post,
  regionCodes: readonly string[],
  facts: ReturnType<ReturnType<typeof createFactReader>>,
): LeadPost {
  const { id, sourceId, url, title, outletKind, mediaTier, publishedAt, fetchedAt } = post;
  return {
    postId: id,
    sourceId,
    url,
    title,
    outlet: post.outlet ?? '个人',
    outletKind,
    mediaTier,
    // A post cannot have been published after it was read.
    publishedAt: publishedAt > fetchedAt ? fetchedAt : publishedAt,
    fetchedAt,
    snapshots: [{ at: fetchedAt, interactions: post.interactions ?? 0 }],
    ...(post.hotListScope && { hotListScope: post.hotListScope }),
    ...(post.authorPseudonym && { authorPseudonym: post.authorPseudonym }),
    regionCodes: [...regionCodes],
    ...facts,
  };
}
