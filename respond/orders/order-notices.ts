import { beijingMinute, gradeLabel, type Effect, type Person } from '#core';
import type { ArmingRules } from '#alert';
import { reachedBy, tellPeople, type Matter, type Reach, type Telling } from '../tell-people.ts';
import { ORDER_TRACK_NAMES } from '../words.ts';
import type { HandlingOrder } from './order.ts';
import type { OrderPack } from './order-pack.ts';

/** What the steps of an order lean on, as it stands at the moment of the act. */
export interface OrderOffice extends Reach {
  readonly pack: OrderPack;
  readonly arming: ArmingRules;
  readonly linkFor: Matter['linkFor'];
}

/** Whom an order is for: the receivers of a unit who can be reached. */
export const receiversOf = (unit: string, office: OrderOffice): Person[] =>
  reachedBy(office.pack.receivers, office, unit);

export function orderNotices(
  order: HandlingOrder,
  telling: Telling,
  office: OrderOffice,
): Effect[] {
  const { id, eventId, isDrill, eventTitle, grade, track, leadUnit, issued } = order;
  const shortCode = `处置单#${id.slice(0, 4)}`;
  const matter = { id, eventId, isDrill, title: eventTitle, shortCode, linkFor: office.linkFor };
  const told: Telling = {
    ...telling,
    subject: `${gradeLabel(grade)}·${telling.subject}`,
    lines: [
      `${ORDER_TRACK_NAMES[track]}处置单，牵头单位${leadUnit}`,
      ...telling.lines,
      `交办：${issued.by.name} ${beijingMinute(issued.at)}`,
    ],
  };
  return tellPeople(matter, told, office);
}

/** The order to those who are to sign it; whoever stands in where a unit reaches nobody is told so. */
export function issueNotices(order: HandlingOrder, office: OrderOffice, at: Date): Effect[] {
  const round = order.returns.length;
  const task = `任务：${order.task}`;
  const lead = receiversOf(order.leadUnit, office);
  const limit = beijingMinute(order.acceptDueAt);
  const toLead: Telling = {
    key: `issue ${round}`,
    people: lead,
    subject: '处置单待签收',
    ask: `请在 ${limit} 前签收${order.isFinal ? '' : '，不属本单位的写明原因退回'}。逾期按已签收办理。`,
    lines: [task],
    button: '查看并签收',
    at,
  };
  const toAssist: Telling = {
    key: `assist ${round}`,
    people: order.assistUnits.flatMap((unit) => receiversOf(unit, office)),
    subject: '处置单配合',
    ask: `请配合${order.leadUnit}办理。`,
    lines: [task],
    button: '查看',
    at,
  };
  const standIn: Telling = {
    key: `nobody ${round}`,
    people: lead.length > 0 ? [] : reachedBy(office.pack.whenNobody, office),
    subject: '处置单无人可通知',
    ask: `${order.leadUnit}没有能通知到的人，请电话通知并请其登录签收，签收时限 ${limit}。`,
    lines: [task],
    button: '查看',
    at,
  };
  return [toLead, toAssist, standIn].flatMap((one) => orderNotices(order, one, office));
}
