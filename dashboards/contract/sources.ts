import { z } from 'zod';
import { Moment } from './common.ts';

const COLUMNS = {
  unparsable: z.int(),
  refused: z.int(),
  old: z.int(),
  duplicate: z.int(),
  outOfScope: z.int(),
  quarantined: z.int(),
  new: z.int(),
};
/** 去向账 of one run: fetched = the sum of the seven others. */
export const FunnelView = z.object({ fetched: z.int(), ...COLUMNS });
export type FunnelView = z.infer<typeof FunnelView>;

/** Different facts: fetched and understood nothing is no silence, blocked is no failure of the line. */
export const OutcomeView = z.enum([
  'ok',
  'nothingNew',
  'notModified',
  'fetchFailed',
  'blocked',
  'nothingUnderstood',
]);
export type OutcomeView = z.infer<typeof OutcomeView>;

export const RunView = z.object({
  id: z.string(),
  startedAt: Moment,
  endedAt: Moment,
  outcome: OutcomeView,
  /** What failed, in words; absent when nothing did. */
  problem: z.string().optional(),
  funnel: FunnelView,
  /** When its funnel was set right, because something quarantined was understood after all. */
  reparsedAt: Moment.optional(),
});
export type RunView = z.infer<typeof RunView>;

/** One look at a source, as far as a bar of its heartbeat goes. */
export const BeatView = z.object({ at: Moment, outcome: OutcomeView, new: z.int() });
export type BeatView = z.infer<typeof BeatView>;

export const SourceView = z.object({
  id: z.string(),
  name: z.string(),
  kind: z.string(),
  kindName: z.string(),
  /** Whether we go and read it; the others come to us: imported, pushed, typed in. */
  isPolled: z.boolean(),
  /** feed, listPage, jsonList; table, push and manual come to us. */
  readerKind: z.string(),
  /** Empty where nothing is read at an address. */
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
  /** Set by the operator: where the interval began. */
  pollEveryMs: z.int(),
  /** In force, by the source's own rhythm. */
  intervalMs: z.int(),
  /** 最长发现时间 as it is now; absent for a source that was never read, is stopped, or is not polled. */
  worstDiscoveryMs: z.int().optional(),
  discoveryBudgetMs: z.int(),
  isOverBudget: z.boolean(),
  /** The last look at which all items were new: some may have come and gone before it. */
  possibleGapAt: Moment.optional(),
  /** When it last brought something new. */
  lastNewAt: Moment.optional(),
  /** 证书例外: weaknesses of its encryption that somebody answers for, in words. */
  tlsWaiver: z
    .object({
      weaknesses: z.array(z.string()),
      reason: z.string(),
      by: z.string(),
      /** The last day, `yyyy-MM-dd`; absent when none is set. */
      until: z.string().optional(),
      isOver: z.boolean(),
    })
    .optional(),
  /** Who stopped it from being read, and why. */
  paused: z.object({ by: z.string(), at: Moment, reason: z.string() }).optional(),
  /** The newest runs, newest first. */
  runs: z.array(RunView),
  /** More looks than runs, oldest first. */
  heartbeat: z.array(BeatView),
  /** What went wrong in those looks, each thing once, by the last time it did. */
  problems: z.array(z.object({ at: Moment, text: z.string(), times: z.int() })),
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

/** 最长发现时间 of a watch: over the sources it listens to. */
export const WatchDiscoveryView = z.object({
  watchId: z.string(),
  name: z.string(),
  /** How many sources it listens to. */
  sources: z.int(),
  listensToAll: z.boolean(),
  /** Absent while none of them was read. */
  worst: z.object({ sourceId: z.string(), sourceName: z.string(), ms: z.int() }).optional(),
  budgetMs: z.int(),
  isOverBudget: z.boolean(),
});
export type WatchDiscoveryView = z.infer<typeof WatchDiscoveryView>;

/** GET /api/v1/sources/summary: what is true of all sources together. */
export const SourcesSummaryView = z.object({
  /** The internet is out since then: one fact instead of a failure of each source. */
  outageSince: Moment.optional(),
  /** The longest 最长发现时间 among the sources that are read, and whose it is. */
  worstDiscovery: z
    .object({ sourceId: z.string(), sourceName: z.string(), ms: z.int() })
    .optional(),
  /** How many sources are over their own budget. */
  overBudget: z.int(),
  watches: z.array(WatchDiscoveryView),
  /** Whether the one who asks may stop, resume, read now and preview. */
  mayKeep: z.boolean(),
  /** Who may, in words: 监测员、舆情工作负责人或系统管理员. */
  keepers: z.string(),
});
export type SourcesSummaryView = z.infer<typeof SourcesSummaryView>;

/** POST /api/v1/sources/:sourceId/pause */
export const PauseSourceBody = z.object({
  reason: z.string().trim().min(1, '请写明停用的原因').max(200),
});
export type PauseSourceBody = z.infer<typeof PauseSourceBody>;

export const PreviewItemView = z.object({
  title: z.string(),
  /** Absent when the source gives no web address. */
  url: z.string().optional(),
  /** Head of the text. */
  text: z.string(),
  /** The date as the source writes it. */
  published: z.string(),
  /** As it was understood; absent when it was not. */
  publishedAt: Moment.optional(),
  /** Where it would end in the 去向账, were it seen for the first time. */
  column: z.enum(Object.keys(COLUMNS) as (keyof typeof COLUMNS)[]),
  /** Why its own page could not be read. */
  problem: z.string().optional(),
});
export type PreviewItemView = z.infer<typeof PreviewItemView>;

/** POST /api/v1/sources/:sourceId/preview: what a look would take now; nothing of it is stored. */
export const PreviewView = z.object({
  /** Why nothing was taken, in words. */
  problem: z.string().optional(),
  encoding: z.string().optional(),
  items: z.array(PreviewItemView),
  /** Rows in which no title or link was found. */
  unparsable: z.int(),
});
export type PreviewView = z.infer<typeof PreviewView>;

/** POST /api/v1/quarantine/:rawItemId/text: kept bytes as text, personal data masked; never to be shown as markup. */
export const QuarantinedTextView = z.object({
  text: z.string(),
  encoding: z.string(),
  /** Only the head is shown. */
  isCut: z.boolean(),
});
export type QuarantinedTextView = z.infer<typeof QuarantinedTextView>;

/** POST /api/v1/sources/:sourceId/reparse: all of its quarantined items, or one. */
export const ReparseBody = z.strictObject({
  rawItemId: z.string().min(1).optional(),
  /** Shows what would come out and stores nothing. */
  isTrial: z.boolean(),
});
export type ReparseBody = z.infer<typeof ReparseBody>;

/** What one quarantined item gives when it is read again. */
export const ReparsedView = z.object({
  id: z.string(),
  /** Why it stays in quarantine, in words; absent when it was understood. */
  problem: z.string().optional(),
  /** Where everything in it ends. */
  funnel: FunnelView,
  /** Rows whose own pages the next look reads and counts. */
  waiting: z.int(),
  /** The first few. */
  items: z.array(PreviewItemView),
});
export type ReparsedView = z.infer<typeof ReparsedView>;
