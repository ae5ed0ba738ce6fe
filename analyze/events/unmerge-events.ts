import type { OpinionEvent } from './opinion-event.ts';
import { judgeAnew, type Judging } from './update-event.ts';

/** What an event was before a regrouping, as far as its leads alone do not tell. */
export type EventBefore = Pick<
  OpinionEvent,
  | 'state'
  | 'proposal'
  | 'knownAt'
  | 'gradeHistory'
  | 'findings'
  | 'responseValue'
  | 'mustRespondReasons'
  | 'confirmedGrade'
  | 'triggeredAt'
  | 'mustRespondAt'
  | 'occurredAt'
>;

/**
 * The survivor without what a merge brought, judged again over its own leads; what people decided and found on it
 * since stays. Countdowns that the merge brought forward stay where they are.
 *
 * @param brought findings that came with the other event
 * @param judging the leads that are left to it
 * @returns undefined when it was undone already
 */
export function unmergeEvents(
  survivor: OpinionEvent,
  regrouping: { readonly id: string; readonly at: Date; readonly before: EventBefore },
  brought: OpinionEvent['findings'],
  judging: Judging,
): OpinionEvent | undefined {
  const { id, at, before } = regrouping;
  if (!survivor.kept.some(({ regroupingId }) => regroupingId === id)) return undefined;
  const decided = survivor.gradeHistory.filter(
    (row) => row.kind !== 'proposed' && !row.ofEventId && row.at >= at,
  );
  const known = new Set(before.findings.map((finding) => finding.id));
  const foreign = new Set(brought.map((finding) => finding.id));
  const { triggeredAt: _t, mustRespondAt: _m, occurredAt: _o, confirmedGrade, ...rest } = survivor;
  const inForce = decided.length > 0 ? confirmedGrade : before.confirmedGrade;
  const own: OpinionEvent = {
    ...rest,
    ...(before.triggeredAt && { triggeredAt: before.triggeredAt }),
    ...(before.mustRespondAt && { mustRespondAt: before.mustRespondAt }),
    ...(before.occurredAt && { occurredAt: before.occurredAt }),
    ...(inForce && { confirmedGrade: inForce }),
    responseValue: before.responseValue,
    findings: survivor.findings.filter((one) => known.has(one.id) || !foreign.has(one.id)),
    gradeHistory: [...before.gradeHistory, ...decided],
    kept: survivor.kept.filter(({ regroupingId }) => regroupingId !== id),
  };
  return judgeAnew(own, judging, [before]);
}

/** An event that gets its leads back from the one it was merged into; undefined when it has them already. */
export function revive(
  other: OpinionEvent,
  state: OpinionEvent['state'],
  judging: Judging,
): OpinionEvent | undefined {
  if (other.state !== 'merged') return undefined;
  const { mergedInto: _left, ...rest } = other;
  return judgeAnew({ ...rest, state }, judging, [other]);
}
