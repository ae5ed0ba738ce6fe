import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { DUTY_ACT_WORDS, type DutyRecord } from '#alert';
import { DutyActBody, DutyActView, EventParams } from '#contract';
import { personOf } from '../access.ts';
import type { ServerDeps } from '../deps.ts';
import { iso } from '../views/iso.ts';

type Deps = Pick<ServerDeps, 'dutyRecords' | 'commands' | 'now'>;

/** GET and POST /api/v1/events/:eventId/duty-acts: first reports, start of the plan, progress. */
export function eventDutyActs(deps: Deps): FastifyPluginAsyncZod {
  return async (app) => {
    const list = {
      summary: '事件的办理记录',
      params: EventParams,
      response: { 200: z.array(DutyActView) },
    };
    app.get('/api/v1/events/:eventId/duty-acts', { schema: list }, async (request) => {
      const records = await deps.dutyRecords.listByEvent(request.params.eventId);
      return records.map(toDutyActView);
    });

    const schema = {
      summary: '登记办理',
      params: EventParams,
      body: DutyActBody,
      response: { 201: DutyActView },
    };
    const config = { act: '登记办理' };
    app.post('/api/v1/events/:eventId/duty-acts', { schema, config }, async (request, reply) => {
      const { doneAt, ...told } = request.body;
      const record = await deps.commands.recordDutyAct({
        eventId: request.params.eventId,
        draft: { ...told, doneAt: new Date(doneAt) },
        actor: personOf(request),
        at: deps.now(),
      });
      return reply.code(201).send(toDutyActView(record));
    });
  };
}

function toDutyActView(record: DutyRecord): DutyActView {
  const { id, kind, doneAt, receiver, what, lateReason, actor, recordedAt } = record;
  return {
    id,
    kindName: DUTY_ACT_WORDS[kind] ?? kind,
    doneAt: iso(doneAt),
    receiver,
    what,
    lateReason,
    by: actor.name,
    recordedAt: iso(recordedAt),
  };
}
