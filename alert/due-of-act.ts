import type { DutyAct, DutyActKind } from './countdown.ts';
import type { ArmingRules } from './arm-countdowns.ts';
import { dueTimeOf } from './due-time.ts';
import { rulesInForce } from './rule-in-force.ts';

/**
 * Until when what begins with one act is to be met by another, by the rule in force; undefined where no rule asks.
 *
 * @throws {CalendarYearMissing}
 */
export function dueOfAct(
  act: Pick<DutyAct, 'kind' | 'doneAt' | 'variant' | 'dueAt'>,
  metBy: DutyActKind,
  { pack, calendar }: ArmingRules,
): Date | undefined {
  const rule = rulesInForce(pack, act.doneAt).find(
    ({ startedBy, satisfiedBy }) => startedBy.includes(act.kind) && satisfiedBy.includes(metBy),
  );
  const keys = act.variant ? [act.variant] : [];
  return rule && dueTimeOf(rule, { startAt: act.doneAt, keys, ownDueAt: act.dueAt }, calendar);
}
