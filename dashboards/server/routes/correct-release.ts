import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { CorrectReleaseBody, ReleaseParams, ReleaseView, WithdrawReleaseBody } from '#contract';
import { personOf } from '../access.ts';
import type { ServerDeps } from '../deps.ts';
import { readReleaseView, type ReleaseReadDeps } from '../reads/read-release.ts';
import { toDraft } from '../to-draft.ts';

type Deps = ReleaseReadDeps & Pick<ServerDeps, 'commands' | 'now'>;

/** POST /api/v1/releases/:releaseId/correction and …/withdrawal: what was published is put right or withdrawn. */
export function correctRelease(deps: Deps): FastifyPluginAsyncZod {
  return async (app) => {
    const params = ReleaseParams;
    const correction = {
      summary: '拟更正稿',
      params,
      body: CorrectReleaseBody,
      response: { 201: ReleaseView },
    };
    const drafting = { schema: correction, config: { act: '拟更正稿' } };
    app.post('/api/v1/releases/:releaseId/correction', drafting, async (request, reply) => {
      const actor = personOf(request);
      const { reason, ...draft } = request.body;
      const release = await deps.commands.draftCorrection({
        releaseId: request.params.releaseId,
        reason,
        draft: toDraft(draft),
        actor,
        at: deps.now(),
      });
      return reply.code(201).send(await readReleaseView(deps, release, actor));
    });

    const withdrawal = {
      summary: '登记撤回',
      params,
      body: WithdrawReleaseBody,
      response: { 200: ReleaseView },
    };
    const withdrawing = { schema: withdrawal, config: { act: '登记撤回' } };
    app.post('/api/v1/releases/:releaseId/withdrawal', withdrawing, async (request) => {
      const actor = personOf(request);
      const { releaseId } = request.params;
      const act = { releaseId, ...request.body, actor, at: deps.now() };
      return readReleaseView(deps, await deps.commands.withdrawRelease(act), actor);
    });
  };
}
