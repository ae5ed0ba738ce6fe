import { z } from 'zod';
import { RoleSchema } from '#core';

const Ms = z.int().positive();
const Ratio = z.number().min(0).max(1);

const PackSchema = z.strictObject({
  name: z.string(),
  version: z.string(),
  failures: z.strictObject({
    /** As many failures in a row make a source silent; the second comes within two of its intervals. */
    silentAfter: z.int().min(1),
    longestBackOffMs: Ms,
    /** So many of the newest articles tell of a list. */
    newestArticles: z.int().min(1),
  }),
  articles: z.strictObject({
    /** Article pages read in one look; rows beyond it stay unseen and come with the next. */
    mostALook: z.int().min(1),
    /** Rows that failed before and fail again in one look. */
    mostFailedAgain: z.int().min(1),
  }),
  /** So many items, all of them new, leave open what came before them. */
  gap: z.strictObject({ leastItems: z.int().min(1) }),
  interval: z.strictObject({
    /** Share of the median gap between two items at which a source is looked at. */
    shareOfGap: Ratio,
    leastItems: z.int().min(2),
    /** Share of new items from which on it is looked at sooner. */
    busyRatio: Ratio,
    fasterFactor: z.number().positive().max(1),
    slowerFactor: z.number().min(1),
  }),
  silence: z.strictObject({
    /** How far back a source's own habit is learned from. */
    baselineMs: Ms,
    leastBaselineMs: Ms,
    /** Chance below which a quiet stretch is no accident. */
    unlikelyChance: Ratio,
    /** How often a source that brings nothing is asked whether that is its habit. */
    askEveryMs: Ms,
  }),
  outage: z.strictObject({
    /** So many names that none of them can be resolved are our own line's fault. */
    leastUnresolvedDomains: z.int().min(2),
    /** So many sites that were well and cannot be reached, one after another. */
    leastDomains: z.int().min(2),
    /** And at least so much of all sites that are read, 0 to 1. */
    leastShareOfDomains: z.number().min(0).max(1),
    recentMs: Ms,
  }),
  memory: z.strictObject({
    /** Since a source showed an item last. */
    itemsMs: Ms,
    /** Looks and hours; longer than a source's habit is learned from. */
    runsMs: Ms,
  }),
  keepers: z.array(RoleSchema).min(1),
});

/** 读取节奏: how often sources are looked at, and when they are not well; config/packs/rhythm.yaml says why. */
export const RhythmPackSchema = PackSchema.refine(
  ({ memory, silence }) => memory.runsMs > silence.baselineMs,
  { path: ['memory', 'runsMs'], error: '要比学习规律的时间（silence.baselineMs）长' },
);
export type RhythmPack = Readonly<z.infer<typeof RhythmPackSchema>>;
