import type { Stage } from '#core';
import type { OrderStore } from '../ports.ts';
import { HandlingOrderSchema, type HandlingOrder } from './order.ts';

/** Orders that were decided in another document's write come into being; one that is there already is left as it is. */
export function createOrderStage(orders: Pick<OrderStore, 'create'>): Stage<HandlingOrder> {
  return {
    name: 'handling-orders',
    schema: HandlingOrderSchema,
    async process(batch) {
      for (const order of batch) await orders.create(order);
    },
  };
}
