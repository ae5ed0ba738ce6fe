import { z } from 'zod';
import {
  ActorSchema,
  auditEffect,
  EffectSchema,
  type Actor,
  type Documents,
  type Effect,
} from '#core';
import { OpinionEventSchema } from './opinion-event.ts';

/** What an event was before, as far as its leads alone do not tell. */
const EventBeforeSchema = OpinionEventSchema.pick({
  state: true,
  proposal: true,
  knownAt: true,
  gradeHistory: true,
  findings: true,
  responseValue: true,
  mustRespondReasons: true,
  confirmedGrade: true,
  triggeredAt: true,
  mustRespondAt: true,
  occurredAt: true,
});

/**
 * 归并调整: one merge or split of events, from the proposal or the order to its end. It is written before the first
 * lead moves and closed after the last document is written: what a crash interrupts is found by it and finished.
 */
export const RegroupingSchema = z.object({
  id: z.string(),
  revision: z.int(),
  effects: z.array(EffectSchema),
  kind: z.enum(['merge', 'split']),
  /** The event that takes the leads in a merge, and keeps the others in a split. */
  eventId: z.string(),
  title: z.string(),
  /** The event that is merged, or that a split makes. */
  otherId: z.string(),
  otherTitle: z.string(),
  /** Leads that move: of the other in a merge, out of the event in a split. */
  leadIds: z.array(z.string()),
  /** What the machine found, 0 to about 1; absent in an act of a person. */
  similarity: z.number().optional(),
  state: z.enum(['proposed', 'declined', 'begun', 'done', 'undoing', 'undone']),
  /** Who proposed or ordered it. */
  actor: ActorSchema,
  at: z.coerce.date(),
  reason: z.string(),
  /** Who answered a proposal or undid it, last. */
  answer: z.object({ actor: ActorSchema, at: z.coerce.date(), reason: z.string() }).optional(),
  /** When the first document changed. */
  begunAt: z.coerce.date().optional(),
  before: EventBeforeSchema.optional(),
  otherState: OpinionEventSchema.shape.state.optional(),
});
export type Regrouping = Readonly<z.infer<typeof RegroupingSchema>>;

/** Adapters pass tests/contracts/regrouping-store.contract.ts. */
export interface RegroupingStore extends Documents<Regrouping> {
  /** Those with the event on either side, oldest first. */
  listByEvent(eventId: string): Promise<readonly Regrouping[]>;
  /** Begun or being undone, oldest first: a crash or a failure interrupted them. */
  listUnfinished(): Promise<readonly Regrouping[]>;
}

const KIND_WORDS: Readonly<Record<Regrouping['kind'], string>> = { merge: '并入', split: '拆分' };

/** The act for the record, once for each of the two events, so that both timelines tell it. */
export function regroupingEffects(
  { kind, eventId, title, otherId, otherTitle, leadIds }: Regrouping,
  what: '' | '建议' | '撤销' | '不采纳',
  { actor, at, reason }: { readonly actor: Actor; readonly at: Date; readonly reason: string },
): Effect[] {
  const told =
    kind === 'merge'
      ? `《${otherTitle}》并入《${title}》`
      : `从《${title}》拆出${leadIds.length}条线索，另立《${otherTitle}》`;
  return [eventId, otherId].map((id) =>
    auditEffect({
      at,
      actor,
      act: `${what}${KIND_WORDS[kind]}`,
      target: `event:${id}`,
      eventId: id,
      detail: `${told}；${reason}`,
    }),
  );
}
