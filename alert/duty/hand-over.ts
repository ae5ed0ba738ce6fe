import { z } from 'zod';
import {
  actorOf,
  ActorSchema,
  amend,
  auditEffect,
  digestOf,
  EffectSchema,
  idOf,
  Refused,
  type Actor,
  type Documents,
  type Person,
} from '#core';

/** One thing that is open when the shift changes. */
export const HandOverItemSchema = z.object({
  kind: z.enum(['countdown', 'alert', 'grade', 'source', 'quarantine', 'act']),
  text: z.string(),
  /** The event it belongs to. */
  eventId: z.string().optional(),
});
export type HandOverItem = Readonly<z.infer<typeof HandOverItemSchema>>;

/** 交接班: what one shift leaves to the next, drafted from the records and signed by who comes in. */
export const HandOverSchema = z.object({
  id: z.string(),
  revision: z.int(),
  effects: z.array(EffectSchema),
  /** When the shift changes. */
  changeAt: z.coerce.date(),
  /** When the shift that ends began. */
  sinceAt: z.coerce.date(),
  outgoing: z.array(ActorSchema),
  incoming: z.array(ActorSchema).min(1),
  isDrill: z.boolean(),
  items: z.array(HandOverItemSchema),
  /** When the items were drawn from the records. */
  draftedAt: z.coerce.date(),
  /** 交班人的话. */
  note: z.string().default(''),
  submitted: z.object({ by: ActorSchema, at: z.coerce.date() }).optional(),
  signed: z.object({ by: ActorSchema, at: z.coerce.date() }).optional(),
  remindedAt: z.array(z.coerce.date()).default([]),
});
export type HandOver = Readonly<z.infer<typeof HandOverSchema>>;

/** Adapters pass tests/contracts/documents.contract.ts and their own queries'. */
export interface HandOverStore extends Documents<HandOver> {
  listNewest(limit: number): Promise<readonly HandOver[]>;
  /** Not signed yet, oldest first. */
  listUnsigned(): Promise<readonly HandOver[]>;
}

/** One for each change: drafting twice is harmless. */
export const handOverId = (changeAt: Date): string => idOf('handOver', changeAt.toISOString());

/**
 * The outgoing officer hands over, with a word of their own; the items stay as they were read.
 *
 * @throws {Refused} when it is not this person's to hand over, or has been signed
 */
export async function submitHandOver(
  store: HandOverStore,
  act: { handOverId: string; actor: Person; at: Date; note: string },
): Promise<HandOver> {
  const { actor, at, note } = act;
  return await amend(store, act.handOverId, (found) => {
    if (!isOneOf(found.outgoing, actor)) {
      throw new Refused('NOT_OUTGOING', '只有交班人可以交班', 'forbidden');
    }
    if (found.signed) throw new Refused('HAND_OVER_SIGNED', '接班人已签收，不能再改');
    const submitted = { by: actorOf(actor), at };
    return withAudit({ ...found, note, submitted }, actor, at, '交班');
  });
}

/**
 * The incoming officer has read it and signs. A second one finds it signed, with who and when.
 *
 * @param act.read digest of what was read; what has changed since has to be read first
 * @throws {Refused} when it is not this person's to sign, or what they read is no longer what is there
 */
export async function signHandOver(
  store: HandOverStore,
  act: { handOverId: string; actor: Person; at: Date; read: string },
): Promise<HandOver> {
  const { actor, at, read } = act;
  return await amend(store, act.handOverId, (found) => {
    if (!isOneOf(found.incoming, actor)) {
      throw new Refused('NOT_INCOMING', '只有接班人可以签收', 'forbidden');
    }
    if (found.signed) return undefined;
    if (!maySign(found, at)) {
      throw new Refused('NOT_HANDED_OVER', '交班人还没有交班；换班时间到后可以直接签收');
    }
    if (handOverDigest(found) !== read) {
      throw new Refused('DRAFT_CHANGED', '交接内容已更新，请重新看过再签收');
    }
    const signed = { by: actorOf(actor), at };
    return withAudit({ ...found, signed }, actor, at, '签收交接班');
  });
}

/** What a signature stands under: the items and the word that goes with them. */
export const handOverDigest = ({ items, note }: HandOver): string =>
  digestOf(JSON.stringify([items, note]));

/** Once it was handed over, or the shift has changed: before that the draft still moves. */
export const maySign = ({ submitted, changeAt }: HandOver, at: Date): boolean =>
  submitted !== undefined || at >= changeAt;

/** Whether the draft still follows the records: until it is handed over, signed, or the shift has changed. */
export const isStillDrafted = ({ submitted, signed, changeAt, draftedAt }: HandOver): boolean =>
  !submitted && !signed && draftedAt < changeAt;

export const isOneOf = (actors: readonly Actor[], { id }: Person): boolean =>
  actors.some(({ personId }) => personId === id);

function withAudit(found: HandOver, actor: Person, at: Date, act: string): HandOver {
  const target = `handOver:${found.id}`;
  const audit = auditEffect({ at, actor: actorOf(actor), act, target, detail: found.note });
  return { ...found, effects: [...found.effects, audit] };
}
