import { hasRole, Refused, type Person } from '#core';
import { ORDER_STATE_NAMES, ORDER_STEP_NAMES, rolesInWords } from '../words.ts';
import type { HandlingOrder, OrderState } from './order.ts';
import type { OrderPack } from './order-pack.ts';

export const ORDER_STEPS = [
  'accept',
  'return',
  'reassign',
  'progress',
  'submit',
  'sendBack',
  'verify',
  'finish',
] as const;
export type OrderStep = (typeof ORDER_STEPS)[number];

type Holder = 'leadUnit' | 'anyUnit' | 'assigner' | 'verifier' | 'issuer';

/** The life of an order: from which states a step leads where, and whose step it is. */
const STEPS: Readonly<
  Record<
    OrderStep,
    { readonly from: readonly OrderState[]; readonly to: OrderState; readonly by: Holder }
  >
> = {
  accept: { from: ['issued'], to: 'accepted', by: 'leadUnit' },
  return: { from: ['issued'], to: 'returned', by: 'leadUnit' },
  reassign: { from: ['returned'], to: 'issued', by: 'assigner' },
  progress: { from: ['accepted', 'working', 'sentBack'], to: 'working', by: 'anyUnit' },
  submit: { from: ['accepted', 'working', 'sentBack'], to: 'submitted', by: 'leadUnit' },
  sendBack: { from: ['submitted'], to: 'sentBack', by: 'verifier' },
  verify: { from: ['submitted'], to: 'verified', by: 'verifier' },
  finish: { from: ['verified'], to: 'done', by: 'issuer' },
};

export const stateAfter = (step: OrderStep): OrderState => STEPS[step].to;

/** Returned so often that its unit is decided, by those who decide, for good. */
export const isDisputed = ({ returns }: HandlingOrder, { decision }: OrderPack): boolean =>
  returns.length >= decision.afterReturns;

/** Silence accepted it, and nobody has signed since. */
export const awaitsSignature = ({ state, accepted, signedLate }: HandlingOrder): boolean =>
  state !== 'issued' && accepted?.by.personId === 'machine' && signedLate === undefined;

/** Steps that this person may take now. */
export function stepsOpenTo(
  order: HandlingOrder,
  person: Person,
  pack: OrderPack,
  at: Date,
): readonly OrderStep[] {
  return ORDER_STEPS.filter((step) => !whyNotStep(order, step, person, pack, at));
}

/** The rule that forbids this person the step; undefined when none does. */
export function whyNotStep(
  order: HandlingOrder,
  step: OrderStep,
  person: Person,
  pack: OrderPack,
  at: Date,
): Refused | undefined {
  const { from, by } = STEPS[step];
  const isOpen = from.includes(order.state) || (step === 'accept' && awaitsSignature(order));
  if (!isOpen) {
    const { state, accepted } = order;
    const isLate = step === 'return' && accepted?.by.personId === 'machine';
    return isLate
      ? tooLate()
      : new Refused(
          'ORDER_STEP_REFUSED',
          `处置单${ORDER_STATE_NAMES[state]}，不能${ORDER_STEP_NAMES[step]}`,
        );
  }
  const refusal = whyNotHolder(order, by, person, pack);
  if (refusal || step !== 'return') return refusal;
  if (order.isFinal) return new Refused('ORDER_IS_FINAL', '责任单位已经裁定，不能再退回');
  return at > order.acceptDueAt ? tooLate() : undefined;
}

const tooLate = (): Refused =>
  new Refused('ORDER_RETURN_LATE', '已过签收时限，按已签收办理，不能退回');

function whyNotHolder(
  order: HandlingOrder,
  holder: Holder,
  person: Person,
  pack: OrderPack,
): Refused | undefined {
  const { leadUnit, assistUnits, result } = order;
  if (holder === 'leadUnit') return whyNotOfUnits([leadUnit], person, pack);
  if (holder === 'anyUnit') return whyNotOfUnits([leadUnit, ...assistUnits], person, pack);
  if (holder === 'issuer') return whyNotRole(person, pack.issuers, '办结处置单');
  if (holder === 'assigner') {
    return isDisputed(order, pack)
      ? whyNotRole(person, pack.decision.by, `退回${order.returns.length}次，裁定责任单位`)
      : whyNotRole(person, pack.issuers, '重新指派');
  }
  if (person.unit === leadUnit || person.id === result?.by.personId) {
    const rule = '牵头单位的人和提交人不得核实自己的结果';
    return new Refused('OWN_RESULT', rule, 'forbidden');
  }
  return whyNotRole(person, pack.verifiers, '核实');
}

function whyNotOfUnits(
  units: readonly string[],
  person: Person,
  { receivers }: OrderPack,
): Refused | undefined {
  if (!units.includes(person.unit)) {
    const rule = `这张处置单由${units.join('、')}办理`;
    return new Refused('OTHER_UNIT', rule, 'forbidden');
  }
  return whyNotRole(person, receivers, '办理处置单');
}

function whyNotRole(
  person: Person,
  roles: OrderPack['issuers'],
  what: string,
): Refused | undefined {
  if (hasRole(person, ...roles)) return undefined;
  return new Refused('ROLE_NEEDED', `${what}须为${rolesInWords(roles)}`, 'forbidden');
}

/** @throws {Refused} */
export function demandStep(...asked: Parameters<typeof whyNotStep>): void {
  const refusal = whyNotStep(...asked);
  if (refusal) throw refusal;
}
