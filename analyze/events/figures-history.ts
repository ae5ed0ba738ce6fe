import type { LeadPost } from './lead.ts';
import type { ReportedFigures } from './opinion-event.ts';

const KINDS = [
  'dead',
  'injured',
  'seriouslyInjured',
  'missing',
  'poisoned',
  'evacuated',
  'lossYuan',
] as const;

/**
 * Every version of an event's figures with the record that first brought it, credible and other apart.
 *
 * A version corrects an earlier one when its text says so, or when a credible record tells of fewer dead than a
 * credible one before it; the earlier version stays.
 *
 * @param isCredible of the medium; a figure that the text itself gives as a claim is never credible
 */
export function figuresHistory(
  posts: readonly LeadPost[],
  isCredible: (post: LeadPost) => boolean,
): ReportedFigures[] {
  const told = posts
    .filter((post) => KINDS.some((kind) => post[kind] !== undefined))
    .sort((a, b) => a.fetchedAt.getTime() - b.fetchedAt.getTime());
  const versions = Map.groupBy(told, (post) =>
    [
      isCredible(post),
      isClaim(post),
      ...KINDS.map((kind) => post[kind]),
      ...(post.leastFigures ?? []),
    ].join(),
  );
  const history: ReportedFigures[] = [];
  for (const [post] of versions.values()) {
    if (!post) continue;
    const version = versionOf(post, isCredible(post) && !isClaim(post));
    const corrected = correctedBy(post, version, history);
    history.push(corrected ? { ...version, corrects: corrected.postId } : version);
  }
  return history;
}

/** The gravest figure of a text decides whether it is a claim or a statement. */
function isClaim(post: LeadPost): boolean {
  const gravest = KINDS.find((kind) => post[kind] !== undefined);
  return post.claimedFigures?.some((kind) => kind === gravest) ?? false;
}

function versionOf(post: LeadPost, isCredible: boolean): ReportedFigures {
  const figures = Object.fromEntries(
    KINDS.flatMap((kind) => (post[kind] === undefined ? [] : [[kind, post[kind]]])),
  );
  return {
    at: post.fetchedAt,
    ...figures,
    ...((post.leastFigures ?? []).length > 0 && { leastFigures: post.leastFigures }),
    isCredible,
    postId: post.postId,
    url: post.url,
    outlet: post.outlet,
    words: post.figureWords,
  };
}

function correctedBy(
  post: LeadPost,
  { isCredible, dead }: ReportedFigures,
  before: readonly ReportedFigures[],
): ReportedFigures | undefined {
  if (post.corrects !== undefined) return before.at(-1);
  if (!isCredible || dead === undefined) return undefined;
  const last = before.findLast((version) => version.isCredible && version.dead !== undefined);
  return last?.dead !== undefined && last.dead > dead ? last : undefined;
}
