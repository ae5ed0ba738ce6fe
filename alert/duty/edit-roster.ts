import {
  actorOf,
  addDays,
  amend,
  auditEffect,
  beijingDay,
  beijingMinute,
  hasRole,
  newId,
  Refused,
  startOfBeijingDay,
  DAY_MS,
  type Documents,
  type NationalCalendar,
  type Person,
  type PersonStore,
} from '#core';
import type { DutyPack } from './duty-pack.ts';
import {
  ROSTER_ID,
  SEATS,
  SEAT_WORDS,
  type DutyLeave,
  type DutyOverride,
  type DutyPlan,
  type DutyRoster,
  type Seat,
} from './duty-roster.ts';
import { createDutyTable } from './duty-table.ts';
import { stretchesOf } from './check-roster.ts';

/** Adapters pass tests/contracts/documents.contract.ts. */
export type RosterStore = Documents<DutyRoster>;

export interface RosterDeps {
  readonly rosters: RosterStore;
  readonly people: PersonStore;
  readonly calendar: NationalCalendar;
  readonly pack: DutyPack;
}

export interface RosterAct {
  readonly actor: Person;
  readonly at: Date;
}

/** Whether this person may edit the roster. */
export const mayKeepRoster = (person: Person, pack: DutyPack): boolean =>
  hasRole(person, ...pack.roster.owners);

/**
 * Sets the shifts from a day on, and the fallback list. What was before that day stays as it was.
 *
 * @throws {Refused} when the person may not, the day has begun, somebody cannot sit, or a moment would be empty
 */
export async function setPlan(
  deps: RosterDeps,
  act: RosterAct & {
    readonly plan: Pick<DutyPlan, 'from' | 'shifts'>;
    readonly fallback: readonly string[];
  },
): Promise<DutyRoster> {
  const { plan, fallback, actor, at } = act;
  checkKeeper(actor, deps.pack);
  if (fallback.length === 0) throw new Refused('FALLBACK_EMPTY', '后备名单不能为空', 'invalid');
  const people = await deps.people.listAll();
  for (const id of fallback) checkSeat(people, 'first', id, deps.pack);
  for (const { seats } of plan.shifts) {
    for (const seat of SEATS) {
      for (const id of seats[seat]?.people ?? []) checkSeat(people, seat, id, deps.pack);
    }
  }
  const kept: DutyPlan = { ...plan, by: actorOf(actor), at };
  const change = (roster: DutyRoster): DutyRoster => {
    // The very first plan may begin today; a later one must not change what was.
    const earliest = roster.plans.length > 0 ? addDays(beijingDay(at), 1) : beijingDay(at);
    if (plan.from < earliest) {
      throw new Refused('PLAN_BEGUN', `班次最早从 ${earliest} 起，已经过去的不能改`, 'invalid');
    }
    const plans = [...roster.plans.filter(({ from }) => from < plan.from), kept];
    const changed = { ...roster, plans, fallback: [...fallback] };
    checkWhole(changed, deps, people, plan.from);
    const detail = `自 ${plan.from} 起：${plan.shifts.map(({ name }) => name).join('、')}`;
    return withAudit(changed, act, '排班表', detail);
  };
  if (!(await deps.rosters.findById(ROSTER_ID))) {
    const first = change({
      id: ROSTER_ID,
      revision: 1,
      effects: [],
      plans: [],
      fallback: [...fallback],
      overrides: [],
      swaps: [],
      leaves: [],
    });
    if (await deps.rosters.create(first)) return first;
  }
  return await amend(deps.rosters, ROSTER_ID, change);
}

/** No roster is kept that leaves a moment without a duty officer. */
function checkWhole(
  roster: DutyRoster,
  { calendar, pack }: RosterDeps,
  people: readonly Person[],
  from: string,
): void {
  const table = createDutyTable(roster, calendar);
  const isKnown = (id: string): boolean => people.some((one) => one.id === id && !one.isDisabled);
  // From the second day on: on the first one the shift of the night before is not yet this plan's.
  const start = startOfBeijingDay(addDays(from, 1));
  const end = new Date(start.getTime() + pack.roster.checkAheadDays * DAY_MS);
  // Leave passes and is told by itself; only what the shifts leave open is refused.
  const bare = { ...table, roster: { ...roster, leaves: [], overrides: [] } };
  const open = stretchesOf(start, end, bare, isKnown).find(({ duty }) =>
    duty.alarms.some(({ kind }) => kind === 'nobody'),
  );
  if (!open) return;
  const when = `${beijingMinute(open.from)} 至 ${beijingMinute(open.to)}`;
  throw new Refused('ROSTER_GAP', `${when} 没有值班员；请让班次首尾相接`, 'invalid');
}

/** 顶班: puts somebody in a seat for a while. */
export async function addOverride(
  deps: RosterDeps,
  act: RosterAct & Pick<DutyOverride, 'seat' | 'personId' | 'from' | 'to' | 'reason'>,
): Promise<DutyRoster> {
  const { actor, at, seat, personId, from, to, reason } = act;
  checkKeeper(actor, deps.pack);
  const person = checkSeat(await deps.people.listAll(), seat, personId, deps.pack);
  if (to <= from || to <= at) throw new Refused('TIME_WRONG', '结束须在开始和现在之后', 'invalid');
  const one: DutyOverride = {
    id: newId(),
    seat,
    personId,
    // What has passed stays as it was.
    from: from < at ? at : from,
    to,
    reason,
    by: actorOf(actor),
    at,
  };
  const detail = `${SEAT_WORDS[seat]} ${person.name}，${beijingMinute(one.from)} 至 ${beijingMinute(to)}：${reason}`;
  return await amend(deps.rosters, ROSTER_ID, (roster) =>
    withAudit({ ...roster, overrides: [...roster.overrides, one] }, act, '顶班', detail),
  );
}

/** 请假, with somebody who stands in or without. */
export async function addLeave(
  deps: RosterDeps,
  act: RosterAct &
    Pick<DutyLeave, 'personId' | 'from' | 'to' | 'reason'> & {
      readonly replacementId?: string | undefined;
    },
): Promise<DutyRoster> {
  const { actor, at, personId, from, to, reason, replacementId } = act;
  checkKeeper(actor, deps.pack);
  const people = await deps.people.listAll();
  const person = people.find(({ id }) => id === personId);
  if (!person) throw new Refused('PERSON_UNKNOWN', '没有这个人', 'invalid');
  if (to < from) throw new Refused('TIME_WRONG', '结束日不能早于开始日', 'invalid');
  if (startOfBeijingDay(addDays(from, 1)) <= at) {
    throw new Refused('TIME_WRONG', '请假最早从今天起', 'invalid');
  }
  if (replacementId === personId) throw new Refused('SAME_PERSON', '替班须另有其人', 'invalid');
  if (replacementId) checkActive(people, replacementId);
  const one: DutyLeave = {
    id: newId(),
    personId,
    from,
    to,
    ...(replacementId && { replacementId }),
    reason,
    by: actorOf(actor),
    at,
  };
  const stands = people.find(({ id }) => id === replacementId)?.name ?? '无';
  const detail = `${person.name} ${from} 至 ${to}，替班 ${stands}：${reason}`;
  return await amend(deps.rosters, ROSTER_ID, (roster) =>
    withAudit({ ...roster, leaves: [...roster.leaves, one] }, act, '请假', detail),
  );
}

/** Takes an override or a leave back from now on. */
export async function withdrawChange(
  deps: RosterDeps,
  act: RosterAct & { readonly changeId: string },
): Promise<DutyRoster> {
  checkKeeper(act.actor, deps.pack);
  return await amend(deps.rosters, ROSTER_ID, (roster) => {
    const found = [...roster.overrides, ...roster.leaves].find(({ id }) => id === act.changeId);
    if (!found) throw new Refused('CHANGE_UNKNOWN', '没有这条顶班或请假', 'invalid');
    if (found.withdrawn) return undefined;
    const taken = <T extends { readonly id: string }>(one: T): T =>
      one.id === act.changeId ? { ...one, withdrawn: { by: actorOf(act.actor), at: act.at } } : one;
    const changed = {
      ...roster,
      overrides: roster.overrides.map(taken),
      leaves: roster.leaves.map(taken),
    };
    return withAudit(changed, act, '撤销顶班或请假', found.reason);
  });
}

function checkKeeper(actor: Person, pack: DutyPack): void {
  if (!mayKeepRoster(actor, pack)) {
    throw new Refused('ROSTER_ROLE', '值班表由舆情工作负责人或系统管理员编排', 'forbidden');
  }
}

function checkActive(people: readonly Person[], id: string): Person {
  const person = people.find((one) => one.id === id);
  if (!person) throw new Refused('PERSON_UNKNOWN', '没有这个人', 'invalid');
  if (person.isDisabled) {
    throw new Refused('PERSON_DISABLED', `${person.name}的账号已停用`, 'invalid');
  }
  return person;
}

function checkSeat(people: readonly Person[], seat: Seat, id: string, pack: DutyPack): Person {
  const person = checkActive(people, id);
  const isFit =
    seat === 'leader' ? hasRole(person, ...pack.roster.leaders) : hasRole(person, 'dutyOfficer');
  if (isFit) return person;
  const wanted = seat === 'leader' ? '不能带班' : '不是值班员';
  throw new Refused('PERSON_ROLE', `${person.name}${wanted}，请先为其设置角色`, 'invalid');
}

export function withAudit(
  roster: DutyRoster,
  { actor, at }: RosterAct,
  what: string,
  detail: string,
): DutyRoster {
  const audit = auditEffect({ at, actor: actorOf(actor), act: what, target: 'roster', detail });
  return { ...roster, effects: [...roster.effects, audit] };
}
