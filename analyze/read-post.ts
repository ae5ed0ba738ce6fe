import type { Post } from '#ingest';
import { toUnitTerms } from './events/assign-event.ts';
import { toCopyProbe, type CopyProbe } from './copies/copy-index.ts';
import type { GradingPack } from './grade/grading-pack.ts';
import type { GroupingPack } from './events/grouping-pack.ts';
import type { LeadPost } from './events/lead.ts';
import { normaliseText } from './text/normalise-text.ts';
import type { Segmenter } from './ports.ts';
import type { FactsPack } from './facts/facts-pack.ts';
import { createFactReader } from './facts/read-facts.ts';
import { createRegionFinder, type Region } from './facts/region.ts';
import type { ResolvePlaces } from './facts/resolve-places.ts';
import { compileWatches, type Watch, type WatchMatch } from './watches/watch.ts';

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
  /** Places beyond the office's own. */
  readonly resolvePlaces: ResolvePlaces;
  readonly grading: GradingPack;
  readonly facts: FactsPack;
  readonly grouping: GroupingPack;
  readonly segmenter: Segmenter;
}

/** Only the head of a long text tells what it is about. */
const HEAD_CHARACTERS = 800;

/** Reads what posts say; undefined for a post that meets no watch. */
export function createPostReader(rules: ReaderRules): (post: Post) => ReadPost | undefined {
  const match = compileWatches(rules.watches);
  const readFacts = createFactReader(rules.grading, rules.facts);
  const findRegions = createRegionFinder(rules.regions);
  const officeRegions = rules.regions.map(({ code }) => code);

  /** The office's own places; where it names none, the one that the text is about. */
  const regionsOf = (text: string, sourceRegion: string | undefined): readonly string[] => {
    const own = findRegions(text);
    if (own.length > 0) return own;
    const { places } = rules.resolvePlaces(text, { sourceRegion, officeRegions });
    return places.flatMap(({ regionCode, isPrimary }) =>
      isPrimary && !regionCode.endsWith('0000') ? [regionCode] : [],
    );
  };

  return (post) => {
    const text = normaliseText(`${post.title}\n${post.text}`);
    const matches = match(text);
    if (matches.length === 0) return undefined;
    const regionCodes = [
      ...new Set([
        ...regionsOf(text, post.regionCode),
        ...(post.regionCode ? [post.regionCode] : []),
      ]),
    ];
    const head = `${post.title}。${post.title}。${post.text.slice(0, HEAD_CHARACTERS)}`;
    const terms = rules.segmenter.keywords(normaliseText(head), rules.grouping.events.leadTerms);
    return {
      post,
      watchIds: matches.map(({ watchId }) => watchId),
      entities: entitiesOf(matches, regionCodes),
      terms: toUnitTerms(terms),
      probe: toCopyProbe(text, rules.grouping.copies),
      leadPost: toLeadPost(post, regionCodes, readFacts(text, post.publishedAt)),
    };
  };
}

function entitiesOf(matches: readonly WatchMatch[], regionCodes: readonly string[]): string[] {
  const terms = matches.flatMap(({ found }) => found.map(({ term }) => term));
  return [...new Set([...terms, ...regionCodes])];
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
