import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { IntakeResult, ManualPostBody } from '#contract';
import { personOf } from '../access.ts';
import type { ServerDeps } from '../deps.ts';

/** POST /api/v1/posts: what a person heard, entered by hand. */
export function postManualPost({
  commands,
  now,
}: Pick<ServerDeps, 'commands' | 'now'>): FastifyPluginAsyncZod {
  return async (app) => {
    const schema = {
      summary: '人工录入一条信息',
      body: ManualPostBody,
      response: { 200: IntakeResult },
    };
    app.post('/api/v1/posts', { schema, config: { act: '人工录入信息' } }, async (request) => {
      const { publishedAt, ...body } = request.body;
      const { id, funnel } = await commands.enterPost({
        ...body,
        ...(publishedAt && { published: publishedAt }),
        actor: personOf(request),
        at: now(),
      });
      return { runId: id, funnel };
    });
  };
}
