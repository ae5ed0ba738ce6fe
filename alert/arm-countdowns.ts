import { earlierOf, gradeLabel, idOf, isAtLeast, laterOf, type Grade } from '#core';
import { gradeOf, isGradeConfirmed, type GradedEvent, type ProvenMoment } from '#analyze';
import type { Countdown, Milestone } from './countdown.ts';
import type { CountdownPack, CountdownRule } from './countdown-pack.ts';
import { isOpen, met, withNote } from './countdown-state.ts';

/**
 * New and changed countdowns of an event; empty when all stand as they should. Safe to repeat.
 * A due time only ever moves earlier; nothing here stops a countdown but an approved lowering before
 * the due time (domain 3.8, 3.9).
 */
export function armCountdowns(
  event: GradedEvent,
  existing: readonly Countdown[],
  pack: CountdownPack,
  now: Date,
): readonly Countdown[] {
  return pack.rules.flatMap((rule) => {
    const own = existing.filter(({ code }) => code === rule.code);
    const open = own.find(isOpen);
    const next = open ? change(open, rule, event, pack) : arm(rule, own, event, pack, now);
    return next ? [next] : [];
  });
}

/** When the duty began and how long it has; undefined when the event has no such duty now. */
function dutyOf(
  rule: CountdownRule,
  event: GradedEvent,
): { readonly start: ProvenMoment; readonly durationMs: number } | undefined {
  const grade = gradeOf(event);
  const durationMs = durationOf(rule, grade);
  const start = appliesTo(rule, event, grade) ? startOf(rule, event, grade) : undefined;
  return start && durationMs !== undefined ? { start, durationMs } : undefined;
}

function appliesTo(rule: CountdownRule, event: GradedEvent, grade: Grade): boolean {
  switch (rule.appliesTo) {
    case 'triggered':
      return isAtLeast(grade, 'L2');
    case 'mustRespond':
      return event.responseValue === 'must' && !isAtLeast(grade, 'L2');
    case 'unconfirmed':
      return !isGradeConfirmed(event);
    default:
      return rule.appliesTo satisfies never;
  }
}

function startOf(rule: CountdownRule, event: GradedEvent, grade: Grade): ProvenMoment | undefined {
  const { knownAt, mustRespondAt, triggeredAt } = event;
  switch (rule.startsFrom) {
    case 'triggeredAt':
      return triggeredAt;
    case 'mustRespond':
      if (!mustRespondAt) return undefined;
      return laterOf(knownAt.at, mustRespondAt.at) === knownAt.at ? knownAt : mustRespondAt;
    case 'proposal': {
      const proposed = event.gradeHistory.findLast(({ to }) => to === grade);
      const at = proposed?.at ?? event.proposal.at;
      return { at, recordId: event.id, reason: proposed?.reason ?? event.proposal.sentence };
    }
    default:
      return rule.startsFrom satisfies never;
  }
}

function durationOf({ durationMs }: CountdownRule, grade: Grade): number | undefined {
  return (grade === 'WATCH' ? undefined : durationMs[grade]) ?? durationMs.default;
}

function arm(
  rule: CountdownRule,
  ended: readonly Countdown[],
  event: GradedEvent,
  pack: CountdownPack,
  now: Date,
): Countdown | undefined {
  const duty = dutyOf(rule, event);
  if (!duty || !isNewDuty(rule, ended, event)) return undefined;
  const dueAt = new Date(duty.start.at.getTime() + duty.durationMs);
  const isBornBreached = dueAt <= now;
  const { firstPublicAt, knownAt, occurredAt } = event;
  const countdown: Countdown = {
    id: idOf(event.id, rule.code, String(ended.length + 1)),
    revision: 1,
    effects: [],
    eventId: event.id,
    eventTitle: event.title,
    isDrill: event.isDrill,
    code: rule.code,
    name: rule.name,
    basis: rule.basis,
    ruleVersion: `${pack.name} ${pack.version}`,
    calendar: rule.calendar,
    start: duty.start,
    shadow: {
      firstPublicAt,
      knownAt: knownAt.at,
      ...(occurredAt && { occurredAt: occurredAt.at }),
    },
    statutoryDueAt: dueAt,
    managedDueAt: dueAt,
    state: isBornBreached ? 'breached' : isProvisional(rule, event) ? 'provisional' : 'running',
    milestones: milestonesOf(duty.start.at, dueAt, pack),
    armedAt: now,
    isBornBreached,
    ...(isBornBreached && { breachedAt: dueAt }),
    eventRevision: event.revision,
    grade: gradeOf(event),
    history: [],
  };
  const said = isBornBreached
    ? `起算时已超过${rule.name}的时限，记为超时`
    : `开始计时：${duty.start.reason}`;
  return withNote(countdown, now, said);
}

/**
 * A duty that ended comes again only by news: a grade proposed after the confirmation, a rise after an
 * approved lowering. A met duty to answer is met for good.
 */
function isNewDuty(rule: CountdownRule, ended: readonly Countdown[], event: GradedEvent): boolean {
  const last = ended.at(-1);
  if (!last) return true;
  if ((last.eventRevision ?? 0) >= event.revision) return false;
  return last.state === 'cancelled' || rule.satisfiedBy.includes('gradeConfirmed');
}

const isProvisional = (rule: CountdownRule, event: GradedEvent): boolean =>
  rule.appliesTo === 'triggered' && !isGradeConfirmed(event);

function change(
  countdown: Countdown,
  rule: CountdownRule,
  event: GradedEvent,
  pack: CountdownPack,
): Countdown | undefined {
  if ((countdown.eventRevision ?? 0) >= event.revision) return undefined;
  const decision = event.gradeHistory.findLast(({ kind }) =>
    ['confirmed', 'raised', 'lowered'].includes(kind),
  );
  let next = movedEarlier(countdown, rule, event, pack);
  if (rule.satisfiedBy.includes('gradeConfirmed') && isGradeConfirmed(event) && decision) {
    next = met(
      next,
      decision.at,
      `grade:${decision.to}`,
      `${decision.actor.name}定级为${gradeLabel(decision.to)}`,
    );
  }
  const isLowered = decision?.kind === 'lowered' && !isAtLeast(gradeOf(event), 'L2');
  if (
    rule.isCancelledByLowering &&
    isLowered &&
    decision.at < next.statutoryDueAt &&
    next.state !== 'breached'
  ) {
    const cancelReason = `${decision.actor.name}经批准降为${gradeLabel(decision.to)}：${decision.reason}`;
    next = withNote({ ...next, state: 'cancelled', cancelReason }, decision.at, cancelReason);
  }
  if (
    next.state === 'provisional' &&
    !isProvisional(rule, event) &&
    isAtLeast(gradeOf(event), 'L2')
  ) {
    const at = decision?.at ?? next.armedAt;
    next = withNote({ ...next, state: 'running' }, at, '定级已确认，起算时间不变');
  }
  if (next === countdown && countdown.eventTitle === event.title) return undefined;
  return { ...next, eventTitle: event.title, eventRevision: event.revision, grade: gradeOf(event) };
}

/** A merge or a rise may bring the due time forward; a later start is never taken. */
function movedEarlier(
  countdown: Countdown,
  rule: CountdownRule,
  event: GradedEvent,
  pack: CountdownPack,
): Countdown {
  const duty = dutyOf(rule, event);
  if (!duty) return countdown;
  const dueAt = new Date(duty.start.at.getTime() + duty.durationMs);
  if (dueAt >= countdown.statutoryDueAt) return countdown;
  const fired = new Map(countdown.milestones.map((one) => [one.ratio, one.firedAt]));
  const milestones = milestonesOf(duty.start.at, dueAt, pack).map((one) => {
    const firedAt = fired.get(one.ratio);
    return firedAt ? { ...one, firedAt } : one;
  });
  const managedDueAt = earlierOf(countdown.managedDueAt, dueAt);
  const moved = {
    ...countdown,
    start: duty.start,
    statutoryDueAt: dueAt,
    managedDueAt,
    milestones,
  };
  return withNote(moved, duty.start.at, `起算提前：${duty.start.reason}`);
}

function milestonesOf(startAt: Date, dueAt: Date, pack: CountdownPack): Milestone[] {
  const lengthMs = dueAt.getTime() - startAt.getTime();
  return pack.milestones.map(({ ratio }) => ({
    ratio,
    at: new Date(startAt.getTime() + Math.round(lengthMs * ratio)),
  }));
}
