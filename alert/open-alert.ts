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
    postCount: event.postCount,
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
    postCount: event.postCount,
  };
  if (isAbove(grade, alert.grade)) {
    return callAgain(
      { ...seen, reason: event.proposal.sentence },
      pack,
      now,
      `升为${gradeLabel(grade)}`,
    );
  }
  if (event.state === 'closed') return alert.isEventClosed ? seen : endWithEvent(seen, now);
  if (alert.isEventClosed) {
    const { isEventClosed: _again, ...opened } = seen;
    return callAgain(opened, pack, now, '事件重启');
  }
  if (alert.state === 'handled' || alert.state === 'falseAlarm') return seen;
  if (!policyFor(pack, grade)) return standDown(seen, event, now);
  const { volumeTimes } = pack.restUntilWorse;
  const isLouder = alert.rest && event.postCount >= Math.max(1, alert.rest.postCount) * volumeTimes;
  return isLouder ? wake(seen, pack, now, `信息增至${event.postCount}条`) : seen;
}

/** Wakes who asked to be left alone until it gets worse; undefined for others. */
export function wake(alert: Alert, pack: LadderPack, now: Date, why: string): Alert {
  return alert.rest ? callAgain(alert, pack, now, `情况变坏（${why}）`) : alert;
}

function callAgain(alert: Alert, pack: LadderPack, now: Date, why: string): Alert {
  const what = `${why}，重新叫人`;
  return {
    ...unacknowledged(alert),
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

/** 结案: nobody is called any more, by the ladder or to sign. */
function endWithEvent(alert: Alert, now: Date): Alert {
  const { everyone } = alert;
  const note = { at: now, actor: MACHINE, what: '事件已结案，不再叫人' };
  return {
    ...standStill(alert),
    ...(everyone && { everyone: { ...everyone, nextAt: undefined } }),
    state: alert.state === 'falseAlarm' ? alert.state : 'handled',
    isEventClosed: true,
    history: [...alert.history, note],
  };
}

export function standStill(alert: Alert): Alert {
  if (!alert.ladder) return alert;
  const { nextAt: _stopped, ...ladder } = alert.ladder;
  return { ...alert, ladder: { ...ladder, phase: 'ended' } };
}

/** Without those who had it and what they asked for. */
function unacknowledged(alert: Alert): Alert {
  const {
    acknowledgedAt: _at,
    acknowledgedBy: _by,
    acknowledgedThrough: _through,
    rest: _rest,
    ...others
  } = alert;
  return others;
}

/** Acknowledged: no further person is called; a reminder comes while a step owed stays open. */
export function acknowledge(
  alert: Alert,
  actor: Actor,
  how: string,
  pack: LadderPack,
  at: Date,
): Alert {
  const reminderAt = new Date(at.getTime() + pack.afterAcknowledgement.reminderAfterMs);
  return {
    ...alert,
    state: 'acknowledged',
    acknowledgedAt: at,
    acknowledgedBy: actor,
    ...(alert.ladder && { ladder: { ...alert.ladder, phase: 'reminding', nextAt: reminderAt } }),
    history: [...alert.history, { at, actor, what: `确认预警（${how}）` }],
  };
}

/** Nobody answered the reminder: the acknowledgement is taken back, the ladder goes on where it stood. */
export function takeBack(alert: Alert, now: Date): Alert {
  const { acknowledgedBy } = alert;
  return {
    ...unacknowledged(alert),
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
