import { expect, test } from 'vitest';
import { createCalendar, runStage, type Effect, type NationalCalendar, type Person } from '#core';
import { SqlitePersonStore, SqliteSetAsideStore } from '#core/sqlite';
import {
  createActsStage,
  createAlerting,
  createDutyTable,
  createRoster,
  NoticeSchema,
  NOTICES_TOPIC,
  onDutyAt,
  tickLadders,
  type DutyAct,
} from '#alert';
import {
  aGradedEvent,
  calendar,
  countdownPack,
  NIGHT,
  openAlertingDeps,
} from '../support/alerts.ts';
import { calendarPack } from '../support/packs.ts';
import { aPerson } from '../support/people.ts';
import { aRoster } from '../support/rosters.ts';

const { 2026: _this, ...earlier } = calendarPack.years;
/** The calendar of an office that has not got this year's notice yet. */
const without2026 = createCalendar({ ...calendarPack, years: earlier });

const order: DutyAct = {
  id: 'order-1',
  target: 'order:1',
  kind: 'orderIssued',
  doneAt: NIGHT,
  ref: 'order:1',
  what: '派发处置单',
  title: '核实停水范围',
};
const upperOrder = {
  id: 'finding-1',
  at: NIGHT,
  actor: { personId: 'analyst', name: '陆知远' },
  kind: 'upperOrder' as const,
  source: '市网信办转办单',
};

/** The office's stages over what it stored; each `start` is the product started again. */
function anOffice() {
  const world = openAlertingDeps();
  const setAside = new SqliteSetAsideStore(world.database);
  const start = (now: NationalCalendar, more: Partial<typeof world.deps> = {}) => {
    const deps = { ...world.deps, calendar: now, ...more };
    const around = { setAside, now: () => NIGHT, onFailure: () => undefined };
    return {
      deps,
      acts: runStage(createActsStage(deps), around),
      events: runStage(createAlerting(deps), around),
    };
  };
  const codes = async (subject: string) =>
    (await world.deps.countdowns.listByEvent(subject)).map(({ code }) => code);
  return { ...world, setAside, start, codes };
}

const entry = (id: string, body: unknown) => [{ id, key: id, body }];

test('an order issued in a missing year is due to be accepted at once, and to be done once the year is there', async () => {
  const { start, setAside, codes } = anOffice();
  await start(without2026).acts.handle(entry('order-1', order));
  expect(await codes('order:1')).toEqual(['ORDER_ACCEPT']);
  expect(await setAside.listNewest(9)).toMatchObject([
    { stage: 'acts', isForNextStart: true, reason: expect.stringContaining('2026') as string },
  ]);

  // Started again without the year: it waits on, and nothing is doubled.
  expect(await start(without2026).acts.takeUp()).toBe(0);
  expect(await setAside.count()).toBe(1);
  expect(await codes('order:1')).toEqual(['ORDER_ACCEPT']);

  expect(await start(calendar).acts.takeUp()).toBe(1);
  expect(await setAside.count()).toBe(0);
  expect((await codes('order:1')).toSorted()).toEqual(['ORDER_ACCEPT', 'ORDER_DONE']);
  expect(await start(calendar).acts.takeUp()).toBe(0);
});

test('the duty begins when it began, not when the year came', async () => {
  const late = anOffice();
  await late.start(without2026).acts.handle(entry('order-1', order));
  late.clock.at = new Date(NIGHT.getTime() + 86_400_000);
  await late.start(calendar).acts.takeUp();
  const known = anOffice();
  await known.start(calendar).acts.handle(entry('order-1', order));
  const done = async (office: typeof late) =>
    (await office.deps.countdowns.listByEvent('order:1')).find(({ code }) => code === 'ORDER_DONE');
  const [waited, prompt] = [await done(late), await done(known)];
  expect(waited?.statutoryDueAt).toEqual(prompt?.statutoryDueAt);
  expect(waited?.start).toEqual(prompt?.start);
});

test('an event whose transfer waits for the year calls people and runs its hours all the same', async () => {
  const { start, deps, setAside, codes } = anOffice();
  const event = aGradedEvent('L2', { findings: [upperOrder] });
  await start(without2026).events.handle(entry('event-1', event));
  expect(await codes('event-1')).toContain('AUTH_RELEASE_5H');
  expect(await codes('event-1')).not.toContain('TRANSFER_DUE');
  const [alert] = await deps.alerts.listByEvent('event-1');
  expect(alert?.effects).not.toEqual([]);
  expect(await setAside.count()).toBe(1);
  expect(await start(calendar).events.takeUp()).toBe(1);
  expect(await codes('event-1')).toContain('TRANSFER_DUE');
  expect((await deps.alerts.listByEvent('event-1')).length).toBe(1);
});

test('a local limit in working days on events keeps nobody from being called', async () => {
  const { start, deps, codes } = anOffice();
  const rules = countdownPack.rules.map((rule) =>
    rule.code === 'PLAN_START'
      ? { ...rule, calendar: 'workingDays' as const, workingDays: { default: 1 } }
      : rule,
  );
  const local = { countdownPack: { ...countdownPack, rules } };
  const event = aGradedEvent('L2');
  await start(without2026, local).events.handle(entry('event-1', event));
  expect((await deps.alerts.listByEvent('event-1'))[0]?.effects).not.toEqual([]);
  expect(await codes('event-1')).not.toContain('PLAN_START');
  await start(calendar, local).events.takeUp();
  expect(await codes('event-1')).toContain('PLAN_START');
});

test('in a missing year the ladder calls the officers of every kind of day', async () => {
  const { start, database, deps } = anOffice();
  const people = new SqlitePersonStore(database);
  for (const id of ['a', 'b', 'c', 'd', 'e', 'x', 'y', 'z']) {
    const email = `${id}@office.test`;
    await people.create(aPerson(id, ['dutyOfficer'], { email }) satisfies Person);
  }
  const called = async (now: NationalCalendar) => {
    const table = createDutyTable(aRoster(), now);
    const roster = createRoster(people, async (at) => onDutyAt(at, table, () => true));
    return await roster.onCall('dutyOfficer', 'first', NIGHT);
  };
  const [known, unknown] = [await called(calendar), await called(without2026)];
  expect(known).toHaveLength(1);
  expect(unknown.length).toBeGreaterThan(1);
  const table = createDutyTable(aRoster(), without2026);
  const roster = createRoster(people, async (at) => onDutyAt(at, table, () => true));
  const { events } = start(without2026, { roster });
  await events.handle(entry('event-1', aGradedEvent('L2')));
  await tickLadders(deps);
  const [alert] = await deps.alerts.listByEvent('event-1');
  const told = (alert?.effects ?? []).filter((effect: Effect) => effect.topic === NOTICES_TOPIC);
  const names = told.map(({ body }) => NoticeSchema.parse(body).receiver.personId);
  expect(unknown.every(({ id }) => names.includes(id))).toBe(true);
});
