import { describe, expect, test } from 'vitest';
import { ROLES, type Person, type Role } from '#core';
import { ORDER_STATES, type OrderState } from '#respond';
import { ORDER_STEPS, whyNotStep, type OrderStep } from '../../../respond/orders/order-steps.ts';
import { anOrder, orderPack } from '../../support/orders.ts';
import { aPerson } from '../../support/people.ts';
import { minutesAfter } from '../../support/posts.ts';

/** The table of the domain model, written down a second time: state → step → who. */
const LIFE: Readonly<Partial<Record<OrderState, Partial<Record<OrderStep, readonly Role[]>>>>> = {
  issued: {
    accept: ['liaison', 'handler', 'unitHead'],
    return: ['liaison', 'handler', 'unitHead'],
  },
  returned: {
    reassign: ['dutyOfficer', 'opinionLead', 'coordinator', 'deputyLeader', 'principal'],
  },
  accepted: {
    progress: ['liaison', 'handler', 'unitHead'],
    submit: ['liaison', 'handler', 'unitHead'],
  },
  working: {
    progress: ['liaison', 'handler', 'unitHead'],
    submit: ['liaison', 'handler', 'unitHead'],
  },
  sentBack: {
    progress: ['liaison', 'handler', 'unitHead'],
    submit: ['liaison', 'handler', 'unitHead'],
  },
  submitted: {
    sendBack: ['supervisor', 'opinionLead', 'coordinator'],
    verify: ['supervisor', 'opinionLead', 'coordinator'],
  },
  verified: { finish: ['dutyOfficer', 'opinionLead', 'coordinator', 'deputyLeader', 'principal'] },
};
const OF_THE_UNIT: readonly OrderStep[] = ['accept', 'return', 'progress', 'submit'];
const at = minutesAfter(10);

const inState = (state: OrderState) => ({
  ...anOrder(),
  state,
  ...(state !== 'issued' && { accepted: { at, by: { personId: '骆书桥', name: '骆书桥' } } }),
});

const holder = (role: Role, unit: string): Person => aPerson(`${role}-${unit}`, [role], { unit });

describe.for(ORDER_STATES)('an order that is %s', (state) => {
  test.for(ORDER_STEPS)('takes the step %s from those, and those alone, whose it is', (step) => {
    const units = ['市水务局', '市政府督查室'];
    const people = ROLES.flatMap((role) => units.map((unit) => holder(role, unit)));
    const allowed = people.filter(
      (person) => !whyNotStep(inState(state), step, person, orderPack, at),
    );
    const roles = LIFE[state]?.[step] ?? [];
    const isOfUnit = OF_THE_UNIT.includes(step);
    const isOfOthers = step === 'verify' || step === 'sendBack';
    const expected = people.filter(
      ({ roles: [role = 'monitor'], unit }) =>
        roles.includes(role) &&
        (!isOfUnit || unit === '市水务局') &&
        (!isOfOthers || unit !== '市水务局'),
    );
    expect(allowed.map(({ id }) => id)).toEqual(expected.map(({ id }) => id));
  });

  test.for(ORDER_STEPS)('names the rule that refuses the step %s', (step) => {
    const refusals = ROLES.flatMap(
      (role) => whyNotStep(inState(state), step, holder(role, '别处'), orderPack, at) ?? [],
    );
    expect(refusals.every(({ code, message }) => /^[A-Z_]+$/.test(code) && message !== '')).toBe(
      true,
    );
    // Nobody role may do everything, so something is refused always.
    expect(refusals.length).toBeGreaterThan(0);
  });
});

const water = holder('handler', '市水务局');

test('an order may be returned until its limit for signing, not after', () => {
  const order = anOrder();
  expect(whyNotStep(order, 'return', water, orderPack, order.acceptDueAt)).toBeUndefined();
  const late = new Date(order.acceptDueAt.getTime() + 1);
  expect(whyNotStep(order, 'return', water, orderPack, late)?.code).toBe('ORDER_RETURN_LATE');
});

test('a unit that was decided does not return the order', () => {
  const decided = { ...anOrder(), isFinal: true };
  expect(whyNotStep(decided, 'return', water, orderPack, at)?.code).toBe('ORDER_IS_FINAL');
  expect(whyNotStep(decided, 'accept', water, orderPack, at)).toBeUndefined();
});

test('after the second return the coordinator decides, and nobody else who issues orders', () => {
  const back = { at, by: { personId: 'p', name: 'p' }, unit: 'u', reason: 'r', suggestedUnit: 's' };
  const disputed = { ...inState('returned'), returns: [back, back] };
  const lead = holder('opinionLead', '市政府办公室');
  const coordinator = holder('coordinator', '市政府办公室');
  expect(whyNotStep(disputed, 'reassign', lead, orderPack, at)?.message).toBe(
    '退回2次，裁定责任单位须为综合协调或者分管领导',
  );
  expect(whyNotStep(disputed, 'reassign', coordinator, orderPack, at)).toBeUndefined();
});

test('who handed the result in does not verify it, wherever they have moved to', () => {
  const by = { personId: 'x', name: 'x' };
  const submitted = { ...inState('submitted'), result: { at, by, text: '已修复', evidence: [] } };
  const same = aPerson('x', ['supervisor'], { unit: '市政府督查室' });
  expect(whyNotStep(submitted, 'verify', same, orderPack, at)?.code).toBe('OWN_RESULT');
});
