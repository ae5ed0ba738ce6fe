import { z } from 'zod';
import { ActorSchema, actorOf, EffectSchema, type Effect, type Person } from '#core';
import { withEffects, withNote, type RecordKind } from './with-note.ts';

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

/** Of one kind of record: the record with what was done to it, in its history and on its way to the audit trail. */
export const notedAs =
  (kind: RecordKind) =>
  <T extends Noted>(record: T, { actor, at }: ActOf, what: string, ...more: readonly Effect[]): T =>
    withEffects(withNote(record, kind, { actor: actorOf(actor), at, what }), more);
