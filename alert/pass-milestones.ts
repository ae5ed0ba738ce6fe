import { beijingMinute } from '#core';
import type { Countdown, Milestone, SatisfyingAct } from './countdown.ts';
import type { CountdownPack } from './countdown-pack.ts';
import { isOpen, met, withNote } from './countdown-state.ts';

export interface PassedMilestones {
  readonly countdown: Countdown;
  /** All that were due, earliest first; after a downtime several, told in one message. */
  readonly passed: readonly Milestone[];
}

/** The countdown with every due milestone fired and its breach recorded; undefined when nothing is due. */
export function passMilestones(countdown: Countdown, now: Date): PassedMilestones | undefined {
  if (!isOpen(countdown)) return undefined;
  const passed = countdown.milestones.filter(({ at, firedAt }) => !firedAt && at <= now);
  const isBreach = countdown.state !== 'breached' && now > countdown.statutoryDueAt;
  const isAtDue = countdown.state !== 'breached' && now >= countdown.statutoryDueAt;
  if (passed.length === 0 && !isBreach) return undefined;
  const milestones = countdown.milestones.map((one) =>
    passed.includes(one) ? { ...one, firedAt: now } : one,
  );
  const fired: Countdown = { ...countdown, milestones };
  if (!isAtDue) return { countdown: fired, passed };
  const breached = { ...fired, state: 'breached' as const, breachedAt: countdown.statutoryDueAt };
  const said = `到 ${beijingMinute(countdown.statutoryDueAt)} 没有完成，记为超时`;
  return { countdown: withNote(breached, now, said), passed };
}

/** The countdown met by an act of its event; undefined when the act is none that its rule asks for. */
export function applyAct(
  countdown: Countdown,
  act: SatisfyingAct,
  pack: CountdownPack,
): Countdown | undefined {
  const rule = pack.rules.find(({ code }) => code === countdown.code);
  if (!rule?.satisfiedBy.includes(act.kind) || !isOpen(countdown)) return undefined;
  // What was said before the duty began does not answer it.
  if (act.eventId !== countdown.eventId || act.doneAt < countdown.start.at) return undefined;
  return met(countdown, act.doneAt, act.ref, act.what);
}
