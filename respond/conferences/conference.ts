import { z } from 'zod';
import { ActorSchema, EffectSchema } from '#core';

const ConferenceModeSchema = z.enum(['onSite', 'online', 'written']);

/** 新闻发布会: counts only when held, with somebody who spoke and a record that can be read. */
export const PressConferenceSchema = z.object({
  /** Digest of event and time held: recording it twice is harmless. */
  id: z.string(),
  revision: z.int(),
  effects: z.array(EffectSchema),
  eventId: z.string(),
  isDrill: z.boolean(),
  mode: ConferenceModeSchema,
  /** As a person said; never later than the record of it. */
  heldAt: z.coerce.date(),
  place: z.string(),
  spokesperson: z.string().min(1),
  /** Transcript, video or report of it; empty while there is none. */
  recordLink: z.string(),
  state: z.enum(['planned', 'announced', 'held', 'recorded', 'cancelled']),
  /** Why it was recorded late (补录); absent when it was not. */
  lateReason: z.string().optional(),
  history: z.array(z.object({ at: z.coerce.date(), actor: ActorSchema, what: z.string() })),
  createdAt: z.coerce.date(),
});
export type PressConference = Readonly<z.infer<typeof PressConferenceSchema>>;
