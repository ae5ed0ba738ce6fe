import type { HandlingOrder } from './order.ts';

/** How far the handling of the facts is, by its orders; unknown while none was issued. */
export function factTrackOf(orders: readonly HandlingOrder[]): 'unknown' | 'open' | 'finished' {
  const facts = orders.filter(({ track }) => track === 'fact');
  if (facts.length === 0) return 'unknown';
  return facts.every(({ state }) => state === 'verified' || state === 'done') ? 'finished' : 'open';
}

/** Whether a unit has returned an order and nobody has decided since whose matter it is. */
export const isLeadUnitDisputed = (orders: readonly HandlingOrder[]): boolean =>
  orders.some(({ returns, state, isFinal }) => returns.length > 0 && !isFinal && !TAKEN.has(state));

/** A unit that signed has taken the matter on. */
const TAKEN: ReadonlySet<HandlingOrder['state']> = new Set([
  'accepted',
  'working',
  'submitted',
  'sentBack',
  'verified',
  'done',
]);
