import { z } from 'zod';
import { MediaTierSchema } from '#ingest';
import { ContentClassSchema } from '../grade/grading-pack.ts';

/** One post inside a lead: what grading needs to know of it, with its times. */
export const LeadPostSchema = z.object({
  postId: z.string(),
  sourceId: z.string(),
  url: z.string(),
  title: z.string(),
  outlet: z.string(),
  outletKind: z.enum(['institution', 'individual']),
  mediaTier: MediaTierSchema,
  publishedAt: z.coerce.date(),
  /** When this office's records held it; the moment that counts for the countdowns. */
  fetchedAt: z.coerce.date(),
  /** Reposts, comments and likes as they grew; a row only when they changed noticeably. */
  snapshots: z.array(z.object({ at: z.coerce.date(), interactions: z.int().min(0) })),
  hotListScope: z.enum(['local', 'national']).optional(),
  /** Individual authors, re-keyed under the event's own key on linking. */
  authorPseudonym: z.string().optional(),
  regionCodes: z.array(z.string()),
  contentClass: ContentClassSchema,
  contentWords: z.string(),
  untrue: z.enum(['none', 'suspected', 'verified', 'panic']),
  untrueWords: z.string(),
  dead: z.int().optional(),
  injured: z.int().optional(),
  missing: z.int().optional(),
  figureWords: z.string(),
  sensitiveWords: z.string(),
});
export type LeadPost = Readonly<z.infer<typeof LeadPostSchema>>;

/** 线索: near-identical posts that meet a watch. */
export const LeadSchema = z.object({
  id: z.string(),
  revision: z.int(),
  effects: z.array(z.never()),
  state: z.enum(['new', 'triaging', 'parked', 'linked', 'escalated', 'dismissed', 'merged']),
  eventId: z.string(),
  watchIds: z.array(z.string()),
  firstSeenAt: z.coerce.date(),
  title: z.string(),
  /** The heaviest terms with their weight, for finding the event it belongs to. */
  terms: z.array(z.tuple([z.string(), z.number()])),
  /** Names and codes of places in the original. */
  entities: z.array(z.string()),
  /** Figures and dates in the original's text: a new bulletin on an old template differs in these. */
  numbers: z.array(z.string()),
  /** Original first, then its copies in order of arrival. */
  posts: z.array(LeadPostSchema),
  fingerprints: z.array(z.int()),
});
export type Lead = Readonly<z.infer<typeof LeadSchema>>;

/** Interactions of a post as known at a moment. */
export function interactionsAt(post: LeadPost, at: Date): number {
  return post.snapshots.findLast((snapshot) => snapshot.at <= at)?.interactions ?? 0;
}
