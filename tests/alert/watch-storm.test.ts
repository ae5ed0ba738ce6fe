import { expect, test } from 'vitest';
import { createAlerting, watchStorm } from '#alert';
import { SqliteAlertStore } from '../../alert/adapters/sqlite-alert-store.ts';
import { stormLevelOf } from '../../alert/watch-storm.ts';
import { aGradedEvent, after, openAlertingDeps } from '../support/alerts.ts';

async function aStorm() {
  const { database, deps, clock } = openAlertingDeps();
  const store = new SqliteAlertStore(database);
  let made = 0;
  return {
    deps,
    clock,
    alerts: async (count: number) => {
      const events = Array.from({ length: count }, (_, number) =>
        aGradedEvent('L3', { id: `event-${made + number}` }),
      );
      made += count;
      await createAlerting(deps).process(events);
    },
    watch: async () =>
      await watchStorm({
        ...deps,
        countFiredSince: async (since) => await store.countFiredSince(since),
        isDrill: false,
      }),
    told: async () =>
      (await deps.alerts.listNewest(1_000))
        .filter(({ subject }) => subject.kind === 'system')
        .map(({ title, effects }) => `${title} ${effects.length}`)
        .toSorted(),
  };
}

test.for([
  [9, undefined],
  [10, 10],
  [49, 10],
  [50, 50],
  [9_999, 5_000],
] as const)('%i alerts are level %s', ([count, level]) => {
  expect(stormLevelOf(count, [10, 50, 200, 1_000, 5_000])).toBe(level);
});

test('each level is told once, to the operators and those on duty, and no alert is held back', async () => {
  const { alerts, watch, told, deps } = await aStorm();
  await alerts(9);
  expect(await watch()).toBe(0);
  await alerts(3);
  expect(await watch()).toBe(1);
  // A storm that goes on is no news: it would wake everything, itself too, without end.
  expect(await watch()).toBe(0);
  const first = '预警风暴：10分钟内已有 10 起以上 3';
  expect(await told()).toEqual([first]);
  await alerts(40);
  await watch();
  expect(await told()).toEqual([first, '预警风暴：10分钟内已有 50 起以上 3']);
  const ofEvents = (await deps.alerts.listNewest(1_000)).filter(
    (one) => one.subject.kind === 'event',
  );
  expect(ofEvents).toHaveLength(52);
});

test('alerts that are spread over a day are no storm', async () => {
  const { alerts, watch, clock } = await aStorm();
  for (let hour = 0; hour < 24; hour += 1) {
    clock.at = after(hour * 60);
    await alerts(1);
    expect(await watch()).toBe(0);
  }
});
