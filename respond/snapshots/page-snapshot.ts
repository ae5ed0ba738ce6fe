import { z } from 'zod';
import { NotedSchema } from '../noted.ts';

/** How a page differs from the approved text, sentence by sentence. */
const PageComparisonSchema = z.object({
  /** Sentences of the approved text that were looked for. */
  looked: z.int(),
  /** Approved sentences that are not on the page. */
  missing: z.array(z.string()),
  /** Approved sentences that stand there in other words. */
  differing: z.array(z.object({ approved: z.string(), onPage: z.string() })),
  /** The page's title where it is another. */
  otherTitle: z.string().optional(),
});
export type PageComparison = Readonly<z.infer<typeof PageComparisonSchema>>;

/** What a later look found otherwise; both empty where only the order of sentences is another. */
const PageChangeSchema = z.object({ removed: z.array(z.string()), added: z.array(z.string()) });
export type PageChange = Readonly<z.infer<typeof PageChangeSchema>>;

/** The page as it was read once, and for how long it read so. */
const PageVersionSchema = z.object({
  at: z.coerce.date(),
  /** The last look that found the same text. */
  lastSeenAt: z.coerce.date(),
  finalUrl: z.string(),
  contentType: z.string(),
  /** Under it lie the bytes. */
  htmlDigest: z.string(),
  textDigest: z.string(),
  title: z.string(),
  /** Of the article alone. */
  text: z.string(),
  comparison: PageComparisonSchema,
  /** Against the version before; absent in the first. */
  change: PageChangeSchema.optional(),
});
export type PageVersion = Readonly<z.infer<typeof PageVersionSchema>>;

/** 页面快照: what the public reads at the address of one register entry, whose id it bears. */
export const PageSnapshotSchema = NotedSchema.extend({
  releaseId: z.string(),
  link: z.string(),
  approvedTitle: z.string(),
  approvedText: z.string(),
  /** `unreachable`: several looks in a row brought nothing; the entry stands all the same. */
  state: z.enum(['awaited', 'kept', 'unreachable']),
  /** Looks in a row that brought nothing. */
  failures: z.int(),
  lookedAt: z.coerce.date().optional(),
  /** The next look; absent once no more are made. */
  dueAt: z.coerce.date().optional(),
  /** Why no more looks are made, where it is not that their time is over. */
  endedBecause: z.string().optional(),
  /** Of the last look, where it brought nothing. */
  problem: z
    .object({
      at: z.coerce.date(),
      message: z.string(),
      /** The page came, but its article was not understood: its bytes are kept. */
      htmlDigest: z.string().optional(),
    })
    .optional(),
  /** Oldest first. */
  versions: z.array(PageVersionSchema),
});
export type PageSnapshot = Readonly<z.infer<typeof PageSnapshotSchema>>;
