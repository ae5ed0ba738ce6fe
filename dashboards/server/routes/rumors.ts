import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Person } from '#core';
import type { RumorCase } from '#respond';
import {
  DraftClarificationBody,
  EventParams,
  EventRumorsView,
  OpenRumorBody,
  ReleaseView,
  RumorParams,
  RumorsQuery,
  RumorStepBody,
  RumorView,
} from '#contract';
import { personOf } from '../access.ts';
import type { ServerDeps } from '../deps.ts';
import { readReleaseView, type ReleaseReadDeps } from '../reads/read-release.ts';
import { toDraft } from '../to-draft.ts';
import { toClaimPostView, toProposedClaimView, toRumorView } from '../views/to-rumor-view.ts';

type Deps = ReleaseReadDeps & Pick<ServerDeps, 'rumors' | 'events' | 'now'>;

/** As many as the ledger shows. */
const MOST_CASES = 500;

/** /api/v1/rumors: claims under verification, from the first sight to the clarification. */
export function rumors({ rumors: room, now, ...deps }: Deps): FastifyPluginAsyncZod {
  const viewOf = async (rumor: RumorCase, person: Person): Promise<RumorView> => {
    const title = (await deps.events.findById(rumor.eventId))?.title ?? '';
    return toRumorView(rumor, title, room.stepsOpenTo(rumor, person));
  };
  return async (app) => {
    const ledger = {
      summary: '不实信息核查',
      querystring: RumorsQuery,
      response: { 200: z.array(RumorView) },
    };
    app.get('/api/v1/rumors', { schema: ledger }, async (request) => {
      const { eventId } = request.query;
      const found = eventId ? await room.listByEvent(eventId) : await room.listNewest(MOST_CASES);
      return Promise.all(found.map(async (one) => await viewOf(one, personOf(request))));
    });

    const list = {
      summary: '事件的不实信息核查，和系统提示的说法',
      params: EventParams,
      response: { 200: EventRumorsView },
    };
    app.get('/api/v1/events/:eventId/rumors', { schema: list }, async (request) => {
      const { eventId } = request.params;
      const person = personOf(request);
      const found = await room.listByEvent(eventId);
      const { posts, proposed } = await room.around(eventId);
      return {
        rumors: await Promise.all(found.map(async (one) => await viewOf(one, person))),
        posts: posts.map(toClaimPostView),
        proposed: proposed.map(toProposedClaimView),
        mayOpen: room.mayOpen(person),
      };
    });

    const open = {
      summary: '立核查',
      params: EventParams,
      body: OpenRumorBody,
      response: { 201: RumorView },
    };
    const opening = { schema: open, config: { act: '立不实信息核查' } };
    app.post('/api/v1/events/:eventId/rumors', opening, async (request, reply) => {
      const actor = personOf(request);
      const { eventId } = request.params;
      const rumor = await room.open({ eventId, ...request.body, actor, at: now() });
      return reply.code(201).send(await viewOf(rumor, actor));
    });

    const step = {
      summary: '核查的一步：开始、补充、认定、跟踪、结束、重新核查',
      params: RumorParams,
      body: RumorStepBody,
      response: { 200: RumorView },
    };
    const stepping = { schema: step, config: { act: '办理不实信息核查' } };
    app.post('/api/v1/rumors/:rumorId/steps', stepping, async (request) => {
      const actor = personOf(request);
      const { rumorId } = request.params;
      return viewOf(await room.take({ rumorId, taken: request.body, actor, at: now() }), actor);
    });

    const clarify = {
      summary: '据认定拟澄清稿',
      params: RumorParams,
      body: DraftClarificationBody,
      response: { 201: ReleaseView },
    };
    const clarifying = { schema: clarify, config: { act: '拟澄清稿' } };
    app.post('/api/v1/rumors/:rumorId/clarification', clarifying, async (request, reply) => {
      const actor = personOf(request);
      const { rumorId } = request.params;
      const draft = toDraft({ ...request.body, kind: 'clarification' });
      const release = await room.draft({ rumorId, draft, actor, at: now() });
      return reply.code(201).send(await readReleaseView(deps, release, actor));
    });
  };
}
