import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { gradeOf } from '#analyze';
import {
  AnswerRegroupingBody,
  EventParams,
  EventView,
  MergeEventBody,
  MergePreviewQuery,
  MergePreviewView,
  RegroupingParams,
  SplitEventBody,
  UndoRegroupingBody,
} from '#contract';
import { personOf } from '../access.ts';
import type { ServerDeps } from '../deps.ts';
import { readEventView, type EventReadDeps } from '../reads/read-event.ts';
import { iso } from '../views/iso.ts';

type Deps = EventReadDeps & Pick<ServerDeps, 'commands' | 'now'>;

/** Merging and splitting an event, with a look at what a merge would make of the other. */
export function eventRegroupings(deps: Deps): FastifyPluginAsyncZod {
  return async (app) => {
    const preview = {
      summary: '并入后的等级与起算时间',
      params: EventParams,
      querystring: MergePreviewQuery,
      response: { 200: MergePreviewView },
    };
    app.get('/api/v1/events/:eventId/merge', { schema: preview }, async (request) => {
      const { params, query } = request;
      const merged = await deps.rules.previewMerge(params.eventId, query.into);
      return {
        title: merged.title,
        grade: gradeOf(merged),
        sentence: merged.proposal.sentence,
        knownAt: iso(merged.knownAt.at),
        triggeredAt: iso(merged.triggeredAt?.at),
        postCount: merged.postCount,
      };
    });

    const merge = {
      summary: '并入另一事件',
      params: EventParams,
      body: MergeEventBody,
      response: { 200: EventView },
    };
    const act = (name: string) => ({ act: name });
    app.post(
      '/api/v1/events/:eventId/merge',
      { schema: merge, config: act('并入') },
      async (request) => {
        const { eventId } = request.params;
        const actor = personOf(request);
        await deps.commands.mergeEvent({ ...request.body, eventId, actor, at: deps.now() });
        return readEventView(deps, request.body.intoId, actor);
      },
    );

    const split = {
      summary: '拆分事件',
      params: EventParams,
      body: SplitEventBody,
      response: { 200: EventView },
    };
    app.post(
      '/api/v1/events/:eventId/split',
      { schema: split, config: act('拆分') },
      async (request) => {
        const { eventId } = request.params;
        const { leadIds, reason } = request.body;
        const actor = personOf(request);
        const leads = await deps.leads.listByEvent(eventId);
        const title = leads.find(({ id }) => leadIds.includes(id))?.title ?? '';
        await deps.commands.splitEvent({ eventId, leadIds, reason, title, actor, at: deps.now() });
        return readEventView(deps, eventId, actor);
      },
    );

    const undo = {
      summary: '撤销归并调整',
      params: RegroupingParams,
      body: UndoRegroupingBody,
      response: { 200: EventView },
    };
    const UNDO = '/api/v1/events/:eventId/regroupings/:regroupingId/undo';
    app.post(UNDO, { schema: undo, config: act('撤销归并调整') }, async (request) => {
      const { eventId, regroupingId } = request.params;
      const actor = personOf(request);
      const { reason } = request.body;
      await deps.commands.undoRegrouping({ regroupingId, reason, actor, at: deps.now() });
      return readEventView(deps, eventId, actor);
    });

    const answer = {
      summary: '采纳或不采纳系统的归并建议',
      params: RegroupingParams,
      body: AnswerRegroupingBody,
      response: { 200: EventView },
    };
    const ANSWER = '/api/v1/events/:eventId/regroupings/:regroupingId/answer';
    app.post(ANSWER, { schema: answer, config: act('答复归并建议') }, async (request) => {
      const { eventId, regroupingId } = request.params;
      const actor = personOf(request);
      await deps.commands.answerRegrouping({
        ...request.body,
        regroupingId,
        actor,
        at: deps.now(),
      });
      return readEventView(deps, eventId, actor);
    });
  };
}
