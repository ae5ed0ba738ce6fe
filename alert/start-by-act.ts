import { GRADES, graverOf, idOf, isAtLeast, type Grade } from '#core';
import type { Countdown, DutyAct } from './countdown.ts';
import { armedWords, identityOf, movedEarlier, type ArmingRules } from './arm-countdowns.ts';
import { isOpen, withNote } from './countdown-state.ts';
import type { CountdownRule } from './countdown-pack.ts';
import { dueTimeIn } from './due-time.ts';
import { milestonesOf } from './milestones.ts';
import { ruleKey, ruleOf, rulesInForce } from './rule-in-force.ts';

/** What the countdowns of an event tell of it. */
interface Surroundings {
  readonly grade?: Grade | undefined;
  readonly triggeredAt?: Date | undefined;
  readonly newest?: Countdown | undefined;
}

/**
 * The countdowns that an act begins or brings forward. The id comes from the act, so one that comes
 * again begins nothing twice; while a duty of its kind is open, only an earlier due time counts.
 *
 * @param siblings every countdown of the act's event, or of its target where it has no event
 * @throws {CalendarYearMissing} where the rules have no `laterFor`
 */
export function startByAct(
  act: DutyAct,
  siblings: readonly Countdown[],
  rules: ArmingRules,
  now: Date,
): readonly Countdown[] {
  const around = surroundingsOf(siblings, rules);
  const begun = rulesInForce(rules.pack, act.doneAt)
    .filter((rule) => rule.startedBy.includes(act.kind) && isFor(rule, around))
    .flatMap((rule) => begin(rule, act, siblings, around, rules, now) ?? []);
  const shortened = siblings.flatMap((one) => shorten(one, act, rules) ?? []);
  return [...begun, ...shortened];
}

const isFor = (rule: CountdownRule, { grade }: Surroundings): boolean =>
  !rule.isForGrave || (grade !== undefined && isAtLeast(grade, 'L2'));

function surroundingsOf(siblings: readonly Countdown[], { pack }: ArmingRules): Surroundings {
  const triggered = siblings.filter((one) => ruleOf(pack, one)?.appliesTo === 'triggered');
  const newest = siblings
    .toSorted((a, b) => (a.eventRevision ?? 0) - (b.eventRevision ?? 0))
    .at(-1);
  return {
    newest,
    grade:
      newest?.grade ?? triggered.map(({ grade }) => grade ?? 'WATCH').reduce(graverOf, 'WATCH'),
    triggeredAt: triggered.map(({ start }) => start.at).toSorted((a, b) => +a - +b)[0],
  };
}

function begin(
  rule: CountdownRule,
  act: DutyAct,
  siblings: readonly Countdown[],
  { grade, triggeredAt, newest }: Surroundings,
  rules: ArmingRules,
  now: Date,
): Countdown | undefined {
  const keys = [act.variant, grade].filter((key) => key !== undefined);
  const parts = { startAt: act.doneAt, keys, triggeredAt, ownDueAt: act.dueAt };
  const id = idOf('countdown', act.id, ruleKey(rule));
  const { pack } = rules;
  const dueAt = dueTimeIn(rule, parts, rules);
  if (!dueAt || siblings.some((one) => one.id === id)) return undefined;
  const start = { at: act.doneAt, recordId: act.ref, reason: act.what };
  const open = siblings.find(
    (one) => isOpen(one) && ruleKey(one) === ruleKey(rule) && one.target === act.target,
  );
  if (open) {
    if (act.doneAt < open.start.at) return undefined;
    const moved = movedEarlier(open, { start: open.start, dueAt }, rule, pack);
    return moved === open ? undefined : moved;
  }
  const isBornBreached = dueAt <= now;
  const gradeOfAct = GRADES.find((one) => one === act.variant) ?? grade;
  const countdown: Countdown = {
    id,
    revision: 1,
    effects: [],
    ...(act.eventId && { eventId: act.eventId }),
    ...(act.target && { target: act.target }),
    ...(act.unit && { unit: act.unit }),
    eventTitle: act.title ?? newest?.eventTitle ?? act.what,
    isDrill: act.isDrill ?? newest?.isDrill ?? false,
    ...identityOf(rule),
    start,
    startActId: act.id,
    shadow: newest?.shadow ?? {},
    statutoryDueAt: dueAt,
    managedDueAt: dueAt,
    state: isBornBreached ? 'breached' : 'running',
    milestones: milestonesOf(act.doneAt, dueAt, rule, pack),
    armedAt: now,
    isBornBreached,
    ...(isBornBreached && { breachedAt: dueAt }),
    ...(gradeOfAct && { grade: gradeOfAct }),
    history: [],
  };
  return withNote(countdown, now, armedWords(countdown));
}

/** A fact that is known asks for the next word sooner. */
function shorten(countdown: Countdown, act: DutyAct, { pack }: ArmingRules): Countdown | undefined {
  if (!isOpen(countdown) || act.doneAt < countdown.start.at) return undefined;
  const rule = ruleOf(pack, countdown);
  const by = rule?.shortenedBy.find((one) => one.act === act.kind);
  if (!rule || !by || countdown.target !== act.target) return undefined;
  const dueAt = new Date(act.doneAt.getTime() + by.durationMs);
  const start = { ...countdown.start, reason: `${countdown.start.reason}；${act.what}` };
  const moved = movedEarlier(countdown, { start, dueAt }, rule, pack);
  return moved === countdown ? undefined : moved;
}
