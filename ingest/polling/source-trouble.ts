import { z } from 'zod';

/** Topic of troubles of sources, keyed by source: what alerting follows. */
export const SOURCE_TROUBLES_TOPIC = 'source-troubles';

/** A trouble of a source that began or ended: a person must look at it. */
export const SourceTroubleSchema = z.object({
  sourceId: z.string(),
  sourceName: z.string(),
  /**
   * noSuccess: two looks in a row failed; quiet: it answers and is quieter than its own habit explains;
   * blocked: it refuses us; outage: nobody can be reached; overBudget: posts may stay unseen for longer than
   * allowed; recovered: whatever it was, it is over.
   */
  kind: z.enum(['noSuccess', 'quiet', 'blocked', 'outage', 'overBudget', 'recovered']),
  /** In words, for the person who looks. */
  reason: z.string(),
  at: z.coerce.date(),
  isDrill: z.boolean(),
});
export type SourceTrouble = Readonly<z.infer<typeof SourceTroubleSchema>>;
