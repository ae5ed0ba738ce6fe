import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  createAlerting,
  createCountdownTick,
  judgeClock,
  tickCountdowns,
  type ClockState,
} from '#alert';
import { aGradedEvent, after, NIGHT, openAlertingDeps } from '../support/alerts.ts';

/** A product over real stores whose two clocks are moved by hand. */
async function aWorld() {
  const world = openAlertingDeps();
  await createAlerting(world.deps).process([aGradedEvent('L2')]);
  const audit: string[] = [];
  let monotonicMs = 0;
  const tick = createCountdownTick(world.deps, {
    realNow: () => world.clock.at,
    monotonicMs: () => monotonicMs,
    audit: { append: async ({ act, detail }) => void audit.push(`${act} ${detail}`) },
    isDrill: false,
  });
  await tick();
  return {
    ...world,
    audit,
    tick,
    /** Both go on, as time does. */
    pass: async (seconds: number) => {
      world.clock.at = new Date(world.clock.at.getTime() + seconds * 1_000);
      monotonicMs += seconds * 1_000;
      await tick();
    },
    /** Only the wall clock is set. */
    jump: async (minutes: number) => {
      world.clock.at = after(minutes, world.clock.at);
      monotonicMs += 250;
      await tick();
    },
    five: async () =>
      (await world.deps.countdowns.listByEvent('event-1')).find(
        ({ code }) => code === 'AUTH_RELEASE_5H',
      )!,
    troubles: async () =>
      (await world.deps.alerts.listNewest(10)).filter(({ subject }) => subject.kind === 'system'),
  };
}

test('time that only passes is no jump', async () => {
  const world = await aWorld();
  for (let n = 0; n < 20; n += 1) await world.pass(60);
  expect(world.audit).toEqual([]);
  expect(await world.troubles()).toEqual([]);
});

test('a forward jump past the due time warns at once and is a breach only when seen again', async () => {
  const world = await aWorld();
  await world.jump(301);
  const told = await world.five();
  expect(told.state).toBe('provisional');
  const notices = told.effects.map(({ body }) => body as { subject: string; text: string });
  expect(notices.some(({ text }) => text.includes('是否超时正在核对'))).toBe(true);
  await world.pass(3);
  expect((await world.five()).state).toBe('provisional');
  await world.pass(3);
  expect(await world.five()).toMatchObject({ state: 'breached', breachedAt: after(300) });
  expect(world.audit).toEqual(['clockJump 系统时钟向前跳了5小时']);
  expect(await world.troubles()).toMatchObject([{ title: '系统时钟跳变', state: 'fired' }]);
});

test('a jump that is taken back leaves no breach', async () => {
  const world = await aWorld();
  await world.jump(301);
  await world.jump(-301);
  await world.pass(60);
  expect((await world.five()).breachedAt).toBeUndefined();
  expect(world.audit).toHaveLength(2);
});

test.for([
  { what: 'an hour ahead', minutes: 60 },
  { what: 'an hour back', minutes: -60 },
  { what: 'a day ahead', minutes: 1_440 },
  { what: 'a day back', minutes: -1_440 },
])(
  'a clock set $what and set right again: the operator is told, the end is the same',
  async ({ minutes }) => {
    const [calm, shaken] = [await aWorld(), await aWorld()];
    await shaken.jump(minutes);
    expect(await shaken.troubles()).toMatchObject([{ title: '系统时钟跳变' }]);
    await shaken.jump(-minutes);
    for (const world of [calm, shaken]) for (let n = 0; n < 310; n += 1) await world.pass(60);
    const [expected, found] = [await calm.five(), await shaken.five()];
    expect(found.state).toBe('breached');
    expect(found.breachedAt).toEqual(expected.breachedAt);
    expect(found.statutoryDueAt).toEqual(expected.statutoryDueAt);
    expect(found.milestones.every(({ firedAt }) => firedAt !== undefined)).toBe(true);
  },
);

test('a backward jump tells nothing twice and takes nothing back', async () => {
  const world = await aWorld();
  for (let n = 0; n < 160; n += 1) await world.pass(60);
  const before = await world.five();
  await world.jump(-60);
  for (let n = 0; n < 59; n += 1) await world.pass(60);
  expect(await world.five()).toEqual(before);
});

test('a start after a downtime is no jump: what passed meanwhile is a breach at once', async () => {
  const world = await aWorld();
  world.clock.at = after(400);
  await tickCountdowns(world.deps);
  expect(await world.five()).toMatchObject({ state: 'breached' });
});

test('whatever two clocks do, only a difference above two seconds is a jump', () => {
  const step = fc.record({
    wall: fc.integer({ min: -10_000, max: 10_000 }),
    mono: fc.integer({ min: 0, max: 5_000 }),
  });
  fc.assert(
    fc.property(fc.array(step), (steps) => {
      let state: ClockState | undefined;
      const reading = { wallMs: NIGHT.getTime(), monotonicMs: 0 };
      for (const { wall, mono } of steps) {
        const first = state === undefined;
        reading.wallMs += wall;
        reading.monotonicMs += mono;
        const judged = judgeClock(state, { ...reading });
        const apart = first ? 0 : wall - mono;
        expect(judged.jumpMs).toBe(Math.abs(apart) > 2_000 ? apart : 0);
        state = judged.state;
      }
    }),
  );
});
