import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { PublishReleaseBody, ReleaseParams, ReleaseView } from '#contract';
import { personOf } from '../access.ts';
import type { ServerDeps } from '../deps.ts';
import { readReleaseView, type ReleaseReadDeps } from '../reads/read-release.ts';

type Deps = ReleaseReadDeps & Pick<ServerDeps, 'commands' | 'now'>;

/** POST /api/v1/releases/:releaseId/publication: where a person has published it. */
export function postPublication(deps: Deps): FastifyPluginAsyncZod {
  return async (app) => {
    const schema = {
      summary: '登记发布',
      params: ReleaseParams,
      body: PublishReleaseBody,
      response: { 200: ReleaseView },
    };
    const config = { act: '登记发布' };
    app.post('/api/v1/releases/:releaseId/publication', { schema, config }, async (request) => {
      const actor = personOf(request);
      const { releaseId } = request.params;
      const { publishedAt, ...told } = request.body;
      const act = {
        releaseId,
        ...told,
        ...(publishedAt && { publishedAt: new Date(publishedAt) }),
        actor,
        at: deps.now(),
      };
      return readReleaseView(deps, await deps.commands.publishRelease(act), actor);
    });
  };
}
