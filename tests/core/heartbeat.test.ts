import { expect, test } from 'vitest';
import { createPulse } from '#core';
import { SqliteHeartbeatStore } from '#core/sqlite';
import { DATABASES } from '../support/temp-database.ts';

const AT = new Date('2026-03-02T04:00:00Z');
const later = (seconds: number): Date => new Date(AT.getTime() + seconds * 1_000);

for (const { where, open } of DATABASES) {
  test(`the newest heartbeat of each part stands, ${where}`, async () => {
    const { database, reopen } = open();
    const store = new SqliteHeartbeatStore(database);
    await store.beat([{ component: 'poll', at: AT, monotonicMs: 1 }], 'boot-1');
    await store.beat([{ component: 'poll', at: later(5), monotonicMs: 5_001.4 }], 'boot-1');
    expect(await new SqliteHeartbeatStore(reopen()).list()).toEqual([
      { component: 'poll', at: later(5), monotonicMs: 5_001, bootId: 'boot-1' },
    ]);
  });

  test(`a new start leaves nothing of an earlier one, ${where}`, async () => {
    const store = new SqliteHeartbeatStore(open().database);
    await store.beat([{ component: 'send.sms', at: AT, monotonicMs: 1 }], 'boot-1');
    await store.beat([{ component: 'poll', at: later(60), monotonicMs: 1 }], 'boot-2');
    expect((await store.list()).map(({ component }) => component)).toEqual(['poll']);
  });
}

test('a part that beats no more grows old, while the others go on', async () => {
  const [{ open }] = DATABASES;
  const store = new SqliteHeartbeatStore(open().database);
  let at = AT;
  const pulse = createPulse({
    heartbeats: store,
    bootId: 'boot-1',
    realNow: () => at,
    monotonicMs: () => at.getTime() - AT.getTime(),
  });
  pulse.beat('poll');
  pulse.beat('ladders');
  await pulse.write();
  at = later(30);
  pulse.beat('poll');
  await pulse.write();
  await pulse.write();
  expect((await store.list()).map((one) => [one.component, one.at])).toEqual([
    ['ladders', AT],
    ['poll', later(30)],
  ]);
});
