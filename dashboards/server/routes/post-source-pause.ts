import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { PauseSourceBody, SourceParams, SourceView } from '#contract';
import { personOf } from '../access.ts';
import type { ServerDeps } from '../deps.ts';
import { readSourceView } from '../reads/read-source.ts';

type Deps = Pick<ServerDeps, 'sources' | 'commands' | 'now'>;

/** POST /api/v1/sources/:sourceId/pause: it is not read until somebody resumes it. */
export function postSourcePause(deps: Deps): FastifyPluginAsyncZod {
  return async (app) => {
    const schema = {
      summary: '停用信息源',
      params: SourceParams,
      body: PauseSourceBody,
      response: { 200: SourceView },
    };
    // Intake says who keeps the sources; a system administrator is one of them.
    const config = { access: 'signedIn', act: '停用信息源' } as const;
    app.post('/api/v1/sources/:sourceId/pause', { schema, config }, async (request) => {
      const { sourceId } = request.params;
      const { reason } = request.body;
      const act = { sourceId, actor: personOf(request), at: deps.now() };
      await deps.commands.pauseSource({ ...act, reason });
      return readSourceView(deps, sourceId);
    });
  };
}
