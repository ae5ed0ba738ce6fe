import { z } from 'zod';
import { ActorSchema, EffectSchema } from '#core';
import { FunnelSchema } from './funnel.ts';
import type { Post } from './post.ts';
import { TlsWaiverSchema } from './tls-waiver.ts';

/** Why nothing was fetched; each class means another thing to do. */
export const FetchProblemSchema = z.enum([
  'timeout',
  'tooLarge',
  'dns',
  'connect',
  'tls',
  'blocked',
  'robots',
  'status',
  'address',
  'encoding',
]);
export type FetchProblem = z.infer<typeof FetchProblemSchema>;

export const HealthSchema = z.enum(['ok', 'late', 'silent', 'blocked', 'disabled']);

/** What is known of a source's well-being; one document per source. */
export const SourceStateSchema = z.object({
  id: z.string(),
  revision: z.int(),
  effects: z.array(EffectSchema),
  health: HealthSchema,
  /** False until its first success: its address is 未验证. */
  isVerified: z.boolean(),
  lastOkAt: z.coerce.date().optional(),
  lastTryAt: z.coerce.date().optional(),
  nextTryAt: z.coerce.date(),
  failuresInARow: z.int().min(0),
  /** What is wrong, in words; absent when nothing is. */
  problem: z.string().optional(),
  etag: z.string().optional(),
  lastModified: z.string().optional(),
  /** The interval in force, from the source's own rhythm; absent before its first success. */
  intervalMs: z.int().positive().optional(),
  /** Publication moments of its newest items, at most 20. */
  newestAt: z.array(z.coerce.date()).default([]),
  /** When it last brought something new. */
  lastNewAt: z.coerce.date().optional(),
  /** What stopped the last look on the way; absent when it got an answer that could be read. */
  lastProblem: FetchProblemSchema.optional(),
  /** The last look at which all items were new: between it and the one before some may be missing. */
  possibleGapAt: z.coerce.date().optional(),
  /** The waiver under which it was last read, as it stands in the operation record. */
  tlsWaiver: TlsWaiverSchema.optional(),
  /** The site asked to be left alone until then: nobody reads it before, whoever asks. */
  restUntil: z.coerce.date().optional(),
  /** Who stopped it from being read, and why. */
  paused: z.object({ by: ActorSchema, at: z.coerce.date(), reason: z.string() }).optional(),
});
export type SourceState = Readonly<z.infer<typeof SourceStateSchema>>;

/** Different facts, kept apart: nothing new, could not fetch, fetched and understood nothing, blocked. */
export const RunOutcomeSchema = z.enum([
  'ok',
  'notModified',
  'nothingNew',
  'fetchFailed',
  'nothingUnderstood',
  'blocked',
]);
export type RunOutcome = z.infer<typeof RunOutcomeSchema>;

/** One poll of one source, with its funnel. */
export const RunSchema = z.object({
  id: z.string(),
  sourceId: z.string(),
  startedAt: z.coerce.date(),
  endedAt: z.coerce.date(),
  outcome: RunOutcomeSchema,
  problem: z.string().optional(),
  funnel: FunnelSchema,
  /** All items were new, though the source was read before: the feed may have rolled over in between. */
  isGapPossible: z.boolean().default(false),
  /** Raw items counted as quarantined; absent when there were none, and in runs of earlier releases. */
  quarantinedIds: z.array(z.string()).optional(),
  /** When its funnel was last set right, because a quarantined item was understood after all. */
  reparsedAt: z.coerce.date().optional(),
});
export type Run = Readonly<z.infer<typeof RunSchema>>;

/** What is remembered of an item, so that it is seen once. */
export interface SeenItem {
  readonly key: string;
  readonly contentDigest: string;
  readonly interactions: number;
  /** The post it became, kept where its figures grow on a list whose article is not read again. */
  readonly post?: Post;
}

/** Bytes as they were received, kept encrypted for their time. */
export const StoredRawItemSchema = z.object({
  id: z.string(),
  sourceId: z.string(),
  url: z.string(),
  at: z.coerce.date(),
  bytes: z.int(),
  /** Why it stands in quarantine; absent when it was understood. */
  reason: z.string().optional(),
  /** As the server called it; absent for older rows and what came to us by itself. */
  contentType: z.string().optional(),
  /** Where it came from after redirects and frames; absent for the same. */
  finalUrl: z.string().optional(),
});
export type StoredRawItem = Readonly<z.infer<typeof StoredRawItemSchema>>;

/** An item that could not be understood or was too much: kept encrypted, shown as a row, never as content. */
export const QuarantinedSchema = StoredRawItemSchema.required({ reason: true });
export type Quarantined = Readonly<z.infer<typeof QuarantinedSchema>>;
