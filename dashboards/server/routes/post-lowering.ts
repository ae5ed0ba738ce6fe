import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { DecideLoweringBody, EventParams, EventView } from '#contract';
import { personOf } from '../access.ts';
import type { ServerDeps } from '../deps.ts';
import { readEventView, type EventReadDeps } from '../reads/read-event.ts';

type Deps = EventReadDeps & Pick<ServerDeps, 'commands' | 'now'>;

/** POST /api/v1/events/:eventId/lowering: the second person's answer. */
export function postLowering(deps: Deps): FastifyPluginAsyncZod {
  return async (app) => {
    const schema = {
      summary: '批准或不同意降级',
      params: EventParams,
      body: DecideLoweringBody,
      response: { 200: EventView },
    };
    const config = { act: '答复降级申请' };
    app.post('/api/v1/events/:eventId/lowering', { schema, config }, async (request) => {
      const { eventId } = request.params;
      const actor = personOf(request);
      await deps.commands.decideLowering({ eventId, ...request.body, actor, at: deps.now() });
      return readEventView(deps, eventId, actor);
    });
  };
}
