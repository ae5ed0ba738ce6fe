import { messageOf } from '#core';
import type { ReadinessPart, ServerDeps } from '../deps.ts';
import { isSomebodyReachable, toGaps, type DutyParts } from '../views/to-person-view.ts';

export type DutyReadDeps = Pick<ServerDeps, 'people' | 'duty' | 'channels' | 'ladderRoles'>;

export async function readDutyParts(deps: DutyReadDeps): Promise<DutyParts> {
  const { channels, ladderRoles } = deps;
  return {
    duty: await deps.duty.current(),
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
