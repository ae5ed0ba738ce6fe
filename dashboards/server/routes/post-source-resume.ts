import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { SourceParams, SourceView } from '#contract';
import { personOf } from '../access.ts';
import type { ServerDeps } from '../deps.ts';
import { readSourceView } from '../reads/read-source.ts';

type Deps = Pick<ServerDeps, 'sources' | 'commands' | 'now'>;

/** POST /api/v1/sources/:sourceId/resume: it is read again, at once. */
export function postSourceResume(deps: Deps): FastifyPluginAsyncZod {
  return async (app) => {
    const schema = {
      summary: '恢复信息源',
      params: SourceParams,
      response: { 200: SourceView },
    };
    const config = { access: 'signedIn', act: '恢复信息源' } as const;
    app.post('/api/v1/sources/:sourceId/resume', { schema, config }, async (request) => {
      const { sourceId } = request.params;
      await deps.commands.resumeSource({ sourceId, actor: personOf(request), at: deps.now() });
      return readSourceView(deps, sourceId);
    });
  };
}
