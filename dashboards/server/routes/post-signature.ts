import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { ReleaseParams, ReleaseView, SignReleaseBody } from '#contract';
import { personOf } from '../access.ts';
import type { ServerDeps } from '../deps.ts';
import { readReleaseView, type ReleaseReadDeps } from '../reads/read-release.ts';

type Deps = ReleaseReadDeps & Pick<ServerDeps, 'commands' | 'now'>;

/** POST /api/v1/releases/:releaseId/signatures: one step of the review. */
export function postSignature(deps: Deps): FastifyPluginAsyncZod {
  return async (app) => {
    const schema = {
      summary: '审查签署',
      params: ReleaseParams,
      body: SignReleaseBody,
      response: { 200: ReleaseView },
    };
    const config = { act: '签署发布稿审查' };
    app.post('/api/v1/releases/:releaseId/signatures', { schema, config }, async (request) => {
      const actor = personOf(request);
      const { releaseId } = request.params;
      const act = { releaseId, ...request.body, actor, at: deps.now() };
      return readReleaseView(deps, await deps.commands.signRelease(act), actor);
    });
  };
}
