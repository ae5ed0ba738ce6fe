import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { SourceParams, SourceView } from '#contract';
import { personOf } from '../access.ts';
import type { ServerDeps } from '../deps.ts';
import { readSourceView } from '../reads/read-source.ts';

type Deps = Pick<ServerDeps, 'sources' | 'commands' | 'now'>;

/** POST /api/v1/sources/:sourceId/look: read it now; what comes of it is told as a change. */
export function postSourceLook(deps: Deps): FastifyPluginAsyncZod {
  return async (app) => {
    const schema = {
      summary: '立即读取信息源',
      params: SourceParams,
      response: { 202: SourceView },
    };
    const config = { access: 'signedIn', act: '立即读取信息源' } as const;
    app.post('/api/v1/sources/:sourceId/look', { schema, config }, async (request, reply) => {
      const { sourceId } = request.params;
      await deps.commands.lookAtSource({ sourceId, actor: personOf(request), at: deps.now() });
      return reply.code(202).send(await readSourceView(deps, sourceId));
    });
  };
}
