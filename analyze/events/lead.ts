import { z } from 'zod';
import { MediaTierSchema, PostSchema } from '#ingest';
import { IncidentTypeSchema, SET_ASIDE_REASONS } from '../facts/facts-pack.ts';
import { FIGURE_KINDS } from '../facts/tally-figures.ts';
import { ContentClassSchema } from '../grade/grading-pack.ts';
import { PostProposalsSchema } from '../proposals/proposal.ts';

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
  /** What the time of publication rests on, as in the post; absent in posts linked by an older version. */
  publishedFrom: z.enum(['feed', 'page', 'fetch']).optional(),
  publishedConfidence: PostSchema.shape.publishedConfidence,
  /** How it stands to the lead's original; absent for the original. */
  copyRelation: z.enum(['copy', 'excerpt', 'compilation']).optional(),
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
  seriouslyInjured: z.int().optional(),
  lightlyInjured: z.int().optional(),
  poisoned: z.int().optional(),
  evacuated: z.int().optional(),
  affected: z.int().optional(),
  lossYuan: z.number().optional(),
  figureWords: z.string(),
  /** Kinds of figures that are the least only. */
  leastFigures: z.array(z.enum(FIGURE_KINDS)).readonly().optional(),
  /** Kinds of figures that the text itself gives as unchecked. */
  claimedFigures: z.array(z.enum(FIGURE_KINDS)).readonly().optional(),
  /** Words by which a figure takes the place of an earlier one. */
  corrects: z.string().optional(),
  incidentType: IncidentTypeSchema.optional(),
  incidentWords: z.string().optional(),
  magnitude: z.number().optional(),
  intakeCut: z.enum(['county', 'prefecture']).optional(),
  occurredAt: z.coerce.date().optional(),
  occurredWords: z.string().optional(),
  /** Units the text names. */
  units: z.array(z.string()).readonly().optional(),
  /** Words that were read and do not count, with the reason. */
  setAside: z
    .array(z.object({ words: z.string(), reason: z.enum(SET_ASIDE_REASONS) }))
    .readonly()
    .optional(),
  sensitiveWords: z.string(),
  /** Absent in leads of older releases. */
  proposals: PostProposalsSchema.optional(),
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
  /** Figures, dates and places in the original's text: a new bulletin on an old template differs in these. */
  numbers: z.array(z.string()),
  /** Hash of the original's letters and digits; absent in leads of an older version, whose `numbers` are bare figures. */
  textHash: z.int().optional(),
  /** Hash of the original's canonical address. */
  urlHash: z.int().optional(),
  /** Letters and digits of an original too short for fingerprints. */
  shortText: z.string().optional(),
  /** The lead it is a new bulletin of, on the same template. */
  updateOf: z.string().optional(),
  /** Original first, then its copies in order of arrival. */
  posts: z.array(LeadPostSchema),
  fingerprints: z.array(z.int()),
});
export type Lead = Readonly<z.infer<typeof LeadSchema>>;

/** Interactions of a post as known at a moment. */
export function interactionsAt(post: LeadPost, at: Date): number {
  return post.snapshots.findLast((snapshot) => snapshot.at <= at)?.interactions ?? 0;
}
