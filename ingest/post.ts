import { z } from 'zod';

/** Topic of normalised posts, keyed by source. */
export const POSTS_TOPIC = 'posts';

export const MEDIA_TIERS = ['M0', 'M1', 'M2', 'M3', 'M4', 'M5', 'M6', 'M7'] as const;
export const MediaTierSchema = z.enum(MEDIA_TIERS);
/** 媒体层级: rank of a medium, see docs/glossary.md. */
export type MediaTier = z.infer<typeof MediaTierSchema>;

/** 信息: one normalised public text. What other folders know of what came in. */
export const PostSchema = z.object({
  /** Digest of source, item key and text: a changed text is a new post, changed figures are not. */
  id: z.string(),
  rawItemId: z.string(),
  sourceId: z.string(),
  url: z.string(),
  title: z.string(),
  /** Plain text, personal data masked; never markup. */
  text: z.string(),
  contentDigest: z.string(),
  /** The institution or account that carries it; null for individuals, whose names are dropped at the door. */
  outlet: z.string().nullable(),
  outletKind: z.enum(['institution', 'individual']),
  mediaTier: MediaTierSchema,
  /** Digest under the intake key; only for individuals. */
  authorPseudonym: z.string().optional(),
  /** Where the source speaks for, when it speaks for one place. */
  regionCode: z.string().optional(),
  publishedAt: z.coerce.date(),
  publishedFrom: z.enum(['feed', 'page', 'fetch']),
  /** How much the written date proves; absent when there was none. */
  publishedConfidence: z.enum(['exact', 'minute', 'day', 'relative', 'inferred']).optional(),
  /** A date that the text itself names as its own, when it differs. */
  claimedAt: z.coerce.date().optional(),
  fetchedAt: z.coerce.date(),
  /** Reposts, comments and likes together, as counted at `fetchedAt`. */
  interactions: z.int().min(0).optional(),
  /** Place on a hot list, 1 is the top. */
  hotRank: z.int().min(1).optional(),
  hotListScope: z.enum(['local', 'national']).optional(),
  isDrill: z.boolean().default(false),
});
export type Post = Readonly<z.infer<typeof PostSchema>>;
