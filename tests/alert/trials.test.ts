import { expect, test } from 'vitest';
import { relayEffects, type LogEntry } from '#core';
import {
  createLoopback,
  createNoticeIntake,
  createTrials,
  createTrialStage,
  deliverOn,
  NOTICES_TOPIC,
  NoticeSchema,
  tickCountdowns,
  TRIALS_TOPIC,
  type SystemTrouble,
} from '#alert';
import { SqliteCountdownStore } from '../../alert/adapters/sqlite-countdown-store.ts';
import { TrialSchema } from '../../alert/trial.ts';
import { channelPack, NIGHT, openAlertingDeps, openDelivery } from '../support/alerts.ts';

const PACK = { everyMs: 900_000, afterMs: 60_000, lateMs: 60_000 };

/** The whole way of a trial, each part of which can be left out: nobody runs it. */
function aWay() {
  const { deps, clock, database, outbox } = openAlertingDeps();
  const entries = new Map<string, LogEntry[]>();
  const log = {
    append: async (topic: string, more: readonly LogEntry[]) =>
      void entries.set(topic, [...(entries.get(topic) ?? []), ...more]),
  };
  const told: SystemTrouble[] = [];
  const trials = createTrials({
    log,
    countdowns: deps.countdowns,
    outbox,
    pack: PACK,
    now: () => clock.at,
    realNow: () => clock.at,
    tell: async (trouble) => void told.push(trouble),
  });
  const loopback = createLoopback(trials.arrived);
  const delivery = openDelivery([loopback], { database, realNow: () => clock.at });
  const intake = createNoticeIntake({
    outbox,
    pack: channelPack,
    channels: new Set(['email']),
    realNow: () => clock.at,
  });
  const taken = (topic: string): unknown[] =>
    (entries.get(topic) ?? []).splice(0).map(({ body }) => JSON.parse(JSON.stringify(body)));
  const parts = {
    arm: async () =>
      await createTrialStage(deps.countdowns).process(
        taken(TRIALS_TOPIC).map((body) => TrialSchema.parse(body)),
      ),
    ring: async () => void (await tickCountdowns(deps)),
    relay: async () => void (await relayEffects(deps.countdowns, { ...log, follow: nobody })),
    enter: async () =>
      await intake.process(taken(NOTICES_TOPIC).map((body) => NoticeSchema.parse(body))),
    send: async () => void (await deliverOn('loopback', delivery.deps)),
  };
  /** Time passes in steps, with every part at work but one. */
  const pass = async (seconds: number, without?: keyof typeof parts): Promise<void> => {
    for (let second = 0; second < seconds; second += 5) {
      await trials.step();
      for (const [name, run] of Object.entries(parts)) if (name !== without) await run();
      clock.at = new Date(clock.at.getTime() + 5_000);
    }
    await trials.step();
  };
  const countdowns = new SqliteCountdownStore(database);
  return { deps, countdowns, clock, outbox, trials, told, pass };
}

const nobody = async (): Promise<never> => await Promise.reject(new Error('not here'));

test('a trial goes from the log to a channel that reaches nobody, and shows nowhere', async () => {
  const { deps, clock, outbox, trials, told, pass } = aWay();
  await pass(10);
  expect(trials.last()).toBeUndefined();
  expect(await outbox.listByChannel('loopback', 9)).toEqual([]);
  await pass(60);
  expect(trials.last()).toMatchObject({ isOk: true, detail: '最近一次试跑60秒送到' });
  expect(told).toEqual([]);
  expect(await outbox.listByChannel('loopback', 9)).toMatchObject([
    { state: 'sent', isDrill: true, isTest: true, receiver: { personId: '' } },
  ]);
  // Nobody's duty, nobody's alert, nobody's message.
  expect(await deps.countdowns.listOpen()).toEqual([]);
  expect(await deps.countdowns.listEndedLate(9)).toEqual([]);
  expect(await deps.alerts.listNewest(9)).toEqual([]);
  expect(await outbox.listByChannel('email', 9)).toEqual([]);
  expect(clock.at.getTime()).toBe(NIGHT.getTime() + 70_000);
});

test('a trial is in no list while it waits either, and its notice ages no measure', async () => {
  const { deps, outbox, pass } = aWay();
  await pass(30);
  expect(await deps.countdowns.findDue(new Date(NIGHT.getTime() + 60_000), 9)).toHaveLength(1);
  expect(await deps.countdowns.listOpen()).toEqual([]);
  await pass(60, 'send');
  expect(await outbox.countUnsent('loopback')).toBe(1);
  expect(await outbox.oldestUnsentAt()).toBeUndefined();
});

test('the next trial begins a quarter of an hour after the last', async () => {
  const { outbox, pass } = aWay();
  await pass(900);
  expect(await outbox.listByChannel('loopback', 9)).toHaveLength(1);
  await pass(70);
  expect(await outbox.listByChannel('loopback', 9)).toHaveLength(2);
});

test.for([
  { without: 'arm', where: '写进了日志，没有人来取' },
  { without: 'ring', where: '时限到点没有响' },
  { without: 'relay', where: '时限响了，通知没有写进日志' },
  { without: 'enter', where: '通知写进了日志，没有进发件箱' },
  { without: 'send', where: '通知在发件箱里没有发出' },
] as const)(
  'a trial that stops at $without is told to the operators once: $where',
  async ({ without, where }) => {
    const { trials, told, pass } = aWay();
    await pass(120, without);
    expect(told).toEqual([]);
    await pass(60, without);
    expect(told).toHaveLength(1);
    expect(told[0]).toMatchObject({ part: 'trial', isDrill: false });
    expect(told[0]?.reason).toContain(where);
    expect(trials.last()?.isOk).toBe(false);
    // It comes after all, too late to count; the next one in time is what makes it good.
    await pass(60);
    expect(trials.last()?.isOk).toBe(false);
    await pass(900);
    expect(trials.last()?.isOk).toBe(true);
    expect(told).toHaveLength(1);
  },
);

test('yesterday’s trials are dropped, those that are still under way are not', async () => {
  const { countdowns, outbox, clock, pass } = aWay();
  await pass(70);
  await pass(840, 'ring');
  await pass(60, 'ring');
  expect(outbox.dropTrialsBefore(NIGHT)).toBe(0);
  expect(outbox.dropTrialsBefore(clock.at)).toBe(1);
  expect(countdowns.dropTrialsBefore(clock.at)).toBe(1);
  expect(await countdowns.findDue(clock.at, 9)).toHaveLength(1);
});
