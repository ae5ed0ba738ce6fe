import { earlierOf, idOf } from '#core';
import type { Countdown } from './countdown.ts';
import { isOpen, withNote } from './countdown-state.ts';

/**
 * The survivor's countdown in which one of a merged event goes on; undefined when an open one of the same duty is due
 * no later. A duty that the survivor has met is no reason to drop this one: merging removes no running countdown
 * (domain 3.9). What was told of it already is not told again.
 *
 * @param existing the survivor's countdowns
 */
export function carryCountdown(
  own: Countdown,
  survivorId: string,
  existing: readonly Countdown[],
  now: Date,
): Countdown | undefined {
  const open = existing.find(
    (one) => one.code === own.code && one.part === own.part && isOpen(one),
  );
  if (open && open.statutoryDueAt <= own.statutoryDueAt) return undefined;
  const { start, statutoryDueAt, milestones, eventTitle, isBornBreached, breachedAt } = own;
  const breach = own.state === 'breached' && {
    state: own.state,
    isBornBreached,
    ...(breachedAt && { breachedAt }),
    ...(own.causes && { causes: [...(open?.causes ?? []), ...own.causes] }),
  };
  const what = `承接《${eventTitle}》的时限：${start.reason}`;
  if (open) {
    const managedDueAt = earlierOf(open.managedDueAt, own.managedDueAt);
    return withNote(
      { ...open, start, statutoryDueAt, managedDueAt, milestones, ...breach },
      now,
      what,
    );
  }
  const carried: Countdown = {
    ...own,
    id: carriedId(survivorId, own.id),
    revision: 1,
    effects: [],
    eventId: survivorId,
    eventTitle: existing[0]?.eventTitle ?? eventTitle,
    // Revisions of another event say nothing here.
    eventRevision: 0,
    history: [],
  };
  return withNote(carried, now, what);
}

export const carriedId = (survivorId: string, countdownId: string): string =>
  idOf('carried', survivorId, countdownId);
