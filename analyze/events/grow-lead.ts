import type { Post } from '#ingest';
import type { Lead, LeadPost } from './lead.ts';
import type { ReadPost } from '../read-post.ts';

/** A growth below this share is no new fact. */
const NOTICEABLE_GROWTH = 0.05;

/**
 * A lead of one post; its event is not yet decided.
 *
 * @param updateOf the lead that it is a new bulletin of
 */
export function openLead(found: ReadPost, updateOf?: string): Lead {
  const { post, watchIds, terms, entities, probe, leadPost } = found;
  return {
    id: post.id,
    revision: 0,
    effects: [],
    state: 'linked',
    eventId: '',
    watchIds: [...watchIds],
    firstSeenAt: post.fetchedAt,
    title: post.title,
    terms: [...terms],
    entities: [...entities],
    ...probe,
    numbers: [...probe.numbers],
    ...(updateOf !== undefined && { updateOf }),
    posts: [leadPost],
    fingerprints: [...probe.fingerprints],
  };
}

/** The lead with one more post in it, whose author is known by the event's own pseudonym only. */
export function addPost(
  lead: Lead,
  found: ReadPost,
  rekey: (eventId: string, pseudonym: string) => string,
  copyRelation?: NonNullable<LeadPost['copyRelation']>,
): Lead {
  const { authorPseudonym, ...post } = found.leadPost;
  const rekeyed = authorPseudonym && { authorPseudonym: rekey(lead.eventId, authorPseudonym) };
  return {
    ...lead,
    watchIds: [...new Set([...lead.watchIds, ...found.watchIds])],
    posts: [...lead.posts, { ...post, ...rekeyed, ...(copyRelation && { copyRelation }) }],
  };
}

/** The lead with newer figures of a post it holds; the same lead when they hardly changed. */
export function growPost(lead: Lead, post: Post): Lead {
  const held = lead.posts.find(({ postId }) => postId === post.id);
  const before = held?.snapshots.at(-1);
  const interactions = post.interactions ?? 0;
  if (!held || !before || post.fetchedAt <= before.at) return lead;
  if (Math.abs(interactions - before.interactions) <= before.interactions * NOTICEABLE_GROWTH) {
    return lead;
  }
  const grown: LeadPost = {
    ...held,
    snapshots: [...held.snapshots, { at: post.fetchedAt, interactions }],
    ...(post.hotListScope && { hotListScope: post.hotListScope }),
  };
  return {
    ...lead,
    posts: lead.posts.map((one) => (one.postId === post.id ? grown : one)),
  };
}
