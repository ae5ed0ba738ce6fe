import { actorOf, amend, beijingMinute, idOf, MACHINE, Refused, type Person } from '#core';
import type { DutyAct } from '#alert';
import { reachedBy } from '../tell-people.ts';
import { withEffects, withNote } from '../with-note.ts';
import { whyNotLink } from '../web-link.ts';
import { ORDER_STEP_NAMES, ORDER_TRACK_NAMES } from '../words.ts';
import { actEffect, officeOf, orderAct, withIssue, type OrderDeps } from './issue-orders.ts';
import type { HandlingOrder } from './order.ts';
import { orderNotices, receiversOf, type OrderOffice } from './order-notices.ts';
import { awaitsSignature, demandStep, isDisputed, stateAfter } from './order-steps.ts';

/** A step as a person takes it, with what it asks for. */
export type OrderStepTaken =
  | { readonly step: 'accept' }
  | { readonly step: 'verify' }
  | { readonly step: 'finish' }
  | { readonly step: 'return'; readonly reason: string; readonly suggestedUnit: string }
  | {
      readonly step: 'reassign';
      readonly leadUnit: string;
      readonly assistUnits: readonly string[];
      readonly reason: string;
    }
  | { readonly step: 'progress'; readonly text: string }
  | { readonly step: 'submit'; readonly text: string; readonly evidence: readonly string[] }
  | { readonly step: 'sendBack'; readonly reason: string };

export interface OrderStepRequest {
  readonly taken: OrderStepTaken;
  readonly actor: Person;
  /** Server time. */
  readonly at: Date;
}

/** @throws {Refused | NotFound} when a rule forbids it, or there is no such order */
export async function takeOrderStep(
  deps: OrderDeps,
  { orderId, ...request }: OrderStepRequest & { readonly orderId: string },
): Promise<HandlingOrder> {
  const office = await officeOf(deps);
  return await amend(deps.orders, orderId, (order) => withStep(order, request, office));
}

/**
 * The order after a step of its life.
 *
 * @throws {Refused} when a rule forbids it
 */
export function withStep(
  order: HandlingOrder,
  { taken, actor, at }: OrderStepRequest,
  office: OrderOffice,
): HandlingOrder {
  demandStep(order, taken.step, actor, office.pack, at);
  const taking = { order: { ...order, state: stateAfter(taken.step) }, actor, at, office };
  if (taken.step === 'accept') return accept(order, taking);
  if (taken.step === 'return') return giveBack(taking, taken);
  if (taken.step === 'reassign') return reassign(taking, taken);
  if (taken.step === 'progress') return progress(taking, taken.text);
  if (taken.step === 'submit') return submit(taking, taken);
  if (taken.step === 'sendBack') return sendBack(taking, taken.reason);
  if (taken.step === 'verify') return verify(taking);
  return noted(taking.order, taking, '办结处置单');
}

const noted = (
  order: HandlingOrder,
  { actor, at }: Pick<Taking, 'actor' | 'at'>,
  what: string,
): HandlingOrder => withNote(order, 'order', { actor: actorOf(actor), at, what });

interface Taking {
  /** In the state that the step leads to. */
  readonly order: HandlingOrder;
  readonly actor: Person;
  readonly at: Date;
  readonly office: OrderOffice;
}

type Taken<Step extends OrderStepTaken['step']> = Extract<OrderStepTaken, { step: Step }>;

function accept(before: HandlingOrder, { order, actor, at }: Taking): HandlingOrder {
  const by = { at, by: actorOf(actor) };
  const isLate = awaitsSignature(before);
  const signed = isLate ? { ...before, signedLate: by } : { ...order, accepted: by };
  const what = `${isLate ? '逾期后' : ''}签收处置单：${order.leadUnit}`;
  return withAct(noted(signed, { actor, at }, what), { kind: 'orderAccepted', doneAt: at, what });
}

function giveBack(
  { order, actor, at, office }: Taking,
  { reason, suggestedUnit }: Taken<'return'>,
): HandlingOrder {
  const unit = suggestedUnit.trim();
  if (reason.trim() === '' || unit === '') {
    throw new Refused('RETURN_INCOMPLETE', '退回须写明原因和建议的承办单位', 'invalid');
  }
  if (unit === order.leadUnit) {
    throw new Refused('RETURN_TO_SELF', '建议的承办单位不能是本单位', 'invalid');
  }
  const by = actorOf(actor);
  const what = `退回处置单：${order.leadUnit}，建议${unit}；${reason}`;
  const back = { at, by, unit: order.leadUnit, reason, suggestedUnit: unit };
  const returned = { ...order, returns: [...order.returns, back] };
  const act = { kind: 'orderReturned' as const, doneAt: at, what };
  const recorded = withAct(noted(returned, { actor, at }, what), act, order.returns.length);
  const isToDecide = isDisputed(returned, office.pack);
  const deciders = reachedBy(office.pack.decision.by, office);
  const issuer = office.people.filter(({ id }) => id === order.issued.by.personId);
  const telling = {
    key: `return ${returned.returns.length}`,
    people: isToDecide && deciders.length > 0 ? [...deciders, ...issuer] : issuer,
    subject: isToDecide ? '责任单位待裁定' : '处置单退回',
    ask: isToDecide
      ? `处置单已退回${returned.returns.length}次，请裁定责任单位，裁定后不再退回。`
      : '处置单被退回，请重新指派。',
    lines: [`${order.leadUnit}退回：${reason}`, `建议：${unit}`],
    button: '查看并指派',
    at,
  };
  return withEffects(recorded, orderNotices(returned, telling, office));
}

function reassign(
  { order, actor, at, office }: Taking,
  { leadUnit, assistUnits, reason }: Taken<'reassign'>,
): HandlingOrder {
  if (leadUnit.trim() === '' || reason.trim() === '') {
    throw new Refused('REASSIGN_INCOMPLETE', '须写明承办单位和理由', 'invalid');
  }
  if (assistUnits.includes(leadUnit)) {
    throw new Refused('ORDER_UNIT_TWICE', '牵头单位不必再列为配合单位', 'invalid');
  }
  const isFinal = isDisputed(order, office.pack);
  const assigned = { ...order, leadUnit, assistUnits: [...assistUnits], isFinal };
  const what = `${isFinal ? '裁定责任单位' : '重新指派'}：${leadUnit}；${reason}`;
  return withIssue(assigned, what, actor, office, at);
}

function progress({ order, actor, at }: Taking, text: string): HandlingOrder {
  if (text.trim() === '') throw new Refused('PROGRESS_EMPTY', '没有写进展', 'invalid');
  const by = actorOf(actor);
  const what = `处置单进展（${actor.unit}）：${text}`;
  const known = { ...order, progress: [...order.progress, { at, by, unit: actor.unit, text }] };
  const recorded = noted(known, { actor, at }, what);
  if (order.track !== 'fact') return recorded;
  // A new fact asks for the next word to the public: it is an act of the event itself.
  const { id, eventId, isDrill } = order;
  const number = String(recorded.progress.length);
  return withEffects(recorded, [
    actEffect({
      id: idOf('act', 'order', id, 'progressLogged', number),
      eventId,
      kind: 'progressLogged',
      doneAt: at,
      ref: `order:${id}`,
      what,
      isDrill,
    }),
  ]);
}

function submit(
  { order, actor, at, office }: Taking,
  { text, evidence }: Taken<'submit'>,
): HandlingOrder {
  if (text.trim() === '') throw new Refused('RESULT_EMPTY', '没有写办理结果', 'invalid');
  const wrong = evidence.map((link) => whyNotLink(link)).find(Boolean);
  if (wrong) throw wrong;
  const result = { at, by: actorOf(actor), text, evidence: [...evidence] };
  const submitted = { ...order, result };
  const verifiers = reachedBy(office.pack.verifiers, office);
  const telling = {
    key: `submit ${order.history.length}`,
    people: verifiers.filter((one) => one.unit !== order.leadUnit && one.id !== actor.id),
    subject: '处置结果待核实',
    ask: '请核实办理结果。',
    lines: [`结果：${text}`],
    button: '查看并核实',
    at,
  };
  const recorded = noted(submitted, { actor, at }, `提交处置结果：${text}`);
  return withEffects(recorded, orderNotices(submitted, telling, office));
}

function sendBack({ order, actor, at, office }: Taking, reason: string): HandlingOrder {
  if (reason.trim() === '') {
    throw new Refused('SEND_BACK_REASON', '退回补办须写明要补什么', 'invalid');
  }
  const telling = {
    key: `sendBack ${order.history.length}`,
    people: receiversOf(order.leadUnit, office),
    subject: '处置单退回补办',
    ask: '办理结果没有通过核实，请补办。',
    lines: [`要补：${reason}`],
    button: '查看',
    at,
  };
  const recorded = noted(order, { actor, at }, `${ORDER_STEP_NAMES.sendBack}：${reason}`);
  return withEffects(recorded, orderNotices(order, telling, office));
}

/** What counts is when the unit handed the result in, once somebody else has found it good. */
function verify({ order, actor, at }: Taking): HandlingOrder {
  const doneAt = order.result?.at ?? at;
  const what = `核实处置结果：${ORDER_TRACK_NAMES[order.track]}（${beijingMinute(doneAt)} 提交）`;
  return withAct(noted(order, { actor, at }, what), { kind: 'orderDone', doneAt, what });
}

/** Silence at the limit for signing counts as acceptance; the limit stays missed until a person signs. */
export function acceptedBySilence(order: HandlingOrder, now: Date): HandlingOrder | undefined {
  if (order.state !== 'issued' || order.acceptDueAt > now) return undefined;
  const accepted = { at: order.acceptDueAt, by: MACHINE };
  const what = `${order.leadUnit}到签收时限没有答复，按已签收办理（逾期签收）`;
  const after = { ...order, state: stateAfter('accept'), accepted };
  return withNote(after, 'order', { actor: MACHINE, at: now, what });
}

const withAct = (
  order: HandlingOrder,
  act: Pick<DutyAct, 'kind' | 'doneAt' | 'what'>,
  round = order.returns.length,
): HandlingOrder => withEffects(order, [actEffect(orderAct(order, act, round))]);
