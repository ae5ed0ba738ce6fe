import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Person } from '#core';
import type { OpinionEvent } from '#analyze';
import type { HandlingOrder } from '#respond';
import {
  EventParams,
  IssueOrdersBody,
  OrderParams,
  OrderStepBody,
  OrdersView,
  OrderView,
} from '#contract';
import { personOf } from '../access.ts';
import type { ServerDeps } from '../deps.ts';
import { toOrderView } from '../views/to-order-view.ts';

type Deps = Pick<ServerDeps, 'orders' | 'events' | 'people' | 'commands' | 'rules' | 'now'>;

/** As many as the ledger shows. */
const MOST_ORDERS = 500;

/** /api/v1/orders and /api/v1/events/:eventId/orders: handling orders, issued and carried on. */
export function orders(deps: Deps): FastifyPluginAsyncZod {
  const { rules, now } = deps;
  const viewOf = (order: HandlingOrder, person: Person): OrderView =>
    toOrderView(order, person, rules.orderStepsOpenTo(order, person, now()));
  const deskOf = async (
    found: readonly HandlingOrder[],
    person: Person,
    event?: OpinionEvent,
  ): Promise<OrdersView> => {
    const people = await deps.people.listAll();
    const units = [...rules.responsibleUnits, ...people.map(({ unit }) => unit)].filter(Boolean);
    return {
      orders: found.map((order) => viewOf(order, person)),
      isJoint: event !== undefined && rules.owesJointOrders(event, found),
      units: [...new Set(units)].toSorted((a, b) => a.localeCompare(b, 'zh-CN')),
    };
  };
  return async (app) => {
    const ledger = { summary: '处置单台账', response: { 200: OrdersView } };
    app.get('/api/v1/orders', { schema: ledger }, async (request) =>
      deskOf(await deps.orders.listNewest(MOST_ORDERS), personOf(request)),
    );

    const list = {
      summary: '事件的处置单',
      params: EventParams,
      response: { 200: OrdersView },
    };
    app.get('/api/v1/events/:eventId/orders', { schema: list }, async (request) => {
      const { eventId } = request.params;
      const found = await deps.orders.listByEvent(eventId);
      return deskOf(found, personOf(request), await deps.events.findById(eventId));
    });

    const issue = {
      summary: '交办',
      params: EventParams,
      body: IssueOrdersBody,
      response: { 201: z.array(OrderView) },
    };
    const issuing = { schema: issue, config: { act: '交办' } };
    app.post('/api/v1/events/:eventId/orders', issuing, async (request, reply) => {
      const actor = personOf(request);
      const { publishingUnit } = request.body;
      const issued = await deps.commands.issueOrders({
        eventId: request.params.eventId,
        orders: request.body.orders.map(({ dueAt, ...one }) => ({
          ...one,
          ...(dueAt && { dueAt: new Date(dueAt) }),
        })),
        publishingUnit,
        actor,
        at: now(),
      });
      return reply.code(201).send(issued.map((order) => viewOf(order, actor)));
    });

    const step = {
      summary: '处置单的一步：签收、退回、重新指派、进展、提交、核实、办结',
      params: OrderParams,
      body: OrderStepBody,
      response: { 200: OrderView },
    };
    const stepping = { schema: step, config: { act: '办理处置单' } };
    app.post('/api/v1/orders/:orderId/steps', stepping, async (request) => {
      const actor = personOf(request);
      const order = await deps.commands.takeOrderStep({
        orderId: request.params.orderId,
        taken: request.body,
        actor,
        at: now(),
      });
      return viewOf(order, actor);
    });
  };
}
