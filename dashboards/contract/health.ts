import { z } from 'zod';

/** GET /readyz; 503 when a part fails. */
export const ReadinessView = z.object({
  isReady: z.boolean(),
  /** Names of the parts that fail. */
  failing: z.array(z.string()),
  parts: z.array(z.object({ name: z.string(), isOk: z.boolean(), detail: z.string() })),
});
export type ReadinessView = z.infer<typeof ReadinessView>;
