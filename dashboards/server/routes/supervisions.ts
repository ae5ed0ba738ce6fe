import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Person } from '#core';
import type { SupervisionOrder } from '#respond';
import {
  EventParams,
  OpenSupervisionBody,
  SupervisionParams,
  SupervisionStepBody,
  SupervisionView,
} from '#contract';
import { personOf } from '../access.ts';
import type { ServerDeps } from '../deps.ts';
import { toSupervisionView } from '../views/to-supervision-view.ts';

type Deps = Pick<ServerDeps, 'supervisions' | 'commands' | 'rules' | 'now'>;

/** As many as the ledger shows. */
const MOST_ORDERS = 500;

/** /api/v1/supervisions: who must answer for what until it is put right. */
export function supervisions(deps: Deps): FastifyPluginAsyncZod {
  const { rules, commands, now } = deps;
  const viewOf = (order: SupervisionOrder, person: Person): SupervisionView =>
    toSupervisionView(order, rules.supervisionStepsOpenTo(order, person));
  return async (app) => {
    const ledger = { summary: '督办台账', response: { 200: z.array(SupervisionView) } };
    app.get('/api/v1/supervisions', { schema: ledger }, async (request) => {
      const found = await deps.supervisions.listNewest(MOST_ORDERS);
      return found.map((order) => viewOf(order, personOf(request)));
    });

    const list = {
      summary: '事件的督办单',
      params: EventParams,
      response: { 200: z.array(SupervisionView) },
    };
    app.get('/api/v1/events/:eventId/supervisions', { schema: list }, async (request) => {
      const found = await deps.supervisions.listByEvent(request.params.eventId);
      return found.map((order) => viewOf(order, personOf(request)));
    });

    const open = {
      summary: '督办',
      params: EventParams,
      body: OpenSupervisionBody,
      response: { 201: SupervisionView },
    };
    const opening = { schema: open, config: { act: '督办' } };
    app.post('/api/v1/events/:eventId/supervisions', opening, async (request, reply) => {
      const actor = personOf(request);
      const { eventId } = request.params;
      const order = await commands.openSupervision({
        eventId,
        ...request.body,
        actor,
        at: now(),
      });
      return reply.code(201).send(viewOf(order, actor));
    });

    const step = {
      summary: '督办单的一步：催办、答复、核实、销号',
      params: SupervisionParams,
      body: SupervisionStepBody,
      response: { 200: SupervisionView },
    };
    const stepping = { schema: step, config: { act: '办理督办单' } };
    app.post('/api/v1/supervisions/:supervisionId/steps', stepping, async (request) => {
      const actor = personOf(request);
      const { supervisionId } = request.params;
      const taken = request.body;
      const order = await commands.takeSupervisionStep({ supervisionId, taken, actor, at: now() });
      return viewOf(order, actor);
    });
  };
}
