import { beginningOf } from '#alert';
import { messageOf } from '#core';
import type { ReadinessPart, ServerDeps } from '../deps.ts';
import { isSomebodyReachable, toGaps, type DutyParts } from '../views/to-person-view.ts';

export type DutyReadDeps = Pick<
  ServerDeps,
  'people' | 'duty' | 'roster' | 'channels' | 'ladderRoles' | 'now'
>;

export async function readDutyParts(deps: DutyReadDeps): Promise<DutyParts> {
  const { channels, ladderRoles } = deps;
  const at = deps.now();
  const table = await deps.roster.reader.table();
  const begins = table && beginningOf(table);
  return {
    byHand: await deps.duty.current(),
    // Until its first shift the two of the duty page are called, and can be set.
    hasRoster: begins !== undefined && begins <= at,
    onDuty: await deps.roster.reader.onDuty(at),
    people: await deps.people.listAll(),
    channels,
    ladderRoles,
  };
}

/** Whether an alert would reach somebody; a part of being ready. */
export async function readDutyReadiness(deps: DutyReadDeps): Promise<ReadinessPart> {
  const name = '值班';
  try {
    const parts = await readDutyParts(deps);
    return { name, isOk: isSomebodyReachable(parts), detail: toGaps(parts).join('；') };
  } catch (error) {
    // Not knowing who is on duty is one more way of not being ready, and no reason to tell nothing else.
    return { name, isOk: false, detail: messageOf(error) };
  }
}
