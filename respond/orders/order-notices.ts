import { beijingMinute, DAY_MS, gradeLabel, hasRole, idOf } from '#core';
import type { Effect, Person, Role } from '#core';
import { addressOn, noticeEffect, render, type ArmingRules, type ChannelKind } from '#alert';
import { ORDER_TRACK_NAMES } from '../words.ts';
import type { HandlingOrder } from './order.ts';
import type { OrderPack } from './order-pack.ts';

/** What the steps of an order lean on, as it stands at the moment of the act. */
export interface OrderOffice {
  readonly pack: OrderPack;
  readonly arming: ArmingRules;
  readonly people: readonly Person[];
  /** Channels that are set up. */
  readonly channels: ReadonlySet<ChannelKind>;
  readonly linkFor: (claim: { orderId: string; personId: string; expiresAt: Date }) => string;
}

/** Whom an order is for: the receivers of a unit who can be reached. */
export function receiversOf(unit: string, { pack, people, channels }: OrderOffice): Person[] {
  return people.filter(
    (one) => one.unit === unit && isReached(one, pack.receivers, { pack, channels }),
  );
}

/** Holders of a role who can be reached. */
export function reachedBy(roles: readonly Role[], office: OrderOffice): Person[] {
  return office.people.filter((one) => isReached(one, roles, office));
}

function isReached(
  person: Person,
  roles: readonly Role[],
  { pack, channels }: Pick<OrderOffice, 'pack' | 'channels'>,
): boolean {
  const isHolder = !person.isDisabled && hasRole(person, ...roles);
  return isHolder && pack.channels.some((kind) => isWayTo(person, kind, channels));
}

const isWayTo = (person: Person, kind: ChannelKind, channels: ReadonlySet<ChannelKind>): boolean =>
  channels.has(kind) && addressOn(person, kind) !== undefined;

/** One telling of an order to some people, on every way that reaches them. */
export interface OrderTelling {
  /** What makes this telling one of its own: the step and how often it was taken. */
  readonly key: string;
  readonly people: readonly Person[];
  readonly subject: string;
  readonly ask: string;
  readonly lines: readonly string[];
  readonly button: string;
  readonly at: Date;
}

export function orderNotices(
  order: HandlingOrder,
  telling: OrderTelling,
  { pack, channels, linkFor }: OrderOffice,
): Effect[] {
  const { key, people, subject, ask, lines, button, at } = telling;
  const shortCode = `处置单#${order.id.slice(0, 4)}`;
  const expiresAt = new Date(at.getTime() + 14 * DAY_MS);
  return [...new Map(people.map((one) => [one.id, one])).values()].flatMap((person) => {
    const text = render({
      isDrill: order.isDrill,
      subject: `【${gradeLabel(order.grade)}·${subject}】${order.eventTitle}`,
      ask: `${person.name}：${ask}`,
      lines: [
        `${ORDER_TRACK_NAMES[order.track]}处置单，牵头单位${order.leadUnit}`,
        ...lines,
        `交办：${order.issued.by.name} ${beijingMinute(order.issued.at)}`,
      ],
      link: linkFor({ orderId: order.id, personId: person.id, expiresAt }),
      button,
      shortCode,
    });
    return pack.channels
      .filter((channel) => isWayTo(person, channel, channels))
      .map((channel) =>
        noticeEffect({
          key: idOf('order', key),
          alertId: order.id,
          eventId: order.eventId,
          isDrill: order.isDrill,
          person,
          channel,
          priority: 2,
          shortCode,
          text,
          at,
        }),
      );
  });
}

/** The order to those who are to sign it; whoever stands in where a unit reaches nobody is told so. */
export function issueNotices(order: HandlingOrder, office: OrderOffice, at: Date): Effect[] {
  const round = order.returns.length;
  const task = `任务：${order.task}`;
  const lead = receiversOf(order.leadUnit, office);
  const limit = beijingMinute(order.acceptDueAt);
  const toLead: OrderTelling = {
    key: `issue ${round}`,
    people: lead,
    subject: '处置单待签收',
    ask: `请在 ${limit} 前签收${order.isFinal ? '' : '，不属本单位的写明原因退回'}。逾期按已签收办理。`,
    lines: [task],
    button: '查看并签收',
    at,
  };
  const toAssist: OrderTelling = {
    key: `assist ${round}`,
    people: order.assistUnits.flatMap((unit) => receiversOf(unit, office)),
    subject: '处置单配合',
    ask: `请配合${order.leadUnit}办理。`,
    lines: [task],
    button: '查看',
    at,
  };
  const standIn: OrderTelling = {
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
