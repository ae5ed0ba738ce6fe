import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { DraftReleaseBody, ReleaseParams, ReleaseView } from '#contract';
import { personOf } from '../access.ts';
import type { ServerDeps } from '../deps.ts';
import { findRelease, readReleaseView, type ReleaseReadDeps } from '../reads/read-release.ts';
import { toDraft } from '../to-draft.ts';

type Deps = ReleaseReadDeps & Pick<ServerDeps, 'commands' | 'now'>;

/** GET and PUT /api/v1/releases/:releaseId: one text; changing it makes its signatures void. */
export function oneRelease(deps: Deps): FastifyPluginAsyncZod {
  return async (app) => {
    const params = ReleaseParams;
    const response = { 200: ReleaseView };
    const read = { summary: '一份发布稿', params, response };
    app.get('/api/v1/releases/:releaseId', { schema: read }, async (request) => {
      const release = await findRelease(deps, request.params.releaseId);
      return readReleaseView(deps, release, personOf(request));
    });

    const schema = { summary: '修改发布稿', params, body: DraftReleaseBody, response };
    const config = { act: '修改发布稿' };
    app.put('/api/v1/releases/:releaseId', { schema, config }, async (request) => {
      const actor = personOf(request);
      const release = await deps.commands.editRelease({
        releaseId: request.params.releaseId,
        draft: toDraft(request.body),
        actor,
        at: deps.now(),
      });
      return readReleaseView(deps, release, actor);
    });
  };
}
