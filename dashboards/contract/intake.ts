import { z } from 'zod';
import { Moment } from './common.ts';
import { FunnelView } from './sources.ts';

/** What became of what came in: the columns add up. */
export const IntakeResult = z.object({ runId: z.string(), funnel: FunnelView });
export type IntakeResult = z.infer<typeof IntakeResult>;

/** POST /api/v1/sources/:sourceId/import?dryRun=true: what a file holds, and, unless dry, what became of it. */
export const ImportQuery = z.object({
  dryRun: z
    .enum(['true', 'false'])
    .default('false')
    .transform((text) => text === 'true'),
});
export const ImportResult = z.object({
  rows: z.int(),
  /** Rows without text. */
  unparsable: z.int(),
  headers: z.array(z.string()),
  /** The first few, as they would be taken. */
  shown: z.array(z.object({ key: z.string(), title: z.string(), published: z.string() })),
  /** Absent in a dry run. */
  funnel: FunnelView.optional(),
});
export type ImportResult = z.infer<typeof ImportResult>;

/** POST /api/v1/posts: what a person heard by telephone, at the counter, from a higher body. */
export const ManualPostBody = z.strictObject({
  title: z.string().trim().min(2, '请写标题').max(200),
  text: z.string().trim().min(2, '请写内容').max(20_000),
  url: z.union([z.literal(''), z.url({ protocol: /^https?$/ })]).default(''),
  /** When it was said or published, if known; never after the entry. */
  publishedAt: Moment.optional(),
});
export type ManualPostBody = z.infer<typeof ManualPostBody>;
