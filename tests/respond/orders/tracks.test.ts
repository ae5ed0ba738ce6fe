import { expect, test } from 'vitest';
import type { HandlingOrder } from '#respond';
import { factTrackOf, isLeadUnitDisputed } from '#respond';
import { anOrder, aTask } from '../../support/orders.ts';
import { NOON } from '../../support/posts.ts';

const fact = (more: Partial<HandlingOrder> = {}): HandlingOrder => ({ ...anOrder(), ...more });
const response = anOrder({ orders: [aTask({ track: 'response' })] });
const back = {
  at: NOON,
  by: { personId: 'p', name: 'p' },
  unit: 'u',
  reason: 'r',
  suggestedUnit: 's',
};

test.for([
  { what: 'nothing was issued', orders: [], track: 'unknown' },
  { what: 'only the response was', orders: [response], track: 'unknown' },
  { what: 'one is signed', orders: [fact({ state: 'accepted' })], track: 'open' },
  {
    what: 'one is verified and one is not',
    orders: [fact({ state: 'verified' }), fact({ state: 'submitted' })],
    track: 'open',
  },
  {
    what: 'all are verified or done',
    orders: [fact({ state: 'verified' }), fact({ state: 'done' }), response],
    track: 'finished',
  },
] as const)('the facts are $track where $what', ({ orders, track }) => {
  expect(factTrackOf(orders)).toBe(track);
});

test.for([
  { what: 'nobody returned it', order: {}, disputed: false },
  { what: 'it was returned', order: { state: 'returned', returns: [back] }, disputed: true },
  {
    what: 'it was issued again and nobody has signed',
    order: { state: 'issued', returns: [back] },
    disputed: true,
  },
  {
    what: 'the next unit signed',
    order: { state: 'accepted', returns: [back] },
    disputed: false,
  },
  {
    what: 'the coordinator decided',
    order: { state: 'issued', returns: [back, back], isFinal: true },
    disputed: false,
  },
] as const)('the lead unit is disputed: $disputed, where $what', ({ order, disputed }) => {
  const one = { ...fact(), ...order, returns: [...('returns' in order ? order.returns : [])] };
  expect(isLeadUnitDisputed([one, response])).toBe(disputed);
});
