import { ROLE_WORDS } from '#core';
import type { AlertingDeps } from './deps.ts';
import { SEAT_WORDS } from './duty/duty-roster.ts';
import { addressOn } from './step-ladder.ts';

const ON_DUTY_WORDS = { ...SEAT_WORDS, first: '第一值班员' };

/** What stands in the way of reaching people, in words; empty when every step of every ladder reaches someone. */
export async function describeReach(
  deps: Pick<AlertingDeps, 'roster' | 'channels' | 'ladderPack' | 'now'>,
): Promise<readonly string[]> {
  const { roster, channels, ladderPack } = deps;
  const gaps = new Set<string>();
  if (channels.size === 0) gaps.add('没有配置任何通知通道，通知送不到人');
  const calls = ladderPack.acknowledgement.flatMap(({ steps }) =>
    steps.flatMap((one) => one.calls),
  );
  for (const call of calls) {
    const people = await roster.onCall(call.role, call.seat, deps.now());
    const whom = call.role === 'dutyOfficer' ? ON_DUTY_WORDS[call.seat] : ROLE_WORDS[call.role];
    if (people.length === 0 && !call.isIfNamed) gaps.add(`没有${whom}`);
    const isReached = people.some((person) =>
      call.channels.some((kind) => channels.has(kind) && addressOn(person, kind) !== undefined),
    );
    if (people.length > 0 && !isReached) gaps.add(`${whom}没有人能收到通知`);
  }
  return [...gaps];
}
