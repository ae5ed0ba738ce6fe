import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { Person } from '#core';
import { OrderPackSchema, type HandlingOrder, type IssueRequest, type OrderDraft } from '#respond';
import { newOrders } from '../../respond/orders/issue-orders.ts';
import type { OrderOffice } from '../../respond/orders/order-notices.ts';
import { countdownPack } from './alerts.ts';
import { aPerson } from './people.ts';
import { NOON } from './posts.ts';
import { calendar } from './rosters.ts';

/** The pack that ships, as the product reads it. */
export const orderPack = OrderPackSchema.parse(
  parse(readFileSync(new URL('../../config/packs/orders.yaml', import.meta.url), 'utf8')),
);

const WATER = '市水务局';
const HOUSING = '市住房和城乡建设局';
const mail = (name: string): { email: string } => ({ email: `${name}@linjiang.invalid` });

/** Those an order passes through, each reached by mail. */
export const hands = {
  lead: aPerson('陆柏舟', ['opinionLead'], mail('lead')),
  coordinator: aPerson('祁观澜', ['coordinator'], mail('coordinator')),
  supervisor: aPerson('岳鹤龄', ['supervisor'], { unit: '市政府督查室', ...mail('supervisor') }),
  water: aPerson('骆书桥', ['handler'], { unit: WATER, ...mail('water') }),
  waterHead: aPerson('庄慕言', ['unitHead', 'supervisor'], { unit: WATER, ...mail('waterhead') }),
  housing: aPerson('丁维安', ['liaison'], { unit: HOUSING, ...mail('housing') }),
  monitor: aPerson('柏小满', ['monitor'], { unit: WATER }),
} as const;

export const orderOffice = (people: readonly Person[] = Object.values(hands)): OrderOffice => ({
  pack: orderPack,
  arming: { pack: countdownPack, calendar },
  people,
  channels: new Set(['email']),
  ways: orderPack.channels,
  linkFor: ({ id, personId }) => `http://huiying.test/o/${id}.${personId}`,
});

export const aTask = (changes: Partial<OrderDraft> = {}): OrderDraft => ({
  track: 'fact',
  leadUnit: WATER,
  assistUnits: [HOUSING],
  task: '查明北环路爆管原因、影响范围和恢复时间',
  ...changes,
});

export const issuing = (more: Partial<IssueRequest> = {}): IssueRequest => ({
  event: { id: 'event-1', title: '北环路供水主管爆管', isDrill: false, grade: 'L3' },
  orders: [aTask()],
  actor: hands.lead,
  at: NOON,
  ...more,
});

export function anOrder(more: Partial<IssueRequest> = {}): HandlingOrder {
  const [order] = newOrders(issuing(more), [], orderOffice());
  if (!order) throw new Error('no order was made');
  return order;
}
