import { auditEffect, type Actor, type Effect } from '#core';

/** Stands before the id where an audit entry says what an act was about. */
export type RecordKind =
  | 'assessment'
  | 'conference'
  | 'consultation'
  | 'evaluation'
  | 'keyMessage'
  | 'order'
  | 'report'
  | 'outsideNotice'
  | 'rumor'
  | 'snapshot'
  | 'supervision'
  | 'transfer';

/** What a record of an act needs of the document it is about. */
interface Recorded {
  readonly id: string;
  readonly eventId?: string | undefined;
  readonly effects: Effect[];
  readonly history: { at: Date; actor: Actor; what: string }[];
}

/** The document with the act in its history and on its way to the audit trail. */
export function withNote<T extends Recorded>(
  document: T,
  kind: RecordKind,
  act: { readonly actor: Actor; readonly at: Date; readonly what: string },
): T {
  const { actor, at, what } = act;
  const { id, eventId } = document;
  const audit = auditEffect({
    at,
    actor,
    act: what,
    target: `${kind}:${id}`,
    ...(eventId && { eventId }),
  });
  return {
    ...document,
    history: [...document.history, { at, actor, what }],
    effects: [...document.effects, audit],
  };
}

export const withEffects = <T extends Pick<Recorded, 'effects'>>(
  document: T,
  more: readonly Effect[],
): T => ({ ...document, effects: [...document.effects, ...more] });
