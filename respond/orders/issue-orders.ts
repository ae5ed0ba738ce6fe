import { actorOf, hasRole, idOf, Refused, type Effect, type Grade } from '#core';
import type { Person, PersonStore } from '#core';
import { ACTS_TOPIC, dueOfAct, type DutyAct } from '#alert';
import type { OrderStore } from '../ports.ts';
import { withEffects, withNote } from '../with-note.ts';
import { ORDER_TRACK_NAMES, rolesInWords } from '../words.ts';
import type { HandlingOrder, Instructed, OrderTrack } from './order.ts';
import { issueNotices, receiversOf, type OrderOffice } from './order-notices.ts';

/** One order of a command, as a person writes it. */
export interface OrderDraft {
  readonly track: OrderTrack;
  readonly leadUnit: string;
  readonly assistUnits: readonly string[];
  readonly task: string;
  readonly dueAt?: Date | undefined;
  /** The decision of a consultation that it carries out. */
  readonly decisionId?: string | undefined;
  readonly instructed?: Instructed | undefined;
}

export interface IssueRequest {
  readonly event: {
    readonly id: string;
    readonly title: string;
    readonly isDrill: boolean;
    /** In force, or proposed where none is confirmed yet. */
    readonly grade: Grade;
  };
  readonly orders: readonly OrderDraft[];
  /** 发布授权: who may publish; with a response order. */
  readonly publishingUnit?: string | undefined;
  readonly actor: Person;
  /** Server time. */
  readonly at: Date;
}

/** What the acts on orders are given. */
export interface OrderDeps extends Omit<OrderOffice, 'people' | 'ways'> {
  readonly orders: OrderStore;
  readonly people: Pick<PersonStore, 'listAll'>;
}

export const officeOf = async ({ people, ...deps }: OrderDeps): Promise<OrderOffice> => ({
  ...deps,
  ways: deps.pack.channels,
  people: await people.listAll(),
});

export const mayIssueOrders = (
  person: Person,
  { issuers }: Pick<OrderOffice['pack'], 'issuers'>,
): boolean => hasRole(person, ...issuers);

/** What the gravest grades still ask to be commanded together. */
export function owesJointOrders(
  grade: Grade,
  orders: readonly Pick<HandlingOrder, 'track' | 'publishingUnit'>[],
  { jointGrades }: Pick<OrderOffice['pack'], 'jointGrades'>,
): boolean {
  const tracks = new Set(orders.map(({ track }) => track));
  const isAuthorised = orders.some(({ publishingUnit }) => publishingUnit?.trim());
  const isWhole = tracks.has('fact') && tracks.has('response') && isAuthorised;
  return jointGrades.includes(grade) && !isWhole;
}

/** The rule that forbids this command; undefined when none does. */
function whyNotIssue(
  { event, orders, publishingUnit, actor, at }: IssueRequest,
  standing: readonly HandlingOrder[],
  { pack }: OrderOffice,
): Refused | undefined {
  if (!mayIssueOrders(actor, pack)) {
    return new Refused('ROLE_NEEDED', `交办须为${rolesInWords(pack.issuers)}`, 'forbidden');
  }
  if (orders.length === 0) return new Refused('ORDER_EMPTY', '没有写要交办什么', 'invalid');
  if (orders.some(({ leadUnit, task }) => leadUnit.trim() === '' || task.trim() === '')) {
    return new Refused('ORDER_INCOMPLETE', '牵头单位、任务都要写', 'invalid');
  }
  if (orders.some(({ leadUnit, assistUnits }) => assistUnits.includes(leadUnit))) {
    return new Refused('ORDER_UNIT_TWICE', '牵头单位不必再列为配合单位', 'invalid');
  }
  if (orders.some(({ dueAt }) => dueAt && dueAt <= at)) {
    return new Refused('ORDER_DUE_PAST', '办结时间须晚于现在', 'invalid');
  }
  const commanded = orders.map(({ track }) => ({ track, publishingUnit }));
  // A leader's instruction goes out as it was given; the joint command stays owed, and the event's page says so.
  const isInstructed = orders.every(({ instructed }) => instructed);
  if (!isInstructed && owesJointOrders(event.grade, [...standing, ...commanded], pack)) {
    const rule = '这一等级须一并下达事实处置、回应两张处置单，并写明授权发布的单位';
    return new Refused('ORDERS_TOGETHER', rule, 'invalid');
  }
  return undefined;
}

/**
 * The orders of one command. Each begins its own countdowns for acceptance and result.
 *
 * @param standing the event's orders so far
 * @throws {Refused} when a rule forbids it @throws {CalendarYearMissing}
 */
export function newOrders(
  request: IssueRequest,
  standing: readonly HandlingOrder[],
  office: OrderOffice,
): HandlingOrder[] {
  const refusal = whyNotIssue(request, standing, office);
  if (refusal) throw refusal;
  const { event, publishingUnit, actor, at } = request;
  const by = actorOf(actor);
  return request.orders.map(({ dueAt, instructed, ...draft }) => {
    const { track, leadUnit, task } = draft;
    const order: HandlingOrder = {
      ...draft,
      assistUnits: [...draft.assistUnits],
      id: idOf('order', event.id, track, leadUnit, task, ...(instructed ? [instructed.id] : [])),
      revision: 1,
      effects: [],
      eventId: event.id,
      eventTitle: event.title,
      isDrill: event.isDrill,
      grade: event.grade,
      ...(dueAt && { dueAt }),
      ...(instructed && { instructed }),
      ...(track === 'response' && publishingUnit?.trim() && { publishingUnit }),
      issued: { at, by },
      acceptDueAt: at,
      state: 'issued',
      returns: [],
      isFinal: false,
      progress: [],
      history: [],
      createdAt: at,
    };
    const authority = order.publishingUnit ? `，授权${order.publishingUnit}发布` : '';
    const what = `${instructed ? instructedInWords(instructed) : ''}交办${ORDER_TRACK_NAMES[track]}：${leadUnit}${authority}`;
    return withIssue(order, what, actor, office, at);
  });
}

/** 据某某在某报告上的批示; with who stood in for the leader, where somebody did. */
const instructedInWords = ({ leader, reportName, through }: Instructed): string =>
  `据${leader.name}在《${reportName}》上的批示${through ? `（${through.name}代办）` : ''}`;

/** Sends the order on its way: the act that begins its countdowns, the record, the notices. */
export function withIssue(
  order: HandlingOrder,
  what: string,
  actor: Person,
  office: OrderOffice,
  at: Date,
): HandlingOrder {
  const act = orderAct(order, { kind: 'orderIssued', doneAt: at, what }, order.returns.length);
  // A pack without a limit for signing leaves an order open to return for as long as nobody signs.
  const acceptDueAt = dueOfAct(act, 'orderAccepted', office.arming) ?? order.dueAt ?? NEVER;
  const issued = { ...order, acceptDueAt };
  const nobody = receiversOf(order.leadUnit, office).length === 0;
  const said = nobody ? `${what}（该单位没有能通知到的人）` : what;
  const noted = withNote(issued, 'order', { actor: actorOf(actor), at, what: said });
  return withEffects(noted, [actEffect(act), ...issueNotices(issued, office, at)]);
}

const NEVER = new Date('9999-12-31T00:00:00Z');

/** @throws {Refused} @returns the orders of the command, as they stand */
export async function issueOrders(
  deps: OrderDeps,
  request: IssueRequest,
): Promise<readonly HandlingOrder[]> {
  const standing = await deps.orders.listByEvent(request.event.id);
  const orders = newOrders(request, standing, await officeOf(deps));
  return await Promise.all(
    orders.map(async (order) => {
      if (await deps.orders.create(order)) return order;
      // Sent twice: the first stands.
      return (await deps.orders.findById(order.id)) ?? order;
    }),
  );
}

/** @param round how often the order had been returned before the act: each round is one of its own */
export function orderAct(
  order: HandlingOrder,
  { kind, doneAt, what }: Pick<DutyAct, 'kind' | 'doneAt' | 'what'>,
  round: number,
): DutyAct {
  const { id, eventId, track, leadUnit, grade, dueAt, isDrill } = order;
  return {
    id: idOf('act', 'order', id, kind, String(round)),
    eventId,
    target: `order:${id}`,
    kind,
    doneAt,
    ref: `order:${id}`,
    what,
    title: `${ORDER_TRACK_NAMES[track]}处置单（${leadUnit}）`,
    unit: leadUnit,
    variant: grade,
    isDrill,
    ...(dueAt && { dueAt }),
  };
}

export const actEffect = (act: DutyAct): Effect => ({
  topic: ACTS_TOPIC,
  id: act.id,
  key: act.eventId ?? act.id,
  body: act,
});
