import type { Post } from '#ingest';
import { toUnitTerms } from './events/assign-event.ts';
import { toCopyProbe, type CopyProbe } from './copies/copy-index.ts';
import type { GradingPack } from './grade/grading-pack.ts';
import type { GroupingPack } from './events/grouping-pack.ts';
import type { LeadPost } from './events/lead.ts';
import { normaliseText } from './text/normalise-text.ts';
import type { Segmenter } from './ports.ts';
import { createFactReader } from './facts/read-facts.ts';
import { createRegionFinder, type Region } from './facts/region.ts';
import { listensTo, type ListenedSource } from './watches/listens-to.ts';
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
  /** Needed where a watch names kinds or regions of the sources it listens to. */
  readonly sources?: readonly ListenedSource[];
  readonly regions: readonly Region[];
  readonly grading: GradingPack;
  readonly grouping: GroupingPack;
  readonly segmenter: Segmenter;
  /** Posts that meet no watch are read too: for an archive of which all is ours. */
  readonly takesAll?: boolean;
}

/** Only the head of a long text tells what it is about. */
const HEAD_CHARACTERS = 800;

/** Reads what posts say; undefined for a post that meets no watch. */
export function createPostReader(rules: ReaderRules): (post: Post) => ReadPost | undefined {
  const match = compileWatches(rules.watches);
  const readFacts = createFactReader(rules.grading);
  const findRegions = createRegionFinder(rules.regions);
  const isHeard = createListening(rules);

  return (post) => {
    const text = normaliseText(`${post.title}\n${post.text}`);
    const matches = match(text).filter(({ watchId }) => isHeard(watchId, post));
    if (matches.length === 0 && !rules.takesAll) return undefined;
    const regionCodes = [
      ...new Set([...findRegions(text), ...(post.regionCode ? [post.regionCode] : [])]),
    ];
    const head = `${post.title}。${post.title}。${post.text.slice(0, HEAD_CHARACTERS)}`;
    const terms = rules.segmenter.keywords(normaliseText(head), rules.grouping.events.leadTerms);
    return {
      post,
      watchIds: matches.map(({ watchId }) => watchId),
      entities: entitiesOf(matches, regionCodes),
      terms: toUnitTerms(terms),
      probe: toCopyProbe(text, rules.grouping.copies),
      leadPost: toLeadPost(post, regionCodes, readFacts(post.title, post.text)),
    };
  };
}

/** Whether a watch listens to a post's source. */
function createListening({ watches, sources = [] }: ReaderRules) {
  const byId = new Map(sources.map((source) => [source.id, source]));
  const choosy = new Map(watches.filter((one) => one.sources?.length).map((one) => [one.id, one]));
  return (watchId: string, { sourceId, regionCode }: Post): boolean => {
    const watch = choosy.get(watchId);
    return !watch || listensTo(watch, byId.get(sourceId) ?? { id: sourceId, kind: '', regionCode });
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
