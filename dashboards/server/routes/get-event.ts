import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { EventParams, EventView } from '#contract';
import { personOf } from '../access.ts';
import { readEventView, type EventReadDeps } from '../reads/read-event.ts';

/** GET /api/v1/events/:eventId: everything known of one event. */
export function getEvent(deps: EventReadDeps): FastifyPluginAsyncZod {
  return async (app) => {
    const schema = { summary: '一个舆情事件', params: EventParams, response: { 200: EventView } };
    app.get('/api/v1/events/:eventId', { schema }, (request) =>
      readEventView(deps, request.params.eventId, personOf(request)),
    );
  };
}
