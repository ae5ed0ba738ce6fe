import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { ReleaseParams, ReleaseView, SignReleaseBody, SubmitReleaseBody } from '#contract';
import { personOf } from '../access.ts';
import { readReleaseView, type ReleaseReadDeps } from '../reads/read-release.ts';
import { signWithFactor, type SignDeps } from '../sign-release.ts';

type Deps = ReleaseReadDeps & SignDeps;

/** POST /api/v1/releases/:releaseId/submission and …/signatures: to its reviewers, and one step of the review. */
export function postSignature(deps: Deps): FastifyPluginAsyncZod {
  const { commands, now } = deps;
  return async (app) => {
    const params = ReleaseParams;
    const response = { 200: ReleaseView };
    const submit = { summary: '送审', params, body: SubmitReleaseBody, response };
    app.post(
      '/api/v1/releases/:releaseId/submission',
      { schema: submit, config: { act: '送审' } },
      async (request) => {
        const actor = personOf(request);
        const { releaseId } = request.params;
        const act = { releaseId, ...request.body, actor, at: now() };
        return readReleaseView(deps, await commands.submitRelease(act), actor);
      },
    );

    const schema = { summary: '审查签署', params, body: SignReleaseBody, response };
    const config = { act: '签署发布稿审查' };
    app.post('/api/v1/releases/:releaseId/signatures', { schema, config }, async (request) => {
      const actor = personOf(request);
      const signed = await signWithFactor(deps, request.params.releaseId, request.body, actor);
      return readReleaseView(deps, signed, actor);
    });
  };
}
