import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { EventParams, EventView, FindingBody } from '#contract';
import { personOf } from '../access.ts';
import type { ServerDeps } from '../deps.ts';
import { readEventView, type EventReadDeps } from '../reads/read-event.ts';

type Deps = EventReadDeps & Pick<ServerDeps, 'commands' | 'now'>;

/** POST /api/v1/events/:eventId/findings: what a person found out beside the posts. */
export function postFinding(deps: Deps): FastifyPluginAsyncZod {
  return async (app) => {
    const schema = {
      summary: '登记核实情况',
      params: EventParams,
      body: FindingBody,
      response: { 200: EventView },
    };
    const config = { act: '登记核实情况' };
    app.post('/api/v1/events/:eventId/findings', { schema, config }, async (request) => {
      const { eventId } = request.params;
      const actor = personOf(request);
      await deps.commands.recordFinding({ eventId, finding: request.body, actor, at: deps.now() });
      return readEventView(deps, eventId, actor);
    });
  };
}
