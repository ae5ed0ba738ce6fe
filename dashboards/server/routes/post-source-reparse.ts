import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { ReparseBody, ReparsedView, SourceParams } from '#contract';
import { z } from 'zod';
import { personOf } from '../access.ts';
import type { ServerDeps } from '../deps.ts';
import { toReparsedView } from '../views/to-reparsed-view.ts';

/** POST /api/v1/sources/:sourceId/reparse: its quarantined items, or one, by its present reader, tried or taken. */
export function postSourceReparse({
  commands,
  now,
}: Pick<ServerDeps, 'commands' | 'now'>): FastifyPluginAsyncZod {
  return async (app) => {
    const schema = {
      summary: '重新解析隔离的条目',
      params: SourceParams,
      body: ReparseBody,
      response: { 200: z.array(ReparsedView) },
    };
    const config = { access: 'signedIn', act: '重新解析隔离条目' } as const;
    app.post('/api/v1/sources/:sourceId/reparse', { schema, config }, async (request) => {
      const { sourceId } = request.params;
      const act = { ...request.body, sourceId, actor: personOf(request), at: now() };
      return (await commands.reparseQuarantined(act)).map(toReparsedView);
    });
  };
}
