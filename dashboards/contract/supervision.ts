import { z } from 'zod';
import { Moment } from './common.ts';

const Words = z.string().trim().min(1).max(2_000);
const SupervisionLevelView = z.enum(['notice', 'urge', 'formal', 'bulletinProposal']);

/** POST /api/v1/events/:eventId/supervisions: a person puts a matter under supervision. */
export const OpenSupervisionBody = z.object({
  unit: z.string().trim().min(1).max(100),
  reason: Words,
  /** A handling order that it is about, where it is one. */
  orderId: z.string().max(100).optional(),
});
export type OpenSupervisionBody = z.input<typeof OpenSupervisionBody>;

/** POST /api/v1/supervisions/:supervisionId/steps */
export const SupervisionStepBody = z.discriminatedUnion('step', [
  z.object({ step: z.literal('urge'), level: SupervisionLevelView, text: Words }),
  z.object({ step: z.literal('reply'), cause: Words, measures: Words }),
  z.object({ step: z.literal('verify') }),
  z.object({ step: z.literal('close') }),
]);
export type SupervisionStepBody = z.input<typeof SupervisionStepBody>;

export const SupervisionParams = z.object({ supervisionId: z.string().min(1).max(100) });

const ByWhom = { at: Moment, by: z.string() };

export const SupervisionView = z.object({
  id: z.string(),
  eventId: z.string().optional(),
  isDrill: z.boolean(),
  title: z.string(),
  trigger: z.enum(['graveEvent', 'breach', 'person']),
  reason: z.string(),
  /** Empty while nobody knows whose matter it is. */
  unit: z.string(),
  opened: z.object(ByWhom),
  level: SupervisionLevelView,
  levelName: z.string(),
  nextUrgeAt: Moment.optional(),
  state: z.string(),
  stateName: z.string(),
  urges: z.array(
    z.object({ ...ByWhom, levelName: z.string(), text: z.string(), told: z.array(z.string()) }),
  ),
  reply: z
    .object({ ...ByWhom, unit: z.string(), cause: z.string(), measures: z.string() })
    .optional(),
  verified: z.object(ByWhom).optional(),
  /** Steps that the person who asks may take now. */
  may: z.array(z.string()),
});
export type SupervisionView = z.infer<typeof SupervisionView>;
