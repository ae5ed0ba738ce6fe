import {
  actorOf,
  amend,
  auditEffect,
  gradeLabel,
  hasRole,
  isAbove,
  isAtLeast,
  Refused,
  ROLE_WORDS,
  type Grade,
  type Person,
} from '#core';
import type { GradingPack } from './grading-pack.ts';
import {
  demandUnmerged,
  gradeOf,
  type GradeChange,
  type OpinionEvent,
  type ProvenMoment,
} from '../events/opinion-event.ts';
import type { OpinionEventStore } from '../ports.ts';
import { withEffect } from '../events/update-event.ts';

export interface GradeDecision {
  readonly grade: Grade;
  readonly reason: string;
  readonly citedFact?: string | undefined;
  readonly actor: Person;
  readonly at: Date;
}

/** What this person may do to the event's grade now. */
export function mayDecide(
  event: OpinionEvent,
  person: Person,
  pack: GradingPack,
): ('confirmGrade' | 'approveLowering')[] {
  const mayConfirm = hasRole(person, ...pack.confirm[gradeOf(event)]);
  const { lowering } = event;
  return [
    ...(mayConfirm ? (['confirmGrade'] as const) : []),
    ...(mayConfirm && lowering && lowering.by.personId !== person.id
      ? (['approveLowering'] as const)
      : []),
  ];
}

/**
 * A person's decision on the grade: confirm, raise, or lower with a cited fact.
 * Lowering from L1/L2 waits for a second person. No start of a countdown moves by it.
 *
 * @throws {Refused} when the role, the reason or the fact is missing
 */
export function decideGrade(
  event: OpinionEvent,
  decision: GradeDecision,
  pack: GradingPack,
): OpinionEvent {
  const { grade, actor, at, reason, citedFact } = decision;
  const current = gradeOf(event);
  const graver = isAbove(grade, current) ? grade : current;
  demandRole(actor, graver, pack);
  if (isAbove(current, grade)) return lower(event, current, decision);
  const isRaise = isAbove(grade, event.proposal.grade);
  const change: GradeChange = {
    at,
    actor: actorOf(actor),
    kind: isRaise ? 'raised' : 'confirmed',
    from: current,
    to: grade,
    reason,
    ...(citedFact && { citedFact }),
  };
  const triggeredAt =
    event.triggeredAt ?? (isAtLeast(grade, 'L2') ? triggerByPerson(event, decision) : undefined);
  const isMust = isAtLeast(grade, pack.mustRespond.atLeast);
  return decided(
    {
      ...event,
      confirmedGrade: grade,
      lowering: undefined,
      ...(triggeredAt && { triggeredAt }),
      ...(isMust && {
        responseValue: 'must' as const,
        mustRespondAt: event.mustRespondAt ?? { at, recordId: `person:${actor.id}`, reason },
      }),
      state: event.state === 'registered' ? 'graded' : event.state,
      gradeHistory: [...event.gradeHistory, change],
    },
    change,
    `${isRaise ? '提高' : '确认'}定级为${gradeLabel(grade)}`,
  );
}

/**
 * The second person's answer to a lowering of L1/L2.
 *
 * @throws {Refused} when none is asked for, or by the person who asked
 */
export function decideLowering(
  event: OpinionEvent,
  answer: { isApproved: boolean; reason: string; actor: Person; at: Date },
  pack: GradingPack,
): OpinionEvent {
  const { lowering } = event;
  const { actor, at, reason } = answer;
  if (!lowering) throw new Refused('NO_LOWERING_ASKED', '没有待批准的降级申请');
  demandRole(actor, gradeOf(event), pack);
  if (lowering.by.personId === actor.id) {
    throw new Refused('SECOND_PERSON_NEEDED', '降级须由申请人以外的第二人批准', 'forbidden');
  }
  const { lowering: _answered, ...rest } = event;
  if (!answer.isApproved) {
    const change: GradeChange = {
      at,
      actor: actorOf(actor),
      kind: 'confirmed',
      to: gradeOf(event),
      reason: `不同意降级：${reason}`,
    };
    return decided({ ...rest, gradeHistory: [...rest.gradeHistory, change] }, change, '不同意降级');
  }
  return lowered(rest, lowering.to, {
    at,
    actor: actorOf(actor),
    kind: 'lowered',
    from: gradeOf(event),
    to: lowering.to,
    reason: `${lowering.by.name}申请：${lowering.reason}；批准：${reason}`,
    citedFact: lowering.citedFact,
  });
}

function lower(event: OpinionEvent, current: Grade, decision: GradeDecision): OpinionEvent {
  const { grade, actor, at, reason, citedFact } = decision;
  if (!citedFact) {
    throw new Refused(
      'CITED_FACT_NEEDED',
      '降级须写明消除原定级依据的事实（例如：核实为不实、数字已更正）',
      'invalid',
    );
  }
  const by = actorOf(actor);
  if (!isAtLeast(current, 'L2')) {
    return lowered(event, grade, {
      at,
      actor: by,
      kind: 'lowered',
      from: current,
      to: grade,
      reason,
      citedFact,
    });
  }
  const change: GradeChange = {
    at,
    actor: by,
    kind: 'lowerRequested',
    from: current,
    to: grade,
    reason,
    citedFact,
  };
  return decided(
    {
      ...event,
      lowering: { to: grade, by, at, reason, citedFact },
      gradeHistory: [...event.gradeHistory, change],
    },
    change,
    `申请降级为${gradeLabel(grade)}，待第二人批准`,
  );
}

function lowered(event: OpinionEvent, to: Grade, change: GradeChange): OpinionEvent {
  return decided(
    { ...event, confirmedGrade: to, gradeHistory: [...event.gradeHistory, change] },
    change,
    `降级为${gradeLabel(to)}`,
  );
}

/** The earliest record of the cited fact; without one, when the office first knew of the event. */
function triggerByPerson(event: OpinionEvent, decision: GradeDecision): ProvenMoment {
  const { actor, at, reason, citedFact } = decision;
  if (!citedFact) return { ...event.knownAt, reason: `${actor.name}提高定级，未引证新事实` };
  return {
    at,
    recordId: `person:${actor.id}`,
    reason: `${actor.name}引证：${citedFact}（${reason}）`,
  };
}

function demandRole(actor: Person, grade: Grade, pack: GradingPack): void {
  const roles = pack.confirm[grade];
  if (hasRole(actor, ...roles)) return;
  const words = roles.map((role) => ROLE_WORDS[role]).join('或');
  throw new Refused('ROLE_NEEDED', `${gradeLabel(grade)}须由${words}确认`, 'forbidden');
}

/** The change with its record and its news, all in one write. */
function decided(event: OpinionEvent, change: GradeChange, act: string): OpinionEvent {
  const audit = auditEffect({
    at: change.at,
    actor: change.actor,
    act,
    target: `event:${event.id}`,
    eventId: event.id,
    detail: change.citedFact ? `${change.reason}（事实：${change.citedFact}）` : change.reason,
  });
  const next = { ...event, revision: event.revision + 1 };
  return withEffect({ ...next, effects: [...event.effects, audit] });
}

/** Stores a decision on an event's grade. */
export async function confirmGrade(
  deps: { readonly events: OpinionEventStore; readonly pack: GradingPack },
  command: GradeDecision & { readonly eventId: string },
): Promise<OpinionEvent> {
  return await amend(deps.events, command.eventId, (event) => {
    demandUnmerged(event);
    return decideGrade(event, command, deps.pack);
  });
}

/** Stores the second person's answer to a lowering. */
export async function answerLowering(
  deps: { readonly events: OpinionEventStore; readonly pack: GradingPack },
  command: Parameters<typeof decideLowering>[1] & { readonly eventId: string },
): Promise<OpinionEvent> {
  return await amend(deps.events, command.eventId, (event) => {
    demandUnmerged(event);
    return decideLowering(event, command, deps.pack);
  });
}
