import { digestOf, idOf } from '#core';
import { claimedDate } from './dates/claimed-date.ts';
import type { FunnelColumn } from './funnel.ts';
import { mask } from './text/mask.ts';
import type { Post } from './post.ts';
import { publishedMoment } from './dates/published-moment.ts';
import type { WrittenMoment } from './dates/read-date.ts';
import type { ReadItem } from './read-item.ts';
import { hasSecrecyMark } from './text/secrecy-mark.ts';
import { outletOf, type Source } from './source.ts';
import type { SeenItem } from './source-state.ts';

/** Gives an individual author's name under the intake key of the month; the name itself is dropped. */
export type Pseudonym = (sourceId: string, author: string) => string;

export interface Intake {
  readonly source: Source;
  readonly fetchedAt: Date;
  readonly rawItemId: string;
  readonly isDrill: boolean;
  readonly pseudonym: Pseudonym;
}

/** Where an item goes, and the post it becomes, if any. `seen` is what to remember of it. */
export interface Judged {
  readonly column: FunnelColumn;
  readonly post?: Post;
  readonly seen?: SeenItem;
  /** Where the bytes of a quarantined item lie. */
  readonly quarantinedId?: string;
}

/** Text of an item, by which it is known again when it changes. */
export const contentDigest = ({ title, text }: ReadItem): string => digestOf(`${title}\n${text}`);

/** Decides in which column of the funnel an item ends. Pure; the order is the funnel's. */
export function judgeItem(item: ReadItem, known: SeenItem | undefined, intake: Intake): Judged {
  const { source, fetchedAt } = intake;
  const digest = contentDigest(item);
  const seen = { key: item.key, contentDigest: digest, interactions: item.interactions ?? 0 };
  if (item.title === '' && item.text === '') return { column: 'unparsable' };
  // Nothing of a marked text is kept but its digest.
  if (hasSecrecyMark(`${item.title}\n${item.text}`)) return { column: 'refused', seen };
  const published = publishedMoment(item, fetchedAt);
  const claimedAt = claimedDate(item.text, fetchedAt);
  const oldest = fetchedAt.getTime() - source.maxAgeMs;
  const isOld = [published?.at, claimedAt].some((at) => at !== undefined && at.getTime() < oldest);
  if (isOld) return { column: 'old', seen };
  const isKnown = known?.contentDigest === digest;
  if (isKnown && known.interactions === seen.interactions) return { column: 'duplicate' };
  const post = toPost(item, digest, published, claimedAt, intake);
  const { reader } = source;
  const keepsPost = reader.kind === 'listPage' && reader.interactionSelectors.length > 0;
  return {
    column: isKnown ? 'duplicate' : 'new',
    post,
    seen: keepsPost ? { ...seen, post } : seen,
  };
}

/**
 * A row of a list whose article was read before: only its figures can be new.
 * The post is given again under its id, with the figures as they are now.
 */
export function judgeKnownRow(item: ReadItem, known: SeenItem, fetchedAt: Date): Judged {
  const interactions = item.interactions ?? known.interactions;
  if (!known.post || interactions === known.interactions) return { column: 'duplicate' };
  const post = { ...known.post, interactions, fetchedAt };
  return { column: 'duplicate', post, seen: { ...known, interactions, post } };
}

function toPost(
  item: ReadItem,
  digest: string,
  published: WrittenMoment | undefined,
  claimedAt: Date | undefined,
  { source, fetchedAt, rawItemId, isDrill, pseudonym }: Intake,
): Post {
  const outlet = item.outlet ?? (source.outletKind === 'institution' ? outletOf(source) : null);
  const isInstitution = outlet !== null;
  const hotListScope = source.reader.kind === 'jsonList' ? source.reader.hotListScope : undefined;
  return {
    id: idOf(source.id, item.key, digest),
    rawItemId,
    sourceId: source.id,
    url: item.url,
    title: mask(item.title),
    text: mask(item.text),
    contentDigest: digest,
    outlet,
    outletKind: isInstitution ? 'institution' : 'individual',
    mediaTier: item.mediaTier ?? source.mediaTier,
    ...(!isInstitution && item.author && { authorPseudonym: pseudonym(source.id, item.author) }),
    ...(source.regionCode && { regionCode: source.regionCode }),
    publishedAt: published?.at ?? fetchedAt,
    publishedFrom: published ? item.publishedFrom : 'fetch',
    ...(published && { publishedConfidence: published.confidence }),
    ...(claimedAt && { claimedAt }),
    fetchedAt,
    ...(item.interactions !== undefined && { interactions: item.interactions }),
    ...(item.hotRank !== undefined && { hotRank: item.hotRank }),
    ...(hotListScope && { hotListScope }),
    isDrill,
  };
}
