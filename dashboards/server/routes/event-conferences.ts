import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { ConferenceView, EventParams, RecordConferenceBody } from '#contract';
import { personOf } from '../access.ts';
import type { ServerDeps } from '../deps.ts';
import { toConferenceView } from '../views/to-conference-view.ts';

type Deps = Pick<ServerDeps, 'conferences' | 'commands' | 'now'>;

/** GET and POST /api/v1/events/:eventId/conferences: conferences held on an event; one more. */
export function eventConferences(deps: Deps): FastifyPluginAsyncZod {
  return async (app) => {
    const list = {
      summary: '事件的新闻发布会',
      params: EventParams,
      response: { 200: z.array(ConferenceView) },
    };
    app.get('/api/v1/events/:eventId/conferences', { schema: list }, async (request) => {
      const held = await deps.conferences.listByEvent(request.params.eventId);
      return held.map(toConferenceView);
    });

    const schema = {
      summary: '登记新闻发布会',
      params: EventParams,
      body: RecordConferenceBody,
      response: { 201: ConferenceView },
    };
    const config = { act: '登记新闻发布会' };
    app.post('/api/v1/events/:eventId/conferences', { schema, config }, async (request, reply) => {
      const { heldAt, ...told } = request.body;
      const conference = await deps.commands.recordConference({
        eventId: request.params.eventId,
        conference: { ...told, heldAt: new Date(heldAt) },
        actor: personOf(request),
        at: deps.now(),
      });
      return reply.code(201).send(toConferenceView(conference));
    });
  };
}
