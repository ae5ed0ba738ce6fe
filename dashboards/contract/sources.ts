import { z } from 'zod';
import { Moment } from './common.ts';

/** 去向账 of one run: fetched = the sum of the seven others. */
export const FunnelView = z.object({
  fetched: z.int(),
  unparsable: z.int(),
  refused: z.int(),
  old: z.int(),
  duplicate: z.int(),
  outOfScope: z.int(),
  quarantined: z.int(),
  new: z.int(),
});
export type FunnelView = z.infer<typeof FunnelView>;

export const RunView = z.object({
  id: z.string(),
  startedAt: Moment,
  endedAt: Moment,
  /** ok, notModified, nothingNew, fetchFailed, nothingUnderstood, blocked: different facts. */
  outcome: z.string(),
  outcomeName: z.string(),
  /** What failed, in words; absent when nothing did. */
  problem: z.string().optional(),
  funnel: FunnelView,
});
export type RunView = z.infer<typeof RunView>;

export const SourceView = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.string(),
  kindName: z.string(),
  url: z.string(),
  outlet: z.string(),
  mediaTier: z.string(),
  inputPath: z.string(),
  /** Where its address was seen, and on what ground it may be read. */
  seenAt: z.string(),
  health: z.string(),
  healthName: z.string(),
  /** False until its first success: shown as 未验证. */
  isVerified: z.boolean(),
  lastOkAt: Moment.optional(),
  lastTryAt: Moment.optional(),
  nextTryAt: Moment.optional(),
  failuresInARow: z.int(),
  problem: z.string().optional(),
  pollEveryMs: z.int(),
  runs: z.array(RunView),
});
export type SourceView = z.infer<typeof SourceView>;

export const QuarantinedView = z.object({
  id: z.string(),
  sourceId: z.string(),
  sourceName: z.string(),
  url: z.string(),
  at: Moment,
  reason: z.string(),
  bytes: z.int(),
});
export type QuarantinedView = z.infer<typeof QuarantinedView>;
