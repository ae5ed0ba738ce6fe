import { beijingMinute } from '#core';
import type { Countdown, DutyAct, Milestone } from './countdown.ts';
import type { CountdownPack } from './countdown-pack.ts';
import { isOpen, met, withNote } from './countdown-state.ts';
import { ruleOf } from './rule-in-force.ts';

export interface PassedMilestones {
  readonly countdown: Countdown;
  /** All that were due, earliest first; after a downtime several, told in one message. */
  readonly passed: readonly Milestone[];
}

/**
 * The countdown with every due milestone fired and its breach recorded; undefined when nothing is due.
 *
 * @param mayConfirmBreach false while a jump of the clock leaves it open whether the due time is here: it
 *   is told, and stays to be confirmed
 */
export function passMilestones(
  countdown: Countdown,
  now: Date,
  mayConfirmBreach = true,
): PassedMilestones | undefined {
  if (!isOpen(countdown)) return undefined;
  const isAtDue = countdown.state !== 'breached' && now >= countdown.statutoryDueAt;
  const isUnsure = isAtDue && !mayConfirmBreach;
  const mark = (one: Milestone): Milestone => {
    if (one.firedAt || one.at > now) return one;
    if (!isUnsure || one.ratio < 1) return { ...one, firedAt: now };
    return one.toldAt ? one : { ...one, toldAt: now };
  };
  const milestones = countdown.milestones.map(mark);
  const passed = milestones.filter((one, number) => one !== countdown.milestones[number]);
  if (passed.length === 0 && (!isAtDue || isUnsure)) return undefined;
  const fired: Countdown = { ...countdown, milestones };
  if (!isAtDue || isUnsure) return { countdown: fired, passed };
  const breached = { ...fired, state: 'breached' as const, breachedAt: countdown.statutoryDueAt };
  const said = `到 ${beijingMinute(countdown.statutoryDueAt)} 没有完成，记为超时`;
  return { countdown: withNote(breached, now, said), passed };
}

/**
 * The countdown met or ended by an act; undefined when the act is none that its rule asks for.
 * What was done before the duty began does not answer it, nor does the act that began it.
 */
export function applyAct(
  countdown: Countdown,
  act: DutyAct,
  pack: Pick<CountdownPack, 'rules'>,
): Countdown | undefined {
  const rule = ruleOf(pack, countdown);
  const isAbout = act.eventId === countdown.eventId && act.target === countdown.target;
  const isAfter = act.doneAt >= countdown.start.at && act.id !== countdown.startActId;
  if (!rule || !isOpen(countdown) || !isAbout || !isAfter) return undefined;
  if (rule.satisfiedBy.includes(act.kind)) return met(countdown, act.doneAt, act.ref, act.what);
  const isInTime = act.doneAt < countdown.statutoryDueAt && countdown.state !== 'breached';
  if (!rule.cancelledBy.includes(act.kind) || !isInTime) return undefined;
  return withNote(
    { ...countdown, state: 'cancelled', cancelReason: act.what },
    act.doneAt,
    act.what,
  );
}
