import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { DecideGradeBody, EventParams, EventView } from '#contract';
import { personOf } from '../access.ts';
import type { ServerDeps } from '../deps.ts';
import { readEventView, type EventReadDeps } from '../reads/read-event.ts';

type Deps = EventReadDeps & Pick<ServerDeps, 'commands' | 'now'>;

/** POST /api/v1/events/:eventId/grade: confirm, raise, or ask to lower. */
export function postGrade(deps: Deps): FastifyPluginAsyncZod {
  return async (app) => {
    const schema = {
      summary: '确认或调整等级',
      params: EventParams,
      body: DecideGradeBody,
      response: { 200: EventView },
    };
    const config = { act: '确认或调整等级' };
    app.post('/api/v1/events/:eventId/grade', { schema, config }, async (request) => {
      const { eventId } = request.params;
      const { grade, reason, citedFact } = request.body;
      const actor = personOf(request);
      await deps.commands.decideGrade({
        eventId,
        grade,
        actor,
        reason,
        ...(citedFact && { citedFact }),
        at: deps.now(),
      });
      return readEventView(deps, eventId, actor);
    });
  };
}
