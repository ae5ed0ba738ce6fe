import { earlierOf, gradeLabel, idOf, isAtLeast, laterOf, type Grade } from '#core';
import { gradeOf, isGradeConfirmed, type GradedEvent, type ProvenMoment } from '#analyze';
import type { Countdown } from './countdown.ts';
import type { CountdownPack, CountdownRule } from './countdown-pack.ts';
import { isOpen, met, withNote } from './countdown-state.ts';
import { dueTimeIn, type CalendarRules } from './due-time.ts';
import { milestonesOf, movedMilestones } from './milestones.ts';
import { ruleKey, ruleOf, rulesInForce } from './rule-in-force.ts';

/** What arming is given beside the event. */
export interface ArmingRules extends CalendarRules {
  readonly pack: CountdownPack;
}

/**
 * New and changed countdowns of an event; empty when all stand as they should. Safe to repeat.
 * A due time only ever moves earlier; nothing here stops a countdown but an approved lowering before
 * the due time (domain 3.8, 3.9). Each is judged for good by the rule of the day on which it began.
 */
export function armCountdowns(
  event: GradedEvent,
  existing: readonly Countdown[],
  rules: ArmingRules,
  now: Date,
): readonly Countdown[] {
  const { pack } = rules;
  const keys = new Set(pack.rules.filter(({ appliesTo }) => appliesTo !== 'acts').map(ruleKey));
  const armed = [...keys].flatMap((key) => {
    const own = existing.filter((one) => ruleKey(one) === key && one.target === undefined);
    const open = own.find(isOpen);
    const ofOpen = open && ruleOf(pack, open);
    const next =
      open && ofOpen ? change(open, ofOpen, event, rules) : arm(key, own, event, rules, now);
    return next ? [next] : [];
  });
  const known = new Set(armed.map(({ id }) => id));
  // Ended ones and those that an act began are shown beside the same event: with the same times.
  const others = existing.filter(({ id }) => !known.has(id));
  return [...armed, ...others.flatMap((one) => withEarlierShadow(one, event) ?? [])];
}

/** When the duty began and is due; undefined when the event has no such duty now. */
function dutyOf(
  rule: CountdownRule,
  event: GradedEvent,
  rules: ArmingRules,
): { readonly start: ProvenMoment; readonly dueAt: Date } | undefined {
  const grade = gradeOf(event);
  const start = appliesTo(rule, event, grade) ? startOf(rule, event, grade) : undefined;
  const dueAt = start && dueTimeIn(rule, { startAt: start.at, keys: [grade] }, rules);
  return start && dueAt && { start, dueAt };
}

function appliesTo(rule: CountdownRule, event: GradedEvent, grade: Grade): boolean {
  switch (rule.appliesTo) {
    case 'triggered':
      return isAtLeast(grade, 'L2');
    case 'mustRespond':
      return event.responseValue === 'must' && !isAtLeast(grade, 'L2');
    case 'unconfirmed':
      return !isGradeConfirmed(event) && grade !== 'WATCH';
    case 'graded':
      return grade !== 'WATCH';
    case 'acts':
      return false;
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
    case 'reached':
      return isAtLeast(grade, 'L2') ? triggeredAt : changeTo(event, event.gradeHistory.find(isTo));
    case 'proposal':
      return changeTo(event, event.gradeHistory.findLast(isTo));
    case 'act':
      return undefined;
    default:
      return rule.startsFrom satisfies never;
  }

  function isTo({ to }: { readonly to: Grade }): boolean {
    return to === grade;
  }
}

function changeTo(
  { id, proposal }: GradedEvent,
  change: GradedEvent['gradeHistory'][number] | undefined,
): ProvenMoment {
  return {
    at: change?.at ?? proposal.at,
    recordId: id,
    reason: change?.reason ?? proposal.sentence,
  };
}

function arm(
  key: string,
  ended: readonly Countdown[],
  event: GradedEvent,
  rules: ArmingRules,
  now: Date,
): Countdown | undefined {
  const { pack } = rules;
  const duties = pack.rules
    .filter((rule) => ruleKey(rule) === key)
    .map((rule) => ({ rule, duty: dutyOf(rule, event, rules) }));
  // The rule that is in force on the very day on which it lets the duty begin.
  const found = duties.find(({ rule, duty }) => duty && isInForce(pack, rule, duty.start.at));
  const { rule, duty } = found ?? {};
  if (!rule || !duty || !isNewDuty(rule, ended, event)) return undefined;
  const isBornBreached = duty.dueAt <= now;
  const { firstPublicAt, knownAt, occurredAt } = event;
  const countdown: Countdown = {
    id: idOf(event.id, key, String(ended.length + 1)),
    revision: 1,
    effects: [],
    eventId: event.id,
    eventTitle: event.title,
    isDrill: event.isDrill,
    ...identityOf(rule),
    start: duty.start,
    shadow: {
      firstPublicAt,
      knownAt: knownAt.at,
      ...(occurredAt && { occurredAt: occurredAt.at }),
    },
    statutoryDueAt: duty.dueAt,
    managedDueAt: duty.dueAt,
    state: isBornBreached ? 'breached' : isProvisional(rule, event) ? 'provisional' : 'running',
    milestones: milestonesOf(duty.start.at, duty.dueAt, rule, pack),
    armedAt: now,
    isBornBreached,
    ...(isBornBreached && { breachedAt: duty.dueAt }),
    eventRevision: event.revision,
    grade: gradeOf(event),
    history: [],
  };
  return withNote(countdown, now, armedWords(countdown));
}

const isInForce = (pack: CountdownPack, rule: CountdownRule, at: Date): boolean =>
  rulesInForce(pack, at).includes(rule);

/** What a countdown keeps of its rule for good. */
export function identityOf(rule: CountdownRule) {
  const { code, part, name, basis, ruleVersion, validFrom, calendar } = rule;
  return {
    code,
    ...(part && { part }),
    name,
    basis,
    ruleVersion,
    ruleValidFrom: validFrom,
    calendar,
  };
}

/** What is said when a duty begins; without time left that is said too. */
export const armedWords = ({ isBornBreached, name, start }: Countdown): string =>
  isBornBreached ? `起算时已超过${name}的时限，记为超时` : `开始计时：${start.reason}`;

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
  rules: ArmingRules,
): Countdown | undefined {
  if ((countdown.eventRevision ?? 0) >= event.revision) return undefined;
  const decision = event.gradeHistory.findLast(({ kind }) =>
    ['confirmed', 'raised', 'lowered'].includes(kind),
  );
  const duty = dutyOf(rule, event, rules);
  let next = duty ? movedEarlier(countdown, duty, rule, rules.pack) : countdown;
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
  next = withEarlierShadow(next, event) ?? next;
  if (next === countdown && countdown.eventTitle === event.title) return undefined;
  return { ...next, eventTitle: event.title, eventRevision: event.revision, grade: gradeOf(event) };
}

/** A merge or a rise may bring the due time forward; a later one is never taken. */
export function movedEarlier(
  countdown: Countdown,
  { start, dueAt }: { readonly start: ProvenMoment; readonly dueAt: Date },
  rule: CountdownRule,
  pack: CountdownPack,
): Countdown {
  if (dueAt >= countdown.statutoryDueAt) return countdown;
  const milestones = milestonesOf(start.at, dueAt, rule, pack);
  const moved: Countdown = {
    ...countdown,
    start,
    statutoryDueAt: dueAt,
    managedDueAt: earlierOf(countdown.managedDueAt, dueAt),
    milestones: movedMilestones(countdown.milestones, milestones),
  };
  return withNote(moved, start.at, `起算提前：${start.reason}`);
}

/**
 * Of two events that become one, and of reports found late, the earliest moment counts for the shadow values
 * too; undefined when they stand as they should.
 */
function withEarlierShadow(countdown: Countdown, event: GradedEvent): Countdown | undefined {
  if ((countdown.eventRevision ?? 0) >= event.revision) return undefined;
  const { shadow } = countdown;
  const { firstPublicAt, knownAt, occurredAt } = event;
  const found = { firstPublicAt, knownAt: knownAt.at, occurredAt: occurredAt?.at };
  const earlier = (['firstPublicAt', 'knownAt', 'occurredAt'] as const).flatMap((name) => {
    const [at, before] = [found[name], shadow[name]];
    return at && (!before || at < before) ? [[name, at] as const] : [];
  });
  if (earlier.length === 0) return undefined;
  return { ...countdown, shadow: { ...shadow, ...Object.fromEntries(earlier) } };
}
