import type { Post } from '#ingest';
import { createCopyProbeReader, type CopyProbe } from './copies/copy-probe.ts';
import type { TermWeights } from './events/term-weights.ts';
import { createTermReader, namesOf } from './events/to-terms.ts';
import type { GradingPack } from './grade/grading-pack.ts';
import type { GroupingPack } from './events/grouping-pack.ts';
import type { LeadPost } from './events/lead.ts';
import { normaliseText } from './text/normalise-text.ts';
import { toPostText } from './text/post-text.ts';
import type { Segmenter } from './ports.ts';
import type { FactsPack } from './facts/facts-pack.ts';
import { createFactReader } from './facts/read-facts.ts';
import { createRegionFinder, type Region } from './facts/region.ts';
import { compileWatches } from './watches/compile-watches.ts';
import type { Watch } from './watches/watch.ts';
import type { PostProposer } from './proposals/propose-for-post.ts';
import type { ResolvePlaces } from './facts/resolve-places.ts';
import { listensTo, type ListenedSource } from './watches/listens-to.ts';

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
  /** Places beyond the office's own. */
  readonly resolvePlaces: ResolvePlaces;
  readonly grading: GradingPack;
  readonly facts: FactsPack;
  readonly grouping: GroupingPack;
  readonly segmenter: Segmenter;
  /** Posts that meet no watch are read too: for an archive of which all is ours. */
  readonly takesAll?: boolean;
  /** Proposes class, tone and focus of each post that meets a watch. */
  readonly propose?: PostProposer;
}

/** Reads what posts say, weighing terms by how common they are by now; undefined for a post that meets no watch. */
export function createPostReader(
  rules: ReaderRules,
): (post: Post, weights: TermWeights) => ReadPost | undefined {
  const { segmenter, grouping } = rules;
  const rule = grouping.events.terms;
  const toTerms = createTermReader(rule);
  const match = compileWatches(rules.watches, rules.regions);
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
  const isHeard = createListening(rules);
  const readProbe = createCopyProbeReader(rules.grouping.copies);

  return (post, weights) => {
    const read = toPostText(post.title, post.text);
    const matches = match(read).filter(({ watchId }) => isHeard(watchId, post));
    if (matches.length === 0 && !rules.takesAll) return undefined;
    const text = read.normal;
    const regionCodes = [
      ...new Set([
        ...regionsOf(text, post.regionCode),
        ...(post.regionCode ? [post.regionCode] : []),
      ]),
    ];
    const title = segmenter.tag(normaliseText(post.title));
    // Only the head of a long text tells what it is about.
    const head = segmenter.tag(normaliseText(post.text.slice(0, rule.headCharacters)));
    const watchWords = matches.flatMap(({ found }) => found.map(({ term }) => term));
    const facts = readFacts(text, post.publishedAt);
    const proposals = rules.propose?.(`${post.title}。${post.text}`, facts);
    return {
      post,
      watchIds: matches.map(({ watchId }) => watchId),
      entities: [...namesOf([...title, ...head], rule), ...regionCodes],
      terms: toTerms({ title, head, watchWords }, weights),
      probe: readProbe(text, post.url),
      leadPost: {
        ...toLeadPost(post, regionCodes, facts),
        ...(proposals && { proposals }),
      },
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
    publishedFrom: post.publishedFrom,
    ...(post.publishedConfidence && { publishedConfidence: post.publishedConfidence }),
    fetchedAt,
    snapshots: [{ at: fetchedAt, interactions: post.interactions ?? 0 }],
    ...(post.hotListScope && { hotListScope: post.hotListScope }),
    ...(post.authorPseudonym && { authorPseudonym: post.authorPseudonym }),
    regionCodes: [...regionCodes],
    ...facts,
  };
}
