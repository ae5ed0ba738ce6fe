import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { CorrectProposalBody, EventParams, EventView } from '#contract';
import { personOf } from '../access.ts';
import type { ServerDeps } from '../deps.ts';
import { readEventView, type EventReadDeps } from '../reads/read-event.ts';

type Deps = EventReadDeps & Pick<ServerDeps, 'commands' | 'now'>;

/** POST /api/v1/events/:eventId/corrections: a person puts another value in the place of a proposal. */
export function postCorrection(deps: Deps): FastifyPluginAsyncZod {
  return async (app) => {
    const schema = {
      summary: '更正研判',
      params: EventParams,
      body: CorrectProposalBody,
      response: { 200: EventView },
    };
    const config = { act: '更正研判' };
    app.post('/api/v1/events/:eventId/corrections', { schema, config }, async (request) => {
      const { eventId } = request.params;
      const actor = personOf(request);
      await deps.commands.correctProposal({ ...request.body, eventId, actor, at: deps.now() });
      return readEventView(deps, eventId, actor);
    });
  };
}
