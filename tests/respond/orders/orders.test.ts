import { describe, expect, test } from 'vitest';
import { AUDIT_TOPIC, HOUR_MS, MINUTE_MS } from '#core';
import {
  ACTS_TOPIC,
  applyAct,
  DutyActSchema,
  NOTICES_TOPIC,
  NoticeSchema,
  startByAct,
} from '#alert';
import { issueOrders, takeOrderStep, tickOrders, type HandlingOrder } from '#respond';
import { SqliteOrderStore } from '../../../respond/adapters/sqlite-order-store.ts';
import { newOrders, type IssueRequest } from '../../../respond/orders/issue-orders.ts';
import {
  acceptedBySilence,
  withStep,
  type OrderStepTaken,
} from '../../../respond/orders/take-order-step.ts';
import { describeDocuments } from '../../contracts/documents.contract.ts';
import { countdownPack } from '../../support/alerts.ts';
import { anOrder, aTask, hands, issuing, orderOffice } from '../../support/orders.ts';
import { minutesAfter, NOON } from '../../support/posts.ts';
import { calendar } from '../../support/rosters.ts';
import { DATABASES, memoryDatabase } from '../../support/temp-database.ts';

const arming = { pack: countdownPack, calendar };

const acts = ({ effects }: HandlingOrder) =>
  effects.filter(({ topic }) => topic === ACTS_TOPIC).map(({ body }) => DutyActSchema.parse(body));
const notices = ({ effects }: HandlingOrder) =>
  effects
    .filter(({ topic }) => topic === NOTICES_TOPIC)
    .map(({ body }) => NoticeSchema.parse(body));
const told = (order: HandlingOrder): string[] =>
  notices(order).map(({ receiver }) => receiver.name);
/** Without what was sent off already. */
const settled = (order: HandlingOrder): HandlingOrder => ({ ...order, effects: [] });
const step = (
  order: HandlingOrder,
  actor: (typeof hands)[keyof typeof hands],
  taken: OrderStepTaken,
  minutes = 10,
): HandlingOrder =>
  withStep(settled(order), { taken, actor, at: minutesAfter(minutes) }, orderOffice());
const returning = { step: 'return', reason: '管网移交区管', suggestedUnit: '澜北区' } as const;
const reassigning = {
  step: 'reassign',
  leadUnit: '市住房和城乡建设局',
  assistUnits: [],
  reason: '按权责清单第20条',
} as const;

for (const { where, open } of DATABASES) {
  describeDocuments(`handling orders, ${where},`, {
    open: async () => new SqliteOrderStore(open().database),
    make: (id, effects) => ({ ...anOrder(), id, effects: [...effects] }),
    change: (order) => ({ ...order, task: `${order.task}，并报告` }),
  });
}

describe('issuing', () => {
  test('begins the countdowns for signing and for the result, and tells the units', () => {
    const order = anOrder();
    expect(order).toMatchObject({ state: 'issued', acceptDueAt: new Date(+NOON + 4 * HOUR_MS) });
    const [act] = acts(order);
    const begun = act ? startByAct(act, [], arming, NOON) : [];
    expect(begun.map(({ code, statutoryDueAt, target }) => [code, statutoryDueAt, target])).toEqual(
      [
        ['ORDER_ACCEPT', order.acceptDueAt, `order:${order.id}`],
        ['ORDER_DONE', expect.any(Date), `order:${order.id}`],
      ],
    );
    expect(told(order).toSorted()).toEqual(['丁维安', '庄慕言', '骆书桥'].toSorted());
    expect(order.effects.filter(({ topic }) => topic === AUDIT_TOPIC)).toHaveLength(1);
  });

  test('at the gravest grades gives half an hour to sign', () => {
    const both = [aTask(), aTask({ track: 'response' })];
    const event = { ...issuing().event, grade: 'L2' as const };
    const request = issuing({ event, orders: both, publishingUnit: '市政府新闻办公室' });
    const orders = newOrders(request, [], orderOffice());
    expect(orders.map(({ acceptDueAt }) => +acceptDueAt - +NOON)).toEqual([
      30 * MINUTE_MS,
      30 * MINUTE_MS,
    ]);
    expect(orders.map(({ publishingUnit }) => publishingUnit)).toEqual([
      undefined,
      '市政府新闻办公室',
    ]);
  });

  test('takes the date that the order sets', () => {
    const dueAt = minutesAfter(600);
    const [act] = acts(anOrder({ orders: [aTask({ dueAt })] }));
    const begun = act ? startByAct(act, [], arming, NOON) : [];
    expect(begun.find(({ code }) => code === 'ORDER_DONE')?.statutoryDueAt).toEqual(dueAt);
  });

  test('says so when nobody of the unit can be reached, and tells who stands in', () => {
    const office = orderOffice([hands.lead, hands.monitor]);
    const [order] = newOrders(issuing(), [], office);
    expect(order?.history.at(-1)?.what).toContain('该单位没有能通知到的人');
    expect(order && told(order)).toEqual(['陆柏舟']);
    expect(order && notices(order)[0]?.text).toContain('请电话通知');
  });

  test.for<{ what: string; more: Partial<IssueRequest>; code: string }>([
    { what: 'by who may not', more: { actor: hands.water }, code: 'ROLE_NEEDED' },
    { what: 'of nothing', more: { orders: [] }, code: 'ORDER_EMPTY' },
    { what: 'to nobody', more: { orders: [aTask({ leadUnit: ' ' })] }, code: 'ORDER_INCOMPLETE' },
    { what: 'without a task', more: { orders: [aTask({ task: '' })] }, code: 'ORDER_INCOMPLETE' },
    {
      what: 'to a unit that assists itself',
      more: { orders: [aTask({ assistUnits: ['市水务局'] })] },
      code: 'ORDER_UNIT_TWICE',
    },
    { what: 'due already', more: { orders: [aTask({ dueAt: NOON })] }, code: 'ORDER_DUE_PAST' },
    {
      what: 'of one track at a grave grade',
      more: { event: { ...issuing().event, grade: 'L1' }, publishingUnit: '市政府新闻办公室' },
      code: 'ORDERS_TOGETHER',
    },
    {
      what: 'without authority to publish at a grave grade',
      more: {
        event: { ...issuing().event, grade: 'L2' },
        orders: [aTask(), aTask({ track: 'response' })],
      },
      code: 'ORDERS_TOGETHER',
    },
  ])('$what is refused', ({ more, code }) => {
    expect(() => newOrders(issuing(more), [], orderOffice())).toThrow(
      expect.objectContaining({ code }),
    );
  });

  test('twice is once', async () => {
    const orders = new SqliteOrderStore(memoryDatabase().database);
    const deps = {
      ...orderOffice(),
      orders,
      people: { listAll: async () => Object.values(hands) },
    };
    const [first] = await issueOrders(deps, issuing());
    const [again] = await issueOrders(deps, issuing({ at: minutesAfter(1) }));
    expect(again).toMatchObject({ id: first?.id, revision: 1, issued: { at: NOON } });
    expect(await orders.listByEvent('event-1')).toHaveLength(1);
  });
});

describe('the life of an order', () => {
  test('signed, reported on, handed in, verified and finished: its countdowns are met', () => {
    const issued = anOrder();
    const [begin] = acts(issued);
    const begun = begin ? startByAct(begin, [], arming, NOON) : [];
    const [toAccept, toFinish] = begun;
    const accepted = step(issued, hands.water, { step: 'accept' });
    const [signing] = acts(accepted);
    expect(toAccept && signing && applyAct(toAccept, signing, countdownPack)?.state).toBe(
      'satisfied',
    );

    const working = step(accepted, hands.housing, { step: 'progress', text: '已查明爆管点' }, 20);
    expect(working.progress).toMatchObject([{ unit: '市住房和城乡建设局', text: '已查明爆管点' }]);
    expect(acts(working)).toMatchObject([{ kind: 'progressLogged', eventId: 'event-1' }]);

    const evidence = ['https://www.linjiang.test/notice.html'];
    const handed = { step: 'submit', text: '已恢复供水', evidence } as const;
    const submitted = step(working, hands.water, handed, 30);
    expect(told(submitted).toSorted()).toEqual(['岳鹤龄', '祁观澜', '陆柏舟'].toSorted());
    const sentBack = step(submitted, hands.supervisor, { step: 'sendBack', reason: '缺水质' }, 40);
    expect(told(sentBack)).toEqual(['骆书桥', '庄慕言']);
    const again = step(sentBack, hands.water, { ...handed, text: '水质合格' }, 50);
    const verified = step(again, hands.supervisor, { step: 'verify' }, 60);
    const [done] = acts(verified);
    // By the time it was handed in: what others take to look at it is not the unit's.
    expect(done).toMatchObject({ kind: 'orderDone', doneAt: minutesAfter(50) });
    expect(toFinish && done && applyAct(toFinish, done, countdownPack)?.state).toBe('satisfied');
    expect(step(verified, hands.lead, { step: 'finish' }, 70).state).toBe('done');
  });

  test('progress on the response is no new fact of the event', () => {
    const accepted = step(anOrder({ orders: [aTask({ track: 'response' })] }), hands.water, {
      step: 'accept',
    });
    expect(acts(step(accepted, hands.water, { step: 'progress', text: '初稿已成' }))).toEqual([]);
  });

  test('returned, assigned again, returned again, decided: no third return', () => {
    const returned = step(anOrder(), hands.water, returning);
    expect(acts(returned)).toMatchObject([{ kind: 'orderReturned' }]);
    expect(told(returned)).toEqual(['陆柏舟']);
    const reissued = step(returned, hands.lead, reassigning, 20);
    expect(reissued).toMatchObject({
      state: 'issued',
      leadUnit: '市住房和城乡建设局',
      isFinal: false,
    });
    expect(+reissued.acceptDueAt - +minutesAfter(20)).toBe(4 * HOUR_MS);
    const [first] = acts(anOrder());
    expect(acts(reissued)[0]?.id).not.toBe(first?.id);

    const twice = step(reissued, hands.housing, returning, 30);
    expect(told(twice).toSorted()).toEqual(['祁观澜', '陆柏舟'].toSorted());
    expect(notices(twice)[0]?.text).toContain('请裁定责任单位');
    const decision = { ...reassigning, leadUnit: '市水务局' };
    expect(() => step(twice, hands.lead, decision, 40)).toThrow(
      expect.objectContaining({ code: 'ROLE_NEEDED' }),
    );
    const decided = step(twice, hands.coordinator, decision, 40);
    expect(decided.isFinal).toBe(true);
    expect(decided.history.at(-1)?.what).toBe('裁定责任单位：市水务局；按权责清单第20条');
    expect(() => step(decided, hands.water, returning, 50)).toThrow(
      expect.objectContaining({ code: 'ORDER_IS_FINAL' }),
    );
  });

  test('silence at the limit accepts it, and the limit stays missed until a person signs', () => {
    const order = settled(anOrder());
    const before = new Date(+order.acceptDueAt - 1);
    expect(acceptedBySilence(order, before)).toBeUndefined();
    const silent = acceptedBySilence(order, order.acceptDueAt);
    expect(silent).toMatchObject({ state: 'accepted', accepted: { by: { name: '系统' } } });
    expect(silent && acts(silent)).toEqual([]);
    expect(silent && acceptedBySilence(silent, order.acceptDueAt)).toBeUndefined();
    expect(() => silent && step(silent, hands.water, returning, 250)).toThrow(
      expect.objectContaining({ code: 'ORDER_RETURN_LATE' }),
    );
    const signed = silent && step(silent, hands.water, { step: 'accept' }, 250);
    expect(signed).toMatchObject({ state: 'accepted', signedLate: { by: { name: '骆书桥' } } });
    expect(signed && acts(signed)).toMatchObject([{ kind: 'orderAccepted' }]);
    expect(() => signed && step(signed, hands.water, { step: 'accept' }, 260)).toThrow(
      expect.objectContaining({ code: 'ORDER_STEP_REFUSED' }),
    );
  });

  test.for<{ what: string; taken: OrderStepTaken; code: string }>([
    {
      what: 'a return without a reason',
      taken: { ...returning, reason: '' },
      code: 'RETURN_INCOMPLETE',
    },
    {
      what: 'a return that names nobody else',
      taken: { ...returning, suggestedUnit: ' ' },
      code: 'RETURN_INCOMPLETE',
    },
    {
      what: 'a return to the same unit',
      taken: { ...returning, suggestedUnit: '市水务局' },
      code: 'RETURN_TO_SELF',
    },
  ])('$what is refused', ({ taken, code }) => {
    expect(() => step(anOrder(), hands.water, taken)).toThrow(expect.objectContaining({ code }));
  });

  test.for<{ what: string; taken: OrderStepTaken; code: string }>([
    { what: 'empty progress', taken: { step: 'progress', text: ' ' }, code: 'PROGRESS_EMPTY' },
    {
      what: 'an empty result',
      taken: { step: 'submit', text: '', evidence: [] },
      code: 'RESULT_EMPTY',
    },
    {
      what: 'evidence that is no web address',
      taken: { step: 'submit', text: '已办', evidence: ['javascript:alert(1)'] },
      code: 'LINK_INVALID',
    },
  ])('$what is refused', ({ taken, code }) => {
    const accepted = step(anOrder(), hands.water, { step: 'accept' });
    expect(() => step(accepted, hands.water, taken)).toThrow(expect.objectContaining({ code }));
  });
});

test('two who sign at once: one signs, the other is told', async () => {
  const orders = new SqliteOrderStore(memoryDatabase().database);
  const deps = { ...orderOffice(), orders, people: { listAll: async () => Object.values(hands) } };
  const [order] = await issueOrders(deps, issuing());
  const sign = async (actor: typeof hands.water) =>
    await takeOrderStep(deps, {
      orderId: order?.id ?? '',
      taken: { step: 'accept' },
      actor,
      at: minutesAfter(1),
    });
  const results = await Promise.allSettled([sign(hands.water), sign(hands.waterHead)]);
  expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
});

test('the tick accepts what nobody answered, once, after any restart', async () => {
  const { database, reopen } = memoryDatabase();
  const orders = new SqliteOrderStore(database);
  await orders.create(anOrder());
  await orders.create(anOrder({ orders: [aTask({ track: 'response' })], at: minutesAfter(60) }));
  expect(await tickOrders({ orders, now: () => minutesAfter(239) })).toBe(0);
  const after = { orders: new SqliteOrderStore(reopen()), now: () => minutesAfter(240) };
  expect(await tickOrders(after)).toBe(1);
  expect(await tickOrders(after)).toBe(0);
  const states = (await after.orders.listNewest(9)).map(({ state }) => state);
  expect(states).toEqual(['issued', 'accepted']);
});
