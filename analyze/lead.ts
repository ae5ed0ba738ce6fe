import { z } from 'zod';
import { MediaTierSchema } from '#ingest';

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
  interactions: z.int().min(0),
  hotListScope: z.enum(['local', 'national']).optional(),
  /** Individual authors, re-keyed under the event's own key on linking. */
  authorPseudonym: z.string().optional(),
  regionCodes: z.array(z.string()),
  contentClass: z.string(),
  contentWords: z.string(),
  untrue: z.enum(['none', 'suspected', 'verified', 'panic']),
  untrueWords: z.string(),
  dead: z.int().optional(),
  injured: z.int().optional(),
  missing: z.int().optional(),
  figureWords: z.string(),
  sensitiveWords: z.string(),
  isOfficial: z.boolean(),
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
  /** Original first, then its copies in order of arrival. */
  posts: z.array(LeadPostSchema),
  fingerprints: z.array(z.int()),
});
export type Lead = Readonly<z.infer<typeof LeadSchema>>;
