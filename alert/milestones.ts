import type { Role } from '#core';
import type { Milestone } from './countdown.ts';
import type { CountdownPack, CountdownRule } from './countdown-pack.ts';

/** When a countdown speaks: at shares of its time, and a fixed time before its end where the rule says so. */
export function milestonesOf(
  startAt: Date,
  dueAt: Date,
  rule: Pick<CountdownRule, 'warnBeforeMs'>,
  pack: Pick<CountdownPack, 'milestones'>,
): Milestone[] {
  const lengthMs = Math.max(0, dueAt.getTime() - startAt.getTime());
  const shares = pack.milestones.map(({ ratio }) => ({
    ratio,
    at: new Date(startAt.getTime() + Math.round(lengthMs * ratio)),
  }));
  const fixed = rule.warnBeforeMs
    .filter((beforeMs) => beforeMs < lengthMs)
    // One that falls on a share would say the same twice.
    .filter((beforeMs) => !shares.some(({ at }) => +at === dueAt.getTime() - beforeMs))
    .map((beforeMs) => ({
      ratio: 1 - beforeMs / lengthMs,
      beforeMs,
      at: new Date(dueAt.getTime() - beforeMs),
    }));
  return [...shares, ...fixed].toSorted((a, b) => a.at.getTime() - b.at.getTime());
}

/** Milestones at their new times; what fired stays fired. */
export function movedMilestones(
  before: readonly Milestone[],
  moved: readonly Milestone[],
): Milestone[] {
  const keyOf = ({ ratio, beforeMs }: Milestone): string =>
    beforeMs === undefined ? `share ${ratio}` : `before ${beforeMs}`;
  const fired = new Map(before.map((one) => [keyOf(one), one.firedAt]));
  return moved.map((one) => {
    const firedAt = fired.get(keyOf(one));
    return firedAt ? { ...one, firedAt } : one;
  });
}

/** Who hears of a milestone: those of the last share reached; of a fixed warning too. */
export function rolesToTell(
  { ratio }: Pick<Milestone, 'ratio'>,
  { milestones }: Pick<CountdownPack, 'milestones'>,
): readonly Role[] {
  const reached = milestones.filter((one) => one.ratio <= ratio);
  return (reached.at(-1) ?? milestones[0])?.tell ?? [];
}
