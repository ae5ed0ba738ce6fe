import { expect, test } from 'vitest';
import type { OrdersView, OrderView } from '#contract';
import { anEvent, anOffice, type Office, type SignedInHeaders } from './support.ts';

const WATER = { unit: '市水务局', email: 'water@linjiang.invalid' };
const TASK = {
  track: 'fact',
  leadUnit: '市水务局',
  assistUnits: ['市住房和城乡建设局'],
  task: '查明爆管原因',
} as const;

/** An office with an event, who issues orders, and who carries them out. */
async function aHandling() {
  const office = await anOffice();
  await office.events.create(anEvent());
  const lead = await office.hire('陆柏舟', ['opinionLead'], { email: 'lead@linjiang.invalid' });
  const water = await office.hire('骆书桥', ['handler'], WATER);
  const other = await office.hire('丁维安', ['handler'], { unit: '市教育局' });
  const asLead = await office.signIn(lead);
  return { ...office, lead, water, other, asLead, asWater: await office.signIn(water) };
}

const post = async ({ app }: Office, headers: SignedInHeaders, path: string, payload: object) =>
  await app.inject({ method: 'POST', url: `/api/v1/${path}`, headers, payload });

async function issued(made: Awaited<ReturnType<typeof aHandling>>): Promise<OrderView> {
  const answer = await post(made, made.asLead, 'events/event-1/orders', { orders: [TASK] });
  expect(answer.statusCode).toBe(201);
  const [order] = answer.json<OrderView[]>();
  if (!order) throw new Error('no order was issued');
  return order;
}

test('an order is issued on an event, and carried through to its end', async () => {
  const made = await aHandling();
  const order = await issued(made);
  expect(order).toMatchObject({ stateName: '待签收', trackName: '事实处置', may: [] });
  const take = async (headers: SignedInHeaders, payload: object) =>
    (await post(made, headers, `orders/${order.id}/steps`, payload)).json<OrderView>();
  const { asLead, asWater } = made;
  expect((await take(asWater, { step: 'accept' })).may).toEqual(['progress', 'submit']);
  expect((await take(asWater, { step: 'progress', text: '已到场' })).stateName).toBe('办理中');
  const evidence = ['https://www.linjiang.test/a.html'];
  await take(asWater, { step: 'submit', text: '已恢复', evidence });
  const verified = await take(asLead, { step: 'verify' });
  expect(verified).toMatchObject({ stateName: '已核实', result: { evidence }, may: ['finish'] });
  expect((await take(asLead, { step: 'finish' })).stateName).toBe('已办结');
});

test('the ledger shows whose turn it is, and the units that can be chosen', async () => {
  const made = await aHandling();
  await issued(made);
  const ledger = async (headers: SignedInHeaders): Promise<OrdersView> =>
    (await made.app.inject({ url: '/api/v1/orders', headers })).json();
  expect((await ledger(made.asWater)).orders[0]).toMatchObject({
    isMine: true,
    may: ['accept', 'return'],
  });
  const seen = await ledger(made.asLead);
  expect(seen.orders[0]).toMatchObject({ isMine: false, may: [] });
  expect(seen.units).toEqual(expect.arrayContaining(['市水务局', '市教育局']));
});

test('the event says when its next command must hold both tracks, by the rule of the pack', async () => {
  const made = await aHandling();
  const ofEvent = async (): Promise<OrdersView> =>
    (await made.app.inject({ url: '/api/v1/events/event-1/orders', headers: made.asLead })).json();
  const grades = { ...anEvent().proposal };
  await made.events.replace({ ...anEvent(), revision: 2, proposal: { ...grades, grade: 'L2' } });
  expect((await ofEvent()).isJoint).toBe(true);
  await made.events.replace({ ...anEvent(), revision: 3, proposal: { ...grades, grade: 'L3' } });
  expect((await ofEvent()).isJoint).toBe(false);
});

test('refusals name the rule, and change nothing', async () => {
  const made = await aHandling();
  const order = await issued(made);
  const path = `orders/${order.id}/steps`;
  const asOther = await made.signIn(made.other);
  const foreign = await post(made, asOther, path, { step: 'accept' });
  expect(foreign.statusCode).toBe(403);
  expect(foreign.json()).toMatchObject({ code: 'OTHER_UNIT' });
  const empty = await post(made, made.asWater, path, { step: 'return', reason: '' });
  expect(empty.statusCode).toBe(400);
  const unknown = await post(made, made.asWater, 'orders/nothing/steps', { step: 'accept' });
  expect(unknown.statusCode).toBe(404);
  const noEvent = await post(made, made.asLead, 'events/event-9/orders', { orders: [TASK] });
  expect(noEvent.statusCode).toBe(404);
  expect((await made.orders.findById(order.id))?.revision).toBe(1);
});

test('who may issue orders is told so on the event', async () => {
  const made = await aHandling();
  const may = async (headers: SignedInHeaders) =>
    (await made.app.inject({ url: '/api/v1/events/event-1', headers })).json<{ may: string[] }>()
      .may;
  expect(await may(made.asLead)).toContain('issueOrders');
  expect(await may(made.asWater)).not.toContain('issueOrders');
});

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

test('the phone page shows what is asked, signs in one tap, and only on POST', async () => {
  const made = await aHandling();
  const order = await issued(made);
  const url = `/o/${order.id}.${made.water.id}`;
  const { body, statusCode, headers } = await made.app.inject({ url });
  expect(statusCode).toBe(200);
  expect(headers['cache-control']).toBe('no-store');
  for (const shown of ['查明爆管原因', '还剩4小时', '签收，我单位办理', '不属本单位，退回']) {
    expect(body).toContain(shown);
  }
  // The one script keeps a tap that finds no network; without it the forms work as they stand.
  expect(body.match(/<script/g) ?? []).toHaveLength(1);
  expect(body).not.toMatch(/\son\w+=/i);
  expect(Buffer.byteLength(body)).toBeLessThan(30_000);
  expect((await made.orders.findById(order.id))?.state).toBe('issued');

  const signed = await made.app.inject({
    method: 'POST',
    url,
    headers: FORM,
    payload: 'step=accept',
  });
  expect(signed.body).toContain('已签收');
  expect((await made.orders.findById(order.id))?.accepted?.by.name).toBe('骆书桥');
  const again = await made.app.inject({
    method: 'POST',
    url,
    headers: FORM,
    payload: 'step=accept',
  });
  expect(again.statusCode).toBe(409);
  expect(again.body).toContain('处置单已签收，不能签收');
});

test('the phone page returns an order with a reason and a better unit, and keeps what was typed', async () => {
  const made = await aHandling();
  const order = await issued(made);
  const url = `/o/${order.id}.${made.water.id}`;
  const form = (fields: Record<string, string>): string => new URLSearchParams(fields).toString();
  const send = async (payload: string) =>
    await made.app.inject({ method: 'POST', url, headers: FORM, payload });
  const half = await send(form({ step: 'return', reason: '管网<已>移交', suggestedUnit: '' }));
  expect(half.body).toContain('没有填完整');
  expect(half.body).toContain('管网&lt;已&gt;移交');
  const own = await send(form({ step: 'return', reason: '移交', suggestedUnit: '市水务局' }));
  expect(own.statusCode).toBe(409);
  expect(own.body).toContain('不能是本单位');
  await send(form({ step: 'return', reason: '移交', suggestedUnit: '澜北区' }));
  expect((await made.orders.findById(order.id))?.returns).toMatchObject([
    { reason: '移交', suggestedUnit: '澜北区' },
  ]);
});

test.for([
  ['old', 410],
  ['', 404],
] as const)('a link that is %s says why it opens nothing', async ([tail, status]) => {
  const made = await aHandling();
  const order = await issued(made);
  const url = tail ? `/o/${order.id}.${made.water.id}.${tail}` : '/o/nothing';
  expect((await made.app.inject({ url })).statusCode).toBe(status);
});

test('a decision of a consultation becomes an order that says so, once', async () => {
  const made = await aHandling();
  const order = { ...TASK, decisionId: 'decision-1' };
  for (let times = 0; times < 2; times += 1) {
    await post(made, made.asLead, 'events/event-1/orders', { orders: [order] });
  }
  const url = '/api/v1/events/event-1/orders';
  const view = (await made.app.inject({ url, headers: made.asLead })).json<OrdersView>();
  expect(view.orders.map(({ decisionId }) => decisionId)).toEqual(['decision-1']);
});
