import { z } from 'zod';
import { ActorSchema, EffectSchema } from '#core';

/** 督办的梯次, gentlest first: 提醒, 催办, 督办, 通报批评或约谈的建议. */
export const SUPERVISION_LEVELS = ['notice', 'urge', 'formal', 'bulletinProposal'] as const;
export const SupervisionLevelSchema = z.enum(SUPERVISION_LEVELS);
export type SupervisionLevel = z.infer<typeof SupervisionLevelSchema>;

export const SUPERVISION_STATES = ['open', 'urged', 'replied', 'verified', 'closed'] as const;
const SupervisionStateSchema = z.enum(SUPERVISION_STATES);
export type SupervisionState = z.infer<typeof SupervisionStateSchema>;

const By = { at: z.coerce.date(), by: ActorSchema };

/** 督办单: somebody must answer for a matter until it is put right. */
export const SupervisionOrderSchema = z.object({
  /** Digest of what it is about and of what opened it: opening it twice is harmless. */
  id: z.string(),
  revision: z.int(),
  effects: z.array(EffectSchema),
  eventId: z.string().optional(),
  isDrill: z.boolean(),
  /** event:…, countdown:…, order:… */
  target: z.string(),
  title: z.string(),
  /** A grave event, a missed limit, or a person. */
  trigger: z.enum(['graveEvent', 'breach', 'person']),
  reason: z.string(),
  /** Who must answer; empty while nobody knows whose matter it is. */
  unit: z.string(),
  opened: z.object(By),
  level: SupervisionLevelSchema,
  /** When the machine urges next; absent when it does not. */
  nextUrgeAt: z.coerce.date().optional(),
  state: SupervisionStateSchema,
  urges: z.array(
    z.object({ ...By, level: SupervisionLevelSchema, text: z.string(), told: z.array(z.string()) }),
  ),
  reply: z.object({ ...By, unit: z.string(), cause: z.string(), measures: z.string() }).optional(),
  verified: z.object(By).optional(),
  history: z.array(z.object({ at: z.coerce.date(), actor: ActorSchema, what: z.string() })),
  createdAt: z.coerce.date(),
});
export type SupervisionOrder = Readonly<z.infer<typeof SupervisionOrderSchema>>;
