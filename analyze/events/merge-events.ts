import { graverOf, isAbove, MACHINE, type Actor, type Grade } from '#core';
import { earlier, standingOf } from './keep-standing.ts';
import { gradeOf, type GradeChange, type OpinionEvent } from './opinion-event.ts';
import { judgeAnew, withEffect, type Judging } from './update-event.ts';

/** The act that merges or splits, as its record has it. */
export interface RegroupingAct {
  readonly id: string;
  readonly actor: Actor;
  readonly at: Date;
}

/**
 * The survivor with everything of the other: histories and findings joined, judged again by replay over all leads,
 * at no lower a grade than either had, from no later a start. The survivor keeps its state and its number.
 *
 * @param judging the leads of both
 * @returns undefined when this act was done already
 */
export function mergeEvents(
  survivor: OpinionEvent,
  other: OpinionEvent,
  act: RegroupingAct,
  judging: Judging,
): OpinionEvent | undefined {
  if (survivor.kept.some(({ regroupingId }) => regroupingId === act.id)) return undefined;
  const gravest = graverOf(gradeOf(survivor), gradeOf(other));
  const confirmedGrade = confirmedAt(gravest, survivor, other);
  const triggeredAt = earlier(survivor.triggeredAt, other.triggeredAt);
  const mustRespondAt = earlier(survivor.mustRespondAt, other.mustRespondAt);
  const occurredAt = survivor.occurredAt ?? other.occurredAt;
  const joined: OpinionEvent = {
    ...survivor,
    isDrill: survivor.isDrill || other.isDrill,
    ...(triggeredAt && { triggeredAt }),
    ...(mustRespondAt && { mustRespondAt }),
    ...(occurredAt && { occurredAt }),
    ...(confirmedGrade && { confirmedGrade }),
    responseValue: survivor.responseValue === 'must' ? 'must' : other.responseValue,
    findings: joinFindings(survivor, other),
    gradeHistory: joinHistories(survivor, other),
    kept: [...survivor.kept, standingOf(survivor, act.id), ...standingsOf(other, act.id)],
  };
  const judged = judgeAnew(joined, judging);
  return isAbove(gravest, gradeOf(judged)) ? raisedTo(gravest, judged, other, act) : judged;
}

/** An event that gave its leads to another; undefined when it did already. */
export function markMerged(other: OpinionEvent, survivorId: string): OpinionEvent | undefined {
  if (other.state === 'merged' && other.mergedInto === survivorId) return undefined;
  return withEffect({
    ...other,
    revision: other.revision + 1,
    state: 'merged',
    mergedInto: survivorId,
  });
}

/** A person's decision holds when it is the gravest of the two. */
function confirmedAt(
  gravest: Grade,
  survivor: OpinionEvent,
  other: OpinionEvent,
): Grade | undefined {
  const both = [survivor.confirmedGrade, other.confirmedGrade];
  return both.find((grade) => grade === gravest) ?? survivor.confirmedGrade;
}

function joinFindings({ findings }: OpinionEvent, other: OpinionEvent): OpinionEvent['findings'] {
  const known = new Set(findings.map(({ id }) => id));
  return [...findings, ...other.findings.filter(({ id }) => !known.has(id))].toSorted(
    (a, b) => a.at.getTime() - b.at.getTime(),
  );
}

function joinHistories(survivor: OpinionEvent, other: OpinionEvent): GradeChange[] {
  const theirs = other.gradeHistory.map((row) => ({
    ...row,
    ofEventId: row.ofEventId ?? other.id,
  }));
  return [...survivor.gradeHistory, ...theirs].toSorted((a, b) => a.at.getTime() - b.at.getTime());
}

/** What the other kept through regroupings of its own is kept on, and how it stands now. */
function standingsOf(other: OpinionEvent, regroupingId: string) {
  const now = standingOf(other, regroupingId);
  return [now, ...other.kept.map((kept) => ({ ...kept, regroupingId }))];
}

/** A person had decided on a lower grade here: the graver one of the other stands beside it as a proposal. */
function raisedTo(
  grade: Grade,
  event: OpinionEvent,
  other: OpinionEvent,
  { at }: RegroupingAct,
): OpinionEvent {
  const row: GradeChange = {
    at,
    actor: MACHINE,
    kind: 'proposed',
    to: grade,
    reason: `并入《${other.title}》，取两者中较重的等级`,
    ofEventId: other.id,
  };
  const { effects } = event;
  // The news of the lower grade is not told: it never was the event's.
  return withEffect({
    ...event,
    effects: effects.slice(0, -1),
    gradeHistory: [...event.gradeHistory, row],
  });
}
