import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { DraftReleaseBody, EventParams, ReleaseView } from '#contract';
import { personOf } from '../access.ts';
import type { ServerDeps } from '../deps.ts';
import { readReleaseView, type ReleaseReadDeps } from '../reads/read-release.ts';
import { toDraft } from '../to-draft.ts';

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
