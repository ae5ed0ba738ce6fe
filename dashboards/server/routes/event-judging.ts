import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { EventParams, JudgingBody, JudgingView } from '#contract';
import { personOf } from '../access.ts';
import type { ServerDeps } from '../deps.ts';
import { toJudgingView } from '../views/to-judging-view.ts';

type Deps = Pick<ServerDeps, 'judging' | 'now'>;

/** GET and POST /api/v1/events/:eventId/judging: from the assessment to the closing; one act on the way. */
export function eventJudging({ judging, now }: Deps): FastifyPluginAsyncZod {
  return async (app) => {
    const path = '/api/v1/events/:eventId/judging';
    const read = {
      summary: '事件的研判、会商、口径、评估',
      params: EventParams,
      response: { 200: JudgingView },
    };
    app.get(path, { schema: read }, async (request) =>
      toJudgingView(await judging.read(request.params.eventId, personOf(request))),
    );

    const schema = {
      summary: '研判、会商、口径、评估或结案的一步',
      params: EventParams,
      body: JudgingBody,
      response: { 200: JudgingView },
    };
    const config = { act: '研判、会商、口径、评估、结案' };
    app.post(path, { schema, config }, async (request) => {
      const { eventId } = request.params;
      const actor = personOf(request);
      await judging.act({ eventId, body: request.body, actor, at: now() });
      return toJudgingView(await judging.read(eventId, actor));
    });
  };
}
