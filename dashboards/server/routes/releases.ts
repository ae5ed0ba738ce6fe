import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import {
  DraftReleaseBody,
  EventParams,
  PublishReleaseBody,
  ReleaseParams,
  ReleaseView,
  SignReleaseBody,
} from '#contract';
import { personOf } from '../access.ts';
import type { ReleaseDraft, ServerDeps } from '../deps.ts';
import { findRelease, readReleaseView, type ReleaseReadDeps } from '../reads/read-release.ts';

type Deps = ReleaseReadDeps & Pick<ServerDeps, 'commands' | 'now'>;

/** GET and POST /api/v1/events/:eventId/releases: texts on an event; a new draft. */
export function eventReleases(deps: Deps): FastifyPluginAsyncZod {
  return async (app) => {
    const list = {
      summary: '事件的发布稿',
      params: EventParams,
      response: { 200: z.array(ReleaseView) },
    };
    app.get('/api/v1/events/:eventId/releases', { schema: list }, async (request) => {
      const found = await deps.releases.listByEvent(request.params.eventId);
      const person = personOf(request);
      return Promise.all(found.map((release) => readReleaseView(deps, release, person)));
    });

    const schema = {
      summary: '拟稿',
      params: EventParams,
      body: DraftReleaseBody,
      response: { 201: ReleaseView },
    };
    const config = { act: '拟发布稿' };
    app.post('/api/v1/events/:eventId/releases', { schema, config }, async (request, reply) => {
      const actor = personOf(request);
      const release = await deps.commands.draftRelease({
        eventId: request.params.eventId,
        draft: toDraft(request.body),
        actor,
        at: deps.now(),
      });
      return reply.code(201).send(await readReleaseView(deps, release, actor));
    });
  };
}

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
      const act = { releaseId, ...request.body, actor, at: deps.now() };
      return readReleaseView(deps, await deps.commands.publishRelease(act), actor);
    });
  };
}

function toDraft(body: DraftReleaseBody): ReleaseDraft {
  const { nextUpdateAt, ...checklist } = body.checklist;
  return {
    ...body,
    checklist: { ...checklist, ...(nextUpdateAt && { nextUpdateAt: new Date(nextUpdateAt) }) },
  };
}
