import { amend } from '#core';
import type { OpinionEventStore } from '../ports.ts';
import { demandUnmerged, type OpinionEvent } from './opinion-event.ts';
import { withEffect } from './update-event.ts';

/**
 * 结案: the event takes no more leads; its record stays. Safe to repeat. Who may and whether it is time is decided by
 * whoever keeps the conditions.
 *
 * @throws {Refused} when the event goes on under another one @throws {NotFound}
 */
export async function closeEvent(
  events: OpinionEventStore,
  eventId: string,
): Promise<OpinionEvent> {
  return await amend(events, eventId, (event) => {
    demandUnmerged(event);
    if (event.state === 'closed') return undefined;
    return withEffect({ ...event, state: 'closed', revision: event.revision + 1 });
  });
}

/**
 * 重启: a closed event is open again and takes leads again. Safe to repeat; who may is decided by whoever keeps the
 * record of the closing.
 *
 * @throws {Refused} when the event goes on under another one @throws {NotFound}
 */
export async function reopenEvent(
  events: OpinionEventStore,
  eventId: string,
): Promise<OpinionEvent> {
  return await amend(events, eventId, (event) => {
    demandUnmerged(event);
    if (event.state !== 'closed') return undefined;
    return withEffect({ ...event, state: 'reopened', revision: event.revision + 1 });
  });
}
