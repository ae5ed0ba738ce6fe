import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { NotFound, type Person } from '#core';
import type { ConferenceStepTaken, PressConference } from '#respond';
import {
  ConferenceParams,
  ConferencePlanBody,
  ConferenceStepBody,
  ConferenceView,
  EventParams,
  RecordConferenceBody,
} from '#contract';
import { personOf } from '../access.ts';
import type { ServerDeps } from '../deps.ts';
import { toConferenceView } from '../views/to-conference-view.ts';

type Deps = Pick<ServerDeps, 'conferences' | 'commands' | 'rules' | 'now'>;

/** Conferences on an event: planned, approved, announced, held; or recorded without a plan. */
export function eventConferences(deps: Deps): FastifyPluginAsyncZod {
  const { conferences, commands, rules, now } = deps;
  const viewOf = (conference: PressConference, person: Person): ConferenceView =>
    toConferenceView(conference, rules.conferenceStepsOpenTo(conference, person));
  return async (app) => {
    const list = {
      summary: '事件的新闻发布会',
      params: EventParams,
      response: { 200: z.array(ConferenceView) },
    };
    app.get('/api/v1/events/:eventId/conferences', { schema: list }, async (request) => {
      const found = await conferences.listByEvent(request.params.eventId);
      return found.map((conference) => viewOf(conference, personOf(request)));
    });

    const one = {
      summary: '一场新闻发布会',
      params: ConferenceParams,
      response: { 200: ConferenceView },
    };
    app.get('/api/v1/conferences/:conferenceId', { schema: one }, async (request) => {
      const { conferenceId } = request.params;
      const conference = await conferences.findById(conferenceId);
      if (!conference) throw new NotFound(conferences.kind, conferenceId);
      return viewOf(conference, personOf(request));
    });

    const record = {
      summary: '登记新闻发布会',
      params: EventParams,
      body: RecordConferenceBody,
      response: { 201: ConferenceView },
    };
    const recording = { schema: record, config: { act: '登记新闻发布会' } };
    app.post('/api/v1/events/:eventId/conferences', recording, async (request, reply) => {
      const actor = personOf(request);
      const conference = await commands.recordConference({
        eventId: request.params.eventId,
        conference: toDraft(request.body),
        actor,
        at: now(),
      });
      return reply.code(201).send(viewOf(conference, actor));
    });

    const plan = {
      summary: '拟新闻发布会方案',
      params: EventParams,
      body: ConferencePlanBody,
      response: { 201: ConferenceView },
    };
    const planning = { schema: plan, config: { act: '拟新闻发布会方案' } };
    app.post('/api/v1/events/:eventId/conference-plans', planning, async (request, reply) => {
      const actor = personOf(request);
      const planned = await commands.planConference({
        eventId: request.params.eventId,
        plan: toPlan(request.body),
        actor,
        at: now(),
      });
      return reply.code(201).send(viewOf(planned, actor));
    });

    const step = {
      summary: '新闻发布会的一步：修改、审批、预告、登记举行、取消',
      params: ConferenceParams,
      body: ConferenceStepBody,
      response: { 200: ConferenceView },
    };
    const stepping = { schema: step, config: { act: '办理新闻发布会' } };
    app.post('/api/v1/conferences/:conferenceId/steps', stepping, async (request) => {
      const actor = personOf(request);
      const conference = await commands.takeConferenceStep({
        conferenceId: request.params.conferenceId,
        taken: toStep(request.body),
        actor,
        at: now(),
      });
      return viewOf(conference, actor);
    });
  };
}

type Parsed<T extends z.ZodType> = z.output<T>;

const toDraft = ({ heldAt, ...told }: Parsed<typeof RecordConferenceBody>) => ({
  ...told,
  heldAt: new Date(heldAt),
});

const toPlan = ({ plannedAt, ...told }: Parsed<typeof ConferencePlanBody>) => ({
  ...told,
  plannedAt: new Date(plannedAt),
});

/** Moments, not texts. */
function toStep(body: Parsed<typeof ConferenceStepBody>): ConferenceStepTaken {
  if (body.step === 'revise') return { ...body, plan: toPlan(body.plan) };
  return body.step === 'hold' ? { ...body, conference: toDraft(body.conference) } : body;
}
