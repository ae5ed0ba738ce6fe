import { amend, HOUR_MS, MINUTE_MS, type Now } from '#core';
import { updateEvent } from '../events/update-event.ts';
import type { LeadStore, OpinionEventStore } from '../ports.ts';
import type { GradingContext } from './event-meter.ts';

const QUARTER_MS = 15 * MINUTE_MS;
/** A rate counts posts of the last hour: an event without one cannot rise by itself. */
const STIRRING_MS = HOUR_MS + QUARTER_MS;

/**
 * Judges again, once in each quarter of an hour, the events that had posts within the hour. What it finds,
 * `replayGrade` finds at the same moments when it looks back: being late or missed changes nothing.
 *
 * @returns a step that tells how many events it changed
 */
export function createRegrading(deps: {
  readonly events: OpinionEventStore;
  readonly leads: LeadStore;
  readonly context: GradingContext;
  readonly now: Now;
}): () => Promise<number> {
  const { events, leads, context, now } = deps;
  // The quarter in which it starts is over for it: the next one looks back over all there were.
  let doneUntil = quarterOf(now());

  return async () => {
    const at = now();
    const quarter = quarterOf(at);
    if (quarter <= doneUntil) return 0;
    let changed = 0;
    for (const found of await events.listOpenSince(new Date(at.getTime() - STIRRING_MS))) {
      const parts = await leads.listByEvent(found.id);
      const next = await amend(events, found.id, (event) =>
        updateEvent(event, { leads: parts, terms: event.topTerms }, context, at),
      );
      if (next.revision !== found.revision) changed += 1;
    }
    doneUntil = quarter;
    return changed;
  };
}

const quarterOf = (at: Date): number => Math.floor(at.getTime() / QUARTER_MS) * QUARTER_MS;
