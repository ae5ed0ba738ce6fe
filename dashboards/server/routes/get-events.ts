import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { EventRow } from '#contract';
import type { EventReadDeps } from '../reads/read-event.ts';
import { toEventRow } from '../views/to-event-row.ts';

const MOST_ROWS = 200;

/** GET /api/v1/events: the newest events, closed ones too. */
export function getEvents(deps: EventReadDeps): FastifyPluginAsyncZod {
  return async (app) => {
    const schema = { summary: '舆情事件', response: { 200: z.array(EventRow) } };
    app.get('/api/v1/events', { schema }, async () => {
      const open = await deps.countdowns.listOpen();
      const byEvent = Map.groupBy(open, ({ eventId }) => eventId);
      const events = await deps.events.listNewest(MOST_ROWS);
      return events.map((event) => toEventRow(event, byEvent.get(event.id) ?? []));
    });
  };
}
