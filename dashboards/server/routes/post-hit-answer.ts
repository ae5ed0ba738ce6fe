import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { AnswerHitBody, ReleaseParams, ReleaseView } from '#contract';
import { personOf } from '../access.ts';
import type { ServerDeps } from '../deps.ts';
import { readReleaseView, type ReleaseReadDeps } from '../reads/read-release.ts';

type Deps = ReleaseReadDeps & Pick<ServerDeps, 'commands' | 'now'>;

/** POST /api/v1/releases/:releaseId/hit-answers: a decision on what the text check found. */
export function postHitAnswer(deps: Deps): FastifyPluginAsyncZod {
  return async (app) => {
    const schema = {
      summary: '文字检查处理意见',
      params: ReleaseParams,
      body: AnswerHitBody,
      response: { 200: ReleaseView },
    };
    const config = { act: '写文字检查处理意见' };
    app.post('/api/v1/releases/:releaseId/hit-answers', { schema, config }, async (request) => {
      const actor = personOf(request);
      const { releaseId } = request.params;
      const act = { releaseId, ...request.body, actor, at: deps.now() };
      return readReleaseView(deps, await deps.commands.answerHit(act), actor);
    });
  };
}
