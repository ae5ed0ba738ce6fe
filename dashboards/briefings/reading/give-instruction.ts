import {
  actorOf,
  beijingMinute,
  hasRole,
  idOf,
  Refused,
  type Actor,
  type Grade,
  type Person,
} from '#core';
import {
  HANDLING_ORDERS_TOPIC,
  newOrders,
  ORDER_TRACK_NAMES,
  reachedBy,
  rolesInWords,
  tellPeople,
  withEffects,
  withNote,
  type HandlingOrder,
  type OrderOffice,
  type OrderTrack,
} from '#respond';
import type { ReadingPack } from '../report-pack.ts';
import { nameOf, type Report } from '../report.ts';
import type { Instruction, Picture } from './instruction.ts';
import { readerOf, settled, withReader } from './read-report.ts';

/** The matter that an instruction is on, as it stands. */
export interface InstructedEvent {
  readonly id: string;
  readonly title: string;
  readonly isDrill: boolean;
  readonly grade: Grade;
}

/** What the act leans on, as it stands at its moment. */
export interface InstructionOffice {
  readonly pack: ReadingPack;
  readonly orders: OrderOffice;
  /** The reports page. */
  readonly reportsPage: string;
}

export interface InstructionAct {
  readonly leader: Person;
  readonly text: string;
  readonly track: OrderTrack;
  /** Absent where the leader did not say; then whoever routes instructions chooses. */
  readonly event?: InstructedEvent | undefined;
  readonly unit?: string | undefined;
  readonly dueAt: Date;
  /** Registered from paper by somebody else. */
  readonly paper?:
    | { readonly by: Person; readonly day: string; readonly picture?: Picture | undefined }
    | undefined;
  /** Server time. */
  readonly at: Date;
}

export const mayInstruct = (
  person: Person,
  { instructors }: Pick<ReadingPack, 'instructors'>,
): boolean => !person.isDisabled && hasRole(person, ...instructors);

export const mayRoute = (person: Person, { routers }: Pick<ReadingPack, 'routers'>): boolean =>
  hasRole(person, ...routers);

function whyNotInstruct(
  report: Report,
  { leader, text, paper, dueAt, at }: InstructionAct,
  { pack }: InstructionOffice,
): Refused | undefined {
  if (!report.sent) return new Refused('REPORT_NOT_SENT', '报告还没有报送，不能批示');
  if (!mayInstruct(leader, pack)) {
    const rule = `批示须为${rolesInWords(pack.instructors)}`;
    return new Refused('ROLE_NEEDED', rule, 'forbidden');
  }
  if (paper && !hasRole(paper.by, ...pack.keepers)) {
    const rule = `登记批示须为${rolesInWords(pack.keepers)}`;
    return new Refused('ROLE_NEEDED', rule, 'forbidden');
  }
  if (text.trim() === '') return new Refused('INSTRUCTION_EMPTY', '批示没有内容', 'invalid');
  if (dueAt <= at) return new Refused('INSTRUCTION_DUE_PAST', '报结果的时间须晚于现在', 'invalid');
  return undefined;
}

/**
 * 批示: recorded on the report, and the order that it becomes goes out in the same write. Where matter or unit is
 * open, whoever routes instructions is told. The same one again, as a second tap sends it, changes nothing.
 *
 * @throws {Refused} when a rule forbids it
 */
export function withInstruction(
  report: Report,
  act: InstructionAct,
  office: InstructionOffice,
): Report | undefined {
  const refusal = whyNotInstruct(report, act, office);
  if (refusal) throw refusal;
  const { leader, track, event, unit, dueAt, paper, at } = act;
  const text = act.text.trim();
  const about = [unit ?? '', event?.id ?? '', paper?.day ?? ''];
  const id = idOf('instruction', report.id, leader.id, track, text, ...about);
  const standing = report.instructions.find((one) => one.id === id);
  if (standing) {
    if (isSameDue(standing.dueAt, dueAt)) return undefined;
    const until = beijingMinute(standing.dueAt);
    throw new Refused(
      'INSTRUCTION_STANDS',
      `同样的批示已经下达，${until} 前报结果；要改时间，请在内容里写明`,
    );
  }
  const instruction: Instruction = {
    id,
    at,
    leader: actorOf(leader),
    text,
    track,
    ...(event && { event: { id: event.id, title: event.title } }),
    ...(unit && { unit }),
    dueAt,
    ...(paper && {
      paper: {
        by: actorOf(paper.by),
        day: paper.day,
        ...(paper.picture && { picture: paper.picture }),
      },
    }),
  };
  const by = paper?.by ?? leader;
  const how = paper ? `代${leader.name}登记${paper.day}的纸质批示` : '批示';
  const what = `${how}：${text}（${routeInWords(instruction)}，${beijingMinute(dueAt)} 前报结果）`;
  const noted = withNote(read(report, act), 'report', { actor: actorOf(by), at, what });
  const instructed: Report = { ...noted, state: 'instructed' };
  const ordered =
    event && unit ? orderFor(report, instruction, event, unit, by, office, at) : undefined;
  const kept = ordered ? withOrder(instruction, ordered, by, at) : instruction;
  return withEffects(
    { ...instructed, instructions: [...report.instructions, kept] },
    ordered ? [orderEffect(ordered)] : tellRouters(report, instruction, office, at),
  );
}

/**
 * 交办: matter and unit of an instruction that named none of them.
 *
 * @throws {Refused} when a rule forbids it, or it has become an order before
 */
export function withRouting(
  report: Report,
  act: {
    readonly instructionId: string;
    readonly event: InstructedEvent;
    readonly unit: string;
    readonly track: OrderTrack;
    readonly dueAt: Date;
    readonly actor: Person;
    readonly at: Date;
  },
  office: InstructionOffice,
): Report {
  const { event, unit, track, dueAt, actor, at } = act;
  if (!mayRoute(actor, office.pack)) {
    throw new Refused(
      'ROLE_NEEDED',
      `交办批示须为${rolesInWords(office.pack.routers)}`,
      'forbidden',
    );
  }
  const standing = report.instructions.find(({ id }) => id === act.instructionId);
  if (!standing) throw new Refused('INSTRUCTION_UNKNOWN', '报告上没有这条批示');
  if (standing.order) throw new Refused('INSTRUCTION_ROUTED', '这条批示已经交办');
  const { id, title } = event;
  const routed: Instruction = { ...standing, event: { id, title }, unit, track, dueAt };
  const order = orderFor(report, routed, event, unit, actor, office, at);
  const what = `交办${standing.leader.name}的批示：${routeInWords(routed)}，${beijingMinute(dueAt)} 前报结果`;
  const noted = withNote(report, 'report', { actor: actorOf(actor), at, what });
  const kept = withOrder(routed, order, actor, at);
  return withEffects(
    {
      ...noted,
      instructions: report.instructions.map((one) => (one.id === kept.id ? kept : one)),
    },
    [orderEffect(order)],
  );
}

/** A choice such as 两小时内 is counted from each tap: what a second tap means is the same time. */
const isSameDue = (one: Date, other: Date): boolean =>
  Math.abs(one.getTime() - other.getTime()) < SAME_DUE_MS;
const SAME_DUE_MS = 15 * 60_000;

/** 已交市水务局办理“…”; what is open is said to be open. */
function routeInWords({ event, unit, track }: Instruction): string {
  if (!event || !unit) return `待交办${event ? `，事项“${event.title}”` : ''}`;
  return `${ORDER_TRACK_NAMES[track]}，${unit}办理“${event.title}”`;
}

/** Who instructs on a report has read it. */
function read(report: Report, { leader, at }: Pick<InstructionAct, 'leader' | 'at'>): Report {
  const reader = readerOf(report, leader.id);
  if (!reader || reader.readAt) return report;
  return settled(withReader(report, { ...reader, readAt: at }));
}

function orderFor(
  report: Report,
  { id, leader, text, track, dueAt }: Instruction,
  event: InstructedEvent,
  unit: string,
  by: Person,
  { orders }: InstructionOffice,
  at: Date,
): HandlingOrder {
  const isProxy = by.id !== leader.personId;
  const instructed = {
    id,
    reportId: report.id,
    reportName: nameOf(report),
    leader,
    ...(isProxy && { through: actorOf(by) }),
  };
  const task = `${leader.name}批示：${text}`;
  const draft = { track, leadUnit: unit, assistUnits: [], task, dueAt, instructed };
  const [order] = newOrders({ event, orders: [draft], actor: by, at }, [], orders);
  if (!order) throw new Refused('ORDER_EMPTY', '没有写要交办什么', 'invalid');
  return order;
}

const withOrder = (
  instruction: Instruction,
  { id }: HandlingOrder,
  by: Person,
  at: Date,
): Instruction => ({ ...instruction, order: { id, at, by: actorOf(by) } });

const orderEffect = (order: HandlingOrder) => ({
  topic: HANDLING_ORDERS_TOPIC,
  id: order.id,
  key: order.eventId,
  body: order,
});

function tellRouters(
  report: Report,
  { id, leader, text, dueAt }: Instruction,
  { pack, orders, reportsPage }: InstructionOffice,
  at: Date,
) {
  const reach = { ...orders, ways: pack.channels };
  const matter = {
    id: report.id,
    isDrill: report.isDrill,
    title: nameOf(report),
    shortCode: `批示#${id.slice(0, 4)}`,
    linkFor: () => reportsPage,
  };
  const telling = {
    key: `instruction ${id}`,
    people: reachedBy(pack.routers, reach),
    subject: '领导批示待交办',
    ask: '请在报告页选定事项和承办单位，交办这条批示。',
    lines: [`${leader.name}批示：${text}`, `${beijingMinute(dueAt)} 前报结果`],
    button: '查看并交办',
    at,
  };
  return tellPeople(matter, telling, reach);
}

/** Who acted beside the leader: named on the page wherever the instruction is shown. */
export const throughWhom = ({ leader, paper, order }: Instruction): Actor | undefined => {
  const other = paper?.by ?? order?.by;
  return other && other.personId !== leader.personId ? other : undefined;
};
