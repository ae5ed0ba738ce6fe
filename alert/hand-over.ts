import { amend, MACHINE } from '#core';
import type { GradedEvent } from '#analyze';
import { carriedId, carryCountdown } from './carry-countdown.ts';
import { isOpen, withNote } from './countdown-state.ts';
import type { AlertingDeps } from './deps.ts';

/**
 * Duties and calls of a merged event go on under the survivor, first there and then no more here: a crash in
 * between leaves a duty twice, never not at all. Those of an event that was taken out again come back.
 *
 * @returns whether the event is merged, and so asks for nothing itself
 */
export async function handOver(event: GradedEvent, deps: AlertingDeps): Promise<boolean> {
  const { mergedInto } = event;
  const isMerged = event.state === 'merged' && mergedInto !== undefined;
  if (isMerged) await passOn(event, mergedInto, deps);
  else await comeBack(event, deps);
  return isMerged;
}

async function passOn(
  { id: eventId }: GradedEvent,
  survivorId: string,
  { alerts, countdowns, now }: AlertingDeps,
): Promise<void> {
  for (const own of (await countdowns.listByEvent(eventId)).filter(isOpen)) {
    const existing = await countdowns.listByEvent(survivorId);
    const next = carryCountdown(own, survivorId, existing, now());
    if (next && !(await countdowns.create(next))) {
      await amend(countdowns, next.id, (found) => carryCountdown(own, survivorId, [found], now()));
    }
    await amend(countdowns, own.id, (found) =>
      withNote(
        { ...found, continuedUnder: survivorId },
        now(),
        '事件已并入，时限在并入后的事件继续',
      ),
    );
  }
  for (const { id } of await alerts.listByEvent(eventId)) {
    await amend(alerts, id, (found) => {
      if (found.continuedUnder === survivorId) return undefined;
      const what = '事件已并入，由并入后事件的预警继续';
      return {
        ...found,
        continuedUnder: survivorId,
        history: [...found.history, { at: now(), actor: MACHINE, what }],
      };
    });
  }
}

async function comeBack(
  { id: eventId }: GradedEvent,
  { alerts, countdowns, now }: AlertingDeps,
): Promise<void> {
  for (const { id, continuedUnder } of await countdowns.listByEvent(eventId)) {
    if (continuedUnder === undefined) continue;
    await amend(countdowns, id, ({ continuedUnder: _left, ...found }) =>
      withNote(found, now(), '事件已分出，时限在此继续'),
    );
    const carried = await countdowns.findById(carriedId(continuedUnder, id));
    if (!carried) continue;
    await amend(countdowns, carried.id, (found) =>
      withNote({ ...found, continuedUnder: eventId }, now(), '事件已分出，时限在原事件继续'),
    );
  }
  for (const { id, continuedUnder } of await alerts.listByEvent(eventId)) {
    if (continuedUnder === undefined) continue;
    await amend(alerts, id, ({ continuedUnder: _left, ...found }) => found);
  }
}
