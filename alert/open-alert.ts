import { gradeLabel, idOf, isAbove, MACHINE, type Actor } from '#core';
import { gradeOf, isGradeConfirmed, type GradedEvent } from '#analyze';
import type { Alert } from './alert.ts';
import type { LadderPack } from './ladder-pack.ts';
import { policyFor } from './ladder-pack.ts';
import { startLadder } from './step-ladder.ts';

/** One alert per event and rule: the id says which. */
export const alertId = (eventId: string): string => idOf('alert', eventId, 'gradeProposal');

/** The alert of an event that reached a grade somebody must look at; undefined below it. */
export function openAlert(event: GradedEvent, pack: LadderPack, now: Date): Alert | undefined {
  const grade = gradeOf(event);
  if (!policyFor(pack, grade)) return undefined;
  const { reason: words, url } = event.knownAt;
  return {
    id: alertId(event.id),
    revision: 1,
    effects: [],
    rule: 'gradeProposal',
    subject: { kind: 'event', eventId: event.id },
    title: event.title,
    grade,
    isDrill: event.isDrill,
    reason: event.proposal.sentence,
    isGradeConfirmed: isGradeConfirmed(event),
    eventRevision: event.revision,
    firstRecord: { words, ...(url && { url }) },
    state: 'fired',
    firedAt: now,
    ladder: startLadder(grade, versionOf(pack), now),
    history: [{ at: now, actor: MACHINE, what: `发出预警：${gradeLabel(grade)}` }],
  };
}

const versionOf = (pack: LadderPack): string => `${pack.name}@${pack.version}`;

/**
 * An alert as the event's news changes it; undefined when they do not, or are older than what it saw.
 * A rise in grade calls again, whoever acknowledged before. A confirmed grade needs no reminder any
 * more; it does not acknowledge for anybody.
 */
export function raiseAlert(
  alert: Alert,
  event: GradedEvent,
  pack: LadderPack,
  now: Date,
): Alert | undefined {
  if (event.revision <= (alert.eventRevision ?? 0)) return undefined;
  const grade = gradeOf(event);
  const seen: Alert = {
    ...alert,
    title: event.title,
    grade,
    isGradeConfirmed: isGradeConfirmed(event),
    eventRevision: event.revision,
  };
  if (isAbove(grade, alert.grade)) return callAgain(seen, event, pack, now);
  if (alert.state === 'handled' || alert.state === 'falseAlarm') return seen;
  if (!policyFor(pack, grade)) return standDown(seen, event, now);
  return seen.isGradeConfirmed && alert.state === 'acknowledged' ? standStill(seen) : seen;
}

function callAgain(alert: Alert, event: GradedEvent, pack: LadderPack, now: Date): Alert {
  const { acknowledgedAt: _at, acknowledgedBy: _by, ...rest } = alert;
  const what = `升为${gradeLabel(alert.grade)}，重新叫人`;
  return {
    ...rest,
    reason: event.proposal.sentence,
    state: 'fired',
    // The wait is counted from the rise: before it, this grade asked nobody.
    firedAt: now,
    ladder: startLadder(alert.grade, versionOf(pack), now, alert.ladder?.steps),
    history: [...alert.history, { at: now, actor: MACHINE, what }],
  };
}

/** Lowered by people to a grade that calls nobody. */
function standDown(alert: Alert, event: GradedEvent, now: Date): Alert {
  const decision = event.gradeHistory.findLast(({ kind }) => kind !== 'proposed');
  const what = `已降为${gradeLabel(alert.grade)}，不再叫人`;
  const note = { at: now, actor: decision?.actor ?? MACHINE, what };
  return { ...standStill(alert), state: 'handled', history: [...alert.history, note] };
}

function standStill(alert: Alert): Alert {
  if (!alert.ladder) return alert;
  const { nextAt: _stopped, ...ladder } = alert.ladder;
  return { ...alert, ladder: { ...ladder, phase: 'ended' } };
}

/** Acknowledged: no further person is called; a reminder comes while the next step stays open. */
export function acknowledge(
  alert: Alert,
  actor: Actor,
  how: string,
  pack: LadderPack,
  at: Date,
): Alert {
  const reminderAt = new Date(at.getTime() + pack.afterAcknowledgement.reminderAfterMs);
  const taken = alert.isGradeConfirmed ? standStill(alert) : alert;
  return {
    ...taken,
    state: 'acknowledged',
    acknowledgedAt: at,
    acknowledgedBy: actor,
    ...(alert.ladder &&
      !alert.isGradeConfirmed && {
        ladder: { ...alert.ladder, phase: 'reminding', nextAt: reminderAt },
      }),
    history: [...alert.history, { at, actor, what: `确认预警（${how}）` }],
  };
}

/** Nobody answered the reminder: the acknowledgement is taken back, the ladder goes on where it stood. */
export function takeBack(alert: Alert, now: Date): Alert {
  const { acknowledgedAt: _at, acknowledgedBy, ...rest } = alert;
  return {
    ...rest,
    state: 'fired',
    ...(alert.ladder && { ladder: { ...alert.ladder, phase: 'calling', nextAt: now } }),
    history: [
      ...alert.history,
      {
        at: now,
        actor: MACHINE,
        what: `${acknowledgedBy?.name ?? ''}确认后没有回应提醒，收回确认，继续叫人`,
      },
    ],
  };
}
