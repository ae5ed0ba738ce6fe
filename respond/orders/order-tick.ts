import { amend, type Now } from '#core';
import type { OrderStore } from '../ports.ts';
import { acceptedBySilence } from './take-order-step.ts';

const MOST_AT_ONCE = 100;

/** Orders whose limit for signing has passed in silence count as accepted. @returns how many */
export async function tickOrders({
  orders,
  now,
}: {
  readonly orders: OrderStore;
  readonly now: Now;
}): Promise<number> {
  const at = now();
  const silent = await orders.listUnsigned(at, MOST_AT_ONCE);
  for (const { id } of silent) await amend(orders, id, (order) => acceptedBySilence(order, at));
  return silent.length;
}
