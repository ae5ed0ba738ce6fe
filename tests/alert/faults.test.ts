import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { HOUR_MS, MINUTE_MS } from '#core';
import { openDatabase } from '#core/sqlite';
import { createAlerting, deliverOn, tickCountdowns, type AlertingDeps } from '#alert';
import { seeded } from '../../bench/support/texts.ts';
import { SqliteAlertStore } from '../../alert/adapters/sqlite-alert-store.ts';
import { SqliteCountdownStore } from '../../alert/adapters/sqlite-countdown-store.ts';
import {
  aGradedEvent,
  aNotice,
  aPerson,
  after,
  FakeFarSide,
  NIGHT,
  openAlertingDeps,
  openDelivery,
} from '../support/alerts.ts';
import { tempFolder } from '../support/temp-folder.ts';

/** A disk that refuses: every write fails, and nothing of it may be half there. */
const REFUSALS = [
  {
    what: 'a full disk',
    refuse: (database: DatabaseSync) => {
      const pages = Number(database.prepare('PRAGMA page_count').get()?.['page_count']);
      database.exec(`PRAGMA max_page_count = ${pages}`);
    },
    relent: (database: DatabaseSync) => database.exec('PRAGMA max_page_count = 1073741823'),
    says: /full/,
  },
  {
    what: 'a disk that became read-only',
    refuse: (database: DatabaseSync) => database.exec('PRAGMA query_only = 1'),
    relent: (database: DatabaseSync) => database.exec('PRAGMA query_only = 0'),
    says: /readonly/,
  },
] as const;

const standing = async ({ countdowns }: Pick<AlertingDeps, 'countdowns'>) =>
  (await countdowns.listByEvent('event-1'))
    .map(({ code, state, statutoryDueAt, milestones }) => ({
      code,
      state,
      statutoryDueAt,
      told: milestones.map(({ firedAt }) => firedAt !== undefined),
    }))
    .toSorted((a, b) => a.code.localeCompare(b.code));

for (const { what, refuse, relent, says } of REFUSALS) {
  test(`${what}: the tick says so and changes nothing; when it can write again, all that was due is told`, async () => {
    const { database, deps, clock } = openAlertingDeps();
    await createAlerting(deps).process([aGradedEvent('L2')]);
    const before = await standing(deps);
    clock.at = after(6 * 60);
    refuse(database);
    await expect(tickUntilDone(deps)).rejects.toThrow(says);
    expect((await standing(deps)).map(({ statutoryDueAt }) => statutoryDueAt)).toEqual(
      before.map(({ statutoryDueAt }) => statutoryDueAt),
    );
    relent(database);
    await tickUntilDone(deps);
    const five = (await standing(deps)).find(({ code }) => code === 'AUTH_RELEASE_5H');
    expect(five).toMatchObject({ state: 'breached' });
    expect(five?.told).not.toContain(false);
  });
}

/** Enough rounds for a full disk to be met: a change finds room on old pages for a while. */
async function tickUntilDone(deps: AlertingDeps): Promise<void> {
  for (let round = 0; round < 40; round += 1) {
    if ((await tickCountdowns(deps)) === 0) return;
    await createAlerting(deps).process([aGradedEvent('L2', { id: `event-${round + 2}` })]);
  }
}

/** The stores of a folder, and the clock at the given minute. */
function openAt(folder: string, minute: number) {
  const database = openDatabase(join(folder, 'records.db'));
  const { deps } = openAlertingDeps({
    alerts: new SqliteAlertStore(database),
    countdowns: new SqliteCountdownStore(database),
    now: () => after(minute),
  });
  return { database, deps };
}

test('whatever of the newest writes a power cut took, what is due comes out the same', async () => {
  const folder = tempFolder();
  const minutes = [0, 20, 60, 151, 241, 301];
  const { database } = openAt(folder, 0);
  database.exec('PRAGMA wal_autocheckpoint = 0');
  for (const minute of minutes) {
    const { deps } = openAlertingDeps({
      alerts: new SqliteAlertStore(database),
      countdowns: new SqliteCountdownStore(database),
      now: () => after(minute),
    });
    await createAlerting(deps).process([aGradedEvent('L2')]);
    await tickCountdowns(deps);
  }
  const { deps } = openAlertingDeps({ countdowns: new SqliteCountdownStore(database) });
  const whole = await standing(deps);
  const wal = readFileSync(join(folder, 'records.db-wal'));
  const random = seeded(11);
  const found = new Set<string>();
  for (let cut = 0; cut < 60; cut += 1) {
    const copy = tempFolder();
    copyFileSync(join(folder, 'records.db'), join(copy, 'records.db'));
    writeFileSync(join(copy, 'records.db-wal'), wal.subarray(0, Math.floor(random() * wal.length)));
    const opened = openAt(copy, 301);
    found.add(JSON.stringify(await standing(opened.deps)));
    // What the log had handed over and the cut took is handed over again.
    await createAlerting(opened.deps).process([aGradedEvent('L2')]);
    await tickCountdowns(opened.deps);
    const now = await standing(opened.deps);
    opened.database.close();
    expect(now.map(({ code, statutoryDueAt }) => [code, statutoryDueAt])).toEqual(
      whole.map(({ code, statutoryDueAt }) => [code, statutoryDueAt]),
    );
    const five = now.find(({ code }) => code === 'AUTH_RELEASE_5H');
    expect(five).toMatchObject({ state: 'breached', told: five?.told.map(() => true) });
  }
  database.close();
  // Cuts that all fell into one place would prove nothing.
  expect(found.size).toBeGreaterThan(3);
});

test('six hours without DNS and mail server: nothing is given up, the administrator is told by another way, all goes out after', async () => {
  const mail = new FakeFarSide('email');
  const text = new FakeFarSide('sms');
  let isDown = true;
  const send = mail.send.bind(mail);
  mail.send = async (notice) =>
    isDown ? { result: 'temporary', detail: 'getaddrinfo ENOTFOUND smtp' } : await send(notice);
  const { deps, clock, outbox } = openDelivery([mail, text], {
    administrators: async () => [aPerson('sysAdmin', { phone: '13800000000' })],
  });
  const ids = Array.from({ length: 40 }, (_, number) => `n${number}`);
  for (const id of ids) await outbox.create(aNotice(id, { priority: 3 }));
  const round = async (): Promise<void> => {
    for (const kind of ['email', 'sms'] as const) await deliverOn(kind, deps);
    clock.ms += MINUTE_MS / 2;
  };
  for (let ms = 0; ms < 6 * HOUR_MS; ms += MINUTE_MS / 2) await round();
  expect(mail.taken).toEqual([]);
  const told = text.taken.filter(({ receiver }) => receiver.personId === 'p-sysAdmin');
  expect(told.length).toBeGreaterThan(0);
  expect(told.length).toBeLessThanOrEqual(3);
  isDown = false;
  for (let ms = 0; ms < HOUR_MS; ms += MINUTE_MS / 2) await round();
  const arrived = mail.taken.map(({ text: words, subject }) => `${subject}\n${words}`).join('\n');
  const states = await Promise.all(ids.map(async (id) => (await outbox.findById(id))?.state));
  expect(states.filter((state) => state !== 'sent' && state !== 'merged')).toEqual([]);
  expect(arrived).not.toBe('');
  expect(new Date(clock.ms).getTime()).toBeGreaterThan(NIGHT.getTime() + 6 * HOUR_MS);
});
