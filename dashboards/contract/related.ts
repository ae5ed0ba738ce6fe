import { z } from 'zod';
import { Moment } from './common.ts';
import { EventRow } from './events.ts';

/** GET /api/v1/events/:eventId/related: an earlier event like this one. */
export const RelatedEventView = EventRow.pick({
  id: true,
  title: true,
  grade: true,
  stateName: true,
  firstPublicAt: true,
}).extend({
  similarity: z.number(),
  /** The words that both have. */
  words: z.array(z.string()),
  /** Sentences in its published releases in which something was promised. */
  promises: z.array(
    z.object({ sentence: z.string(), release: z.string(), publishedAt: Moment.optional() }),
  ),
});
export type RelatedEventView = z.infer<typeof RelatedEventView>;
