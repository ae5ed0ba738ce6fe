import { z } from 'zod';
import { ActorSchema, actorOf, auditEffect, EffectSchema, type Effect, type Person } from '#core';

/** What every record of an event's handling carries. */
export const NotedSchema = z.object({
  id: z.string(),
  revision: z.int(),
  effects: z.array(EffectSchema),
  eventId: z.string(),
  isDrill: z.boolean(),
  history: z.array(z.object({ at: z.coerce.date(), actor: ActorSchema, what: z.string() })),
  createdAt: z.coerce.date(),
});
type Noted = Readonly<z.infer<typeof NotedSchema>>;

export interface ActOf {
  readonly actor: Person;
  /** Server time. */
  readonly at: Date;
}

export interface ActOnEvent extends ActOf {
  readonly event: { readonly id: string; readonly isDrill: boolean };
}

/** The first state of a record, before anything is written into it. */
export const newNoted = ({ event, at }: ActOnEvent, id: string): Noted => ({
  id,
  revision: 1,
  effects: [],
  eventId: event.id,
  isDrill: event.isDrill,
  history: [],
  createdAt: at,
});

/** The record with what was done to it, on its own history and on the audit trail. */
export function noted<T extends Noted>(
  record: T,
  { actor, at }: ActOf,
  what: string,
  ...more: readonly Effect[]
): T {
  const by = actorOf(actor);
  const { id: target, eventId } = record;
  return {
    ...record,
    history: [...record.history, { at, actor: by, what }],
    effects: [
      ...record.effects,
      auditEffect({ at, actor: by, act: what, target, eventId }),
      ...more,
    ],
  };
}
