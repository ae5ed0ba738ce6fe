import type { DutyParts } from '../views/to-person-view.ts';
import type { ServerDeps } from '../deps.ts';

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
