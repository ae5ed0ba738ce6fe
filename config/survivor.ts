import { NotFound } from '#core';
import type { OpinionEvent, OpinionEventStore } from '#analyze';

/** The event under which a matter goes on, after however many merges. @throws {NotFound} */
export async function survivorOf(
  events: Pick<OpinionEventStore, 'findById' | 'kind'>,
  eventId: string,
): Promise<OpinionEvent> {
  const passed = new Set<string>();
  let at = eventId;
  for (;;) {
    const event = await events.findById(at);
    if (!event) throw new NotFound(events.kind, at);
    const { state, mergedInto } = event;
    passed.add(at);
    if (state !== 'merged' || !mergedInto || passed.has(mergedInto)) return event;
    at = mergedInto;
  }
}
