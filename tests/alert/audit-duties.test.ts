import type { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import type { AuditEntry } from '#core';
import { SqliteLog } from '#core/sqlite';
import {
  createAlerting,
  createDutyAudit,
  NOTICES_TOPIC,
  tickCountdowns,
  tickLadders,
} from '#alert';
import { SqliteAlertStore } from '../../alert/adapters/sqlite-alert-store.ts';
import { SqliteCountdownStore } from '../../alert/adapters/sqlite-countdown-store.ts';
import { aGradedEvent, aNotice, after, NIGHT, openAlertingDeps } from '../support/alerts.ts';

/** A night with a grave event: its countdowns run, its ladder has called, its notices are in the outbox. */
async function aNight() {
  const { database, clock, deps, outbox } = openAlertingDeps();
  const log = new SqliteLog(database, { onError: (error) => expect.fail(String(error)) });
  const event = aGradedEvent('L2');
  await createAlerting(deps).process([event]);
  await tickCountdowns(deps);
  await tickLadders(deps);
  const trail: AuditEntry[] = [];
  const countdowns = new SqliteCountdownStore(database);
  const audit = createDutyAudit({
    alerting: deps,
    records: [countdowns, new SqliteAlertStore(database), outbox],
    log,
    outbox,
    noticeGroup: 'outbox',
    trail: { append: async (entry) => void trail.push(entry) },
    pack: {
      everyMs: 60_000,
      recordsATurn: 2_000,
      noticesATurn: 2_000,
      overdueMs: 30_000,
      lapsedMs: 30_000,
    },
    realNow: () => clock.at,
    isDrill: false,
  });
  return { database, clock, deps, countdowns, outbox, log, audit, trail };
}

/** Entries of the log as if the outbox's reader had passed them. */
async function passedOn(log: SqliteLog, notices: readonly ReturnType<typeof aNotice>[]) {
  const passed = Promise.withResolvers<void>();
  const entries = notices.map((body) => ({ id: body.id, key: 'event-1', body }));
  await log.append(NOTICES_TOPIC, entries);
  const reader = await log.follow(NOTICES_TOPIC, 'outbox', async () => undefined);
  log.onPassed = () => passed.resolve();
  await passed.promise;
  await reader.close();
}

const forget = (database: DatabaseSync, sql: string): void => database.exec(sql);

test('a night in which all is well: nothing is found, nobody is told, nothing is changed', async () => {
  const { audit, deps, trail } = await aNight();
  const before = await deps.countdowns.listOpen();
  expect(await audit()).toEqual({ at: NIGHT, findings: [] });
  expect(trail).toEqual([]);
  expect(await deps.countdowns.listOpen()).toEqual(before);
});

test('a countdown that lost its wake-up is silent for ever; the audit wakes it again and says so', async () => {
  const { audit, deps, database, clock, trail } = await aNight();
  forget(database, 'UPDATE countdown SET milestoneAt = NULL, openDueAt = NULL');
  clock.at = after(6 * 60);
  // The control: without an audit the five hours pass, and nobody hears of it.
  expect(await tickCountdowns(deps)).toBe(0);
  const { findings } = await audit();
  expect(findings[0]).toMatch(/^时限 \d+ 条的提醒时间与记录不符/);
  expect(await tickCountdowns(deps)).toBeGreaterThan(0);
  const five = (await deps.countdowns.listByEvent('event-1')).find(
    ({ code }) => code === 'AUTH_RELEASE_5H',
  );
  expect(five?.state).toBe('breached');
  expect(trail).toHaveLength(1);
  const told = await deps.alerts.listNewest(9);
  expect(told.map(({ title }) => title)).toContain('值守自查发现问题');
});

test('a ladder whose next step was moved away is brought back to what its record says', async () => {
  const { audit, deps, database, clock } = await aNight();
  forget(database, 'UPDATE alert SET ladderDueAt = 9999999999999');
  clock.at = after(6);
  expect(await tickLadders(deps)).toBe(0);
  await audit();
  expect(await tickLadders(deps)).toBeGreaterThan(0);
});

test('what was decided and not yet passed on is passed on, though its mark was lost', async () => {
  const { audit, deps, database } = await aNight();
  const waiting = (await deps.alerts.findWithEffects(9)).length;
  expect(waiting).toBeGreaterThan(0);
  forget(database, 'UPDATE alert SET effectsNo = 0');
  expect(await deps.alerts.findWithEffects(9)).toEqual([]);
  await audit();
  expect((await deps.alerts.findWithEffects(9)).length).toBeGreaterThanOrEqual(waiting);
});

test('a notice that was decided and is not in the outbox is put there, once', async () => {
  const { audit, outbox, log, database } = await aNight();
  const notices = [aNotice('n1'), aNotice('n2')];
  for (const one of notices) await outbox.create(one);
  await passedOn(log, notices);
  forget(database, `DELETE FROM notice WHERE id = 'n1'`);
  expect((await audit()).findings).toEqual(['通知 1 条不在发件箱里，已补上']);
  expect(await outbox.findById('n1')).toMatchObject({ state: 'pending' });
  expect((await audit()).findings).toEqual([]);
});

test('what is overdue and what was left half sent is told', async () => {
  const { audit, outbox, clock } = await aNight();
  await outbox.create(aNotice('n3', { state: 'leased', leaseBy: 'gone', leaseUntil: NIGHT }));
  clock.at = after(60);
  expect((await audit()).findings).toEqual([
    '有时限的提醒到点没有处理',
    '有升级阶梯到点没有叫人',
    '通知 1 条发到一半，没有接着发',
  ]);
});

test('of many records each turn looks at some, and all are looked at in the end', async () => {
  const { deps, countdowns, database } = await aNight();
  const count = (await deps.countdowns.listByEvent('event-1')).length;
  forget(database, 'UPDATE countdown SET milestoneAt = 1');
  const mended: string[] = [];
  let next = 0;
  do {
    const turn = await countdowns.mendPlaces(next, 2);
    expect(turn.mended.length).toBeLessThanOrEqual(2);
    mended.push(...turn.mended);
    next = turn.next;
  } while (next > 0);
  expect(new Set(mended).size).toBe(count);
});

test('what was put right hinders nothing; what stands still means that duties are not served', async () => {
  const { audit, database, clock } = await aNight();
  forget(database, 'UPDATE countdown SET milestoneAt = NULL');
  expect(await audit()).not.toHaveProperty('unserved');
  clock.at = after(60);
  expect((await audit()).unserved).toEqual(['有时限的提醒到点没有处理', '有升级阶梯到点没有叫人']);
});

test('a record that waits for its time and cannot be read is a duty that nobody serves', async () => {
  const { audit, database, deps } = await aNight();
  forget(
    database,
    `INSERT INTO countdown (id, revision, effectsNo, body) VALUES ('old', 1, 0, '{')`,
  );
  expect(await audit()).not.toHaveProperty('unserved');
  const [running] = await deps.countdowns.listOpen();
  forget(database, `UPDATE countdown SET body = '{' WHERE id = '${running?.id}'`);
  const { findings, unserved } = await audit();
  expect(findings[0]).toMatch(/^时限 2 条读不懂/);
  expect(unserved).toContain(`时限 1 条还在等时间却读不懂（${running?.id}）`);
});
