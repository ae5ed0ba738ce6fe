import {
  actorOf,
  amend,
  auditEffect,
  hasRole,
  laterOf,
  newId,
  Refused,
  ROLE_WORDS,
  type Person,
} from '#core';
import { demandUnmerged, type OpinionEvent } from '../events/opinion-event.ts';
import { updateEvent } from '../events/update-event.ts';
import type { LeadStore, OpinionEventStore } from '../ports.ts';
import type { GradingContext } from './event-meter.ts';
import { findingWords, type Finding, type FindingKind } from './finding.ts';
import type { GradingPack } from './grading-pack.ts';

type Common = 'id' | 'at' | 'actor';
/** A finding as a person states it; who and when are known. */
export type FindingDraft = Finding extends infer One
  ? One extends Finding
    ? Omit<One, Common>
    : never
  : never;

export interface FindingAct {
  readonly eventId: string;
  readonly finding: FindingDraft;
  readonly actor: Person;
  readonly at: Date;
}

/** The findings this person may put on record. */
export function mayFind(person: Person, pack: GradingPack): FindingKind[] {
  return (Object.keys(pack.findings) as FindingKind[]).filter((kind) =>
    hasRole(person, ...pack.findings[kind]),
  );
}

/**
 * Puts a finding on the event's record and judges the event with it, in one write.
 *
 * @throws {Refused} when the role is missing
 * @throws {NotFound} when there is no such event
 */
export async function recordFinding(
  deps: {
    readonly events: OpinionEventStore;
    readonly leads: LeadStore;
    readonly context: GradingContext;
  },
  act: FindingAct,
): Promise<OpinionEvent> {
  const { eventId, actor, at } = act;
  const { pack } = deps.context;
  if (!mayFind(actor, pack).includes(act.finding.kind)) {
    const roles = pack.findings[act.finding.kind].map((role) => ROLE_WORDS[role]).join('、');
    throw new Refused('ROLE_NEEDED', `登记这类核实情况须是：${roles}`, 'forbidden');
  }
  const leads = await deps.leads.listByEvent(eventId);
  const id = `finding:${newId()}`;
  return await amend(deps.events, eventId, (event) => {
    demandUnmerged(event);
    // It counts after what was judged before it.
    const countsAt = laterOf(at, new Date(event.evaluatedAt.getTime() + 1));
    return withFinding(event, { ...act.finding, id, at: countsAt, actor: actorOf(actor) });
  });

  function withFinding(event: OpinionEvent, found: Finding): OpinionEvent {
    const entry = auditEffect({
      at,
      actor: actorOf(actor),
      act: '登记核实情况',
      target: `event:${eventId}`,
      eventId,
      detail: findingWords(found),
    });
    const held: OpinionEvent = {
      ...event,
      effects: [...event.effects, entry],
      findings: [...event.findings, found],
    };
    return updateEvent(held, { leads, terms: event.topTerms }, deps.context, found.at) ?? held;
  }
}
