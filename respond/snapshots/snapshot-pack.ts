import { z } from 'zod';
import { RoleSchema } from '#core';
import { ChannelKindSchema } from '#alert';

const Gap = z.int().min(1_000);

/** 页面快照规则包: when published pages are looked at, and who hears of what was found. */
export const SnapshotPackSchema = z.strictObject({
  name: z.string(),
  version: z.string(),
  /** Least time between two requests to one domain, ms. */
  requestGapMs: z.int().min(0),
  /** How often a page is looked at until it is so old, counted from its entry; none after the last, ms. */
  looks: z.array(z.strictObject({ untilMs: Gap, everyMs: Gap })).min(1),
  /** After a look that brought nothing, the second in a row, and so on, ms; after the last as `looks` says. */
  retryAfterMs: z.array(Gap).min(1),
  /** However long a site asks to be left alone, a look is made after this, ms. */
  mostRetryAfterMs: Gap,
  /** Looks in a row that bring nothing, after which a page counts as unreachable. */
  unreachableAfter: z.int().min(1),
  /** Share of character pairs from which two sentences are the same one in other words, 0 to 1. */
  leastLikeness: z.number().positive().max(1),
  /** A longer article is no release. */
  mostCharacters: z.int().min(1_000),
  /** Words before a number that counts readers: its growing is no change of the text. */
  counterWords: z.array(z.string().min(1)),
  /** May have a page looked at at once, and how soon again, ms. */
  lookers: z.array(RoleSchema).min(1),
  askedGapMs: Gap,
  /** Told when a page differs from what was approved, changes later, or cannot be reached. */
  tell: z.array(RoleSchema).min(1),
  /** Told instead while nobody of those can be reached. */
  whenNobody: z.array(RoleSchema).min(1),
  channels: z.array(ChannelKindSchema).min(1),
});
export type SnapshotPack = Readonly<z.infer<typeof SnapshotPackSchema>>;
