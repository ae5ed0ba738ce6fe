import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { EventParams, EventRow, EventView } from '#contract';
import { personOf } from '../access.ts';
import { readEventView, type EventReadDeps } from '../reads/read-event.ts';
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

/** GET /api/v1/events/:eventId: everything known of one event. */
export function getEvent(deps: EventReadDeps): FastifyPluginAsyncZod {
  return async (app) => {
    const schema = { summary: '一个舆情事件', params: EventParams, response: { 200: EventView } };
    app.get('/api/v1/events/:eventId', { schema }, (request) =>
      readEventView(deps, request.params.eventId, personOf(request)),
    );
  };
}
