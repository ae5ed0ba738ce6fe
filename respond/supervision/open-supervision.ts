import {
  actorOf,
  beijingMinute,
  CalendarYearMissing,
  DAY_MS,
  endOfWorkingDays,
  hasRole,
  idOf,
  MACHINE,
  Refused,
} from '#core';
import type { Actor, Person, WorkingCalendar } from '#core';
import type { GradedEvent } from '#analyze';
import type { CountdownBreach } from '#alert';
import { reachedBy, tellPeople, type Matter, type Reach } from '../tell-people.ts';
import { withEffects, withNote } from '../with-note.ts';
import { rolesInWords, SUPERVISION_LEVEL_NAMES } from '../words.ts';
import {
  SUPERVISION_LEVELS,
  type SupervisionLevel,
  type SupervisionOrder,
} from './supervision-order.ts';
import type { SupervisionPack } from './supervision-pack.ts';

/** What supervising leans on, as it stands at the moment. */
export interface SupervisionOffice extends Reach {
  readonly pack: SupervisionPack;
  readonly calendar: WorkingCalendar;
  readonly linkFor: Matter['linkFor'];
}

type Opening = Pick<
  SupervisionOrder,
  'eventId' | 'isDrill' | 'target' | 'title' | 'trigger' | 'reason' | 'unit'
>;

/** 重大政务舆情督办: from the moment that a person confirms the grade; undefined where none is due. */
export function superviseEvent(
  event: Pick<GradedEvent, 'id' | 'title' | 'isDrill' | 'confirmedGrade' | 'state'>,
  unit: string,
  { pack }: SupervisionOffice,
  at: Date,
): SupervisionOrder | undefined {
  const { id, title, isDrill, confirmedGrade } = event;
  const isDue = confirmedGrade !== undefined && pack.graveGrades.includes(confirmedGrade);
  if (!isDue || event.state === 'merged') return undefined;
  const reason = '重大政务舆情回应督办';
  const target = `event:${id}`;
  const opening = { eventId: id, isDrill, target, title, trigger: 'graveEvent', reason } as const;
  return newSupervision({ ...opening, unit }, id, MACHINE, at);
}

/** A missed limit, supervised at once by the first level of the ladder. */
export function superviseBreach(
  breach: CountdownBreach,
  unit: string,
  office: SupervisionOffice,
  at: Date,
): SupervisionOrder {
  const { id, countdownId, eventId, name, title, isDrill, dueAt } = breach;
  const opening: Opening = {
    ...(eventId && { eventId }),
    isDrill,
    target: `countdown:${countdownId}`,
    title: `${name}超时：${title}`,
    trigger: 'breach',
    reason: `${name}到 ${beijingMinute(dueAt)} 没有完成`,
    unit: breach.unit ?? unit,
  };
  const opened = newSupervision(opening, id, MACHINE, at);
  return climbed({ ...opened, nextUrgeAt: at }, office, at) ?? opened;
}

export const maySupervise = (
  person: Person,
  { supervisors }: Pick<SupervisionPack, 'supervisors'>,
): boolean => hasRole(person, ...supervisors);

/** A matter that a person puts under supervision. @throws {Refused} */
export function superviseByHand(
  request: Omit<Opening, 'trigger'> & { readonly actor: Person; readonly at: Date },
  office: SupervisionOffice,
): SupervisionOrder {
  const { actor, at, ...about } = request;
  const { pack } = office;
  if (!maySupervise(actor, pack)) {
    const rule = `督办须为${rolesInWords(pack.supervisors)}`;
    throw new Refused('ROLE_NEEDED', rule, 'forbidden');
  }
  if (about.reason.trim() === '' || about.unit.trim() === '') {
    throw new Refused('SUPERVISION_INCOMPLETE', '督办须写明单位和事由', 'invalid');
  }
  const opening: Opening = { ...about, trigger: 'person' };
  const opened = newSupervision(opening, `${about.unit} ${about.reason}`, actorOf(actor), at);
  return urged(opened, { level: 'notice', text: about.reason, by: actorOf(actor) }, office, at);
}

function newSupervision(opening: Opening, openedBy: string, by: Actor, at: Date): SupervisionOrder {
  const order: SupervisionOrder = {
    ...opening,
    id: idOf('supervision', opening.target, openedBy),
    revision: 1,
    effects: [],
    opened: { at, by },
    level: 'notice',
    state: 'open',
    urges: [],
    history: [],
    createdAt: at,
  };
  const whom = opening.unit === '' ? '' : `（${opening.unit}）`;
  const what = `开督办单${whom}：${opening.reason}`;
  return withNote(order, 'supervision', { actor: by, at, what });
}

/** The next level of the ladder where it is due; undefined where it is not, or there is none. */
export function climbed(
  order: SupervisionOrder,
  office: SupervisionOffice,
  now: Date,
): SupervisionOrder | undefined {
  const isAnswered = order.state !== 'open' && order.state !== 'urged';
  if (isAnswered || !order.nextUrgeAt || order.nextUrgeAt > now) return undefined;
  const step = nextStep(order, office.pack);
  if (!step) return { ...order, nextUrgeAt: undefined };
  const text = `${order.reason}，请答复原因和措施`;
  return urged(order, { level: step.level, text, by: MACHINE }, office, now);
}

/** The level of the ladder above the last urge. */
function nextStep({ urges }: SupervisionOrder, { ladder }: SupervisionPack) {
  const last = urges.at(-1);
  return last ? ladder.find(({ level }) => isAbove(level, last.level)) : ladder[0];
}

export const isAbove = (level: SupervisionLevel, other: SupervisionLevel): boolean =>
  SUPERVISION_LEVELS.indexOf(level) > SUPERVISION_LEVELS.indexOf(other);

/** The unit told, with those of the level; and when the ladder climbs next. */
export function urged(
  order: SupervisionOrder,
  {
    level,
    text,
    by,
  }: { readonly level: SupervisionLevel; readonly text: string; readonly by: Actor },
  office: SupervisionOffice,
  at: Date,
): SupervisionOrder {
  const { pack } = office;
  const ofUnit = order.unit === '' ? [] : reachedBy(pack.repliers, office, order.unit);
  const alsoTell = pack.ladder.find((one) => one.level === level)?.alsoTell ?? [];
  const answering = ofUnit.length > 0 ? ofUnit : reachedBy(pack.withoutUnit, office);
  const people = [...answering, ...reachedBy(alsoTell, office)];
  const name = SUPERVISION_LEVEL_NAMES[level];
  const told = [...new Set(people.map((one) => one.name))];
  const urges = [...order.urges, { at, by, level, text, told }];
  const nextUrgeAt = nextAfter({ ...order, urges }, office, at);
  const next: SupervisionOrder = { ...order, state: 'urged', level, urges, nextUrgeAt };
  const noted = withNote(next, 'supervision', { actor: by, at, what: `${name}：${text}` });
  const isProposal = level === 'bulletinProposal';
  const telling = {
    key: `urge ${urges.length}`,
    people,
    subject: name,
    ask: isProposal
      ? '督办后仍没有答复，建议通报批评或者约谈；是否采取由主要负责人决定，系统不发出。'
      : '请办理并答复原因和措施。',
    lines: [`事由：${order.reason}`, ...(order.unit ? [`被督办单位：${order.unit}`] : []), text],
    button: '查看并答复',
    at,
  };
  const shortCode = `督办#${order.id.slice(0, 4)}`;
  return withEffects(
    noted,
    tellPeople({ ...next, shortCode, linkFor: office.linkFor }, telling, office),
  );
}

/** What a person opened climbs as what a limit opened; what a grave event opened waits for a person. */
function nextAfter(
  order: SupervisionOrder,
  { pack, calendar }: SupervisionOffice,
  at: Date,
): Date | undefined {
  if (order.trigger === 'graveEvent') return undefined;
  const step = nextStep(order, pack);
  if (!step) return undefined;
  const { afterWorkingDays: days } = step;
  if (days === 0) return at;
  try {
    return endOfWorkingDays(at, days, calendar);
  } catch (error) {
    // Nobody has announced the year yet: better a day early than never.
    if (error instanceof CalendarYearMissing) return new Date(at.getTime() + days * DAY_MS);
    throw error;
  }
}
