import { expect, test } from 'vitest';
import type { GradedEvent, KeptStanding } from '#analyze';
import {
  acknowledgeAlert,
  alertId,
  createActsStage,
  createAlerting,
  NoticeSchema,
  tickLadders,
} from '#alert';
import { aGradedEvent, after, LEADER, openAlertingDeps } from '../support/alerts.ts';

type World = ReturnType<typeof openAlertingDeps>;

const survivor = (parts: Partial<GradedEvent> = {}) =>
  aGradedEvent('L4', { id: 'survivor', title: '江北停水', ...parts });
const other = (parts: Partial<GradedEvent> = {}) =>
  aGradedEvent('L2', { id: 'other', title: '江北爆管', ...parts });
const merged = () => other({ revision: 2, state: 'merged', mergedInto: 'survivor' });

/** The survivor as a merge leaves it: as grave as the other, from its start. */
function both(): GradedEvent {
  const { proposal, knownAt, triggeredAt, gradeHistory, mustRespondReasons } = other();
  const kept: KeptStanding = {
    regroupingId: 'regrouping-1',
    eventId: 'other',
    proposal,
    knownAt,
    mustRespondReasons: [...mustRespondReasons],
  };
  const start = triggeredAt && { triggeredAt };
  return survivor({ revision: 2, proposal, ...start, gradeHistory, kept: [kept] });
}

const open = async (world: World, id: string) =>
  (await world.deps.countdowns.listByEvent(id)).filter((one) => !one.continuedUnder);
const calledPeople = async ({ deps }: World) => {
  const alerts = [
    await deps.alerts.findById(alertId('survivor')),
    await deps.alerts.findById(alertId('other')),
  ];
  return alerts
    .flatMap((alert) => alert?.effects ?? [])
    .filter(({ topic }) => topic === 'notices')
    .map(({ body }) => NoticeSchema.parse(body).receiver.personId);
};

test.for([
  { order: 'the other first', news: () => [merged(), both()] },
  { order: 'the survivor first', news: () => [both(), merged()] },
])('running countdowns go on under the survivor, due as before ($order)', async ({ news }) => {
  const world = openAlertingDeps();
  const stage = createAlerting(world.deps);
  await stage.process([survivor(), other()]);
  const before = await open(world, 'other');
  expect(before.length).toBeGreaterThan(2);
  for (const one of news()) await stage.process([one]);

  const after_ = await open(world, 'survivor');
  for (const { code, part, statutoryDueAt } of before) {
    const same = after_.filter((one) => one.code === code && one.part === part);
    expect([code, part, same.length]).toEqual([code, part, 1]);
    expect(same[0]?.statutoryDueAt.getTime()).toBeLessThanOrEqual(statutoryDueAt.getTime());
  }
  expect(await open(world, 'other')).toEqual([]);
  expect((await world.deps.countdowns.listOpen()).every((one) => one.eventId === 'survivor')).toBe(
    true,
  );
});

test('a release of before the merge meets no duty that the other event still owed', async () => {
  const world = openAlertingDeps();
  const stage = createAlerting(world.deps);
  await stage.process([survivor({ ...other(), id: 'survivor' }), other()]);
  await createActsStage(world.deps).process([
    {
      id: 'act-1',
      eventId: 'survivor',
      kind: 'release',
      doneAt: after(30),
      ref: 'release:1',
      what: '首次发布',
    },
  ]);
  await stage.process([merged()]);
  const release = (await open(world, 'survivor')).filter(({ code }) => code === 'AUTH_RELEASE_5H');
  expect(release.map(({ state }) => state)).toEqual(['satisfied', 'provisional']);
});

test('who was called for the other is not called again, and an acknowledgement counts for both', async () => {
  const world = openAlertingDeps();
  const stage = createAlerting(world.deps);
  await stage.process([survivor(), other()]);
  const before = await calledPeople(world);
  expect(before.length).toBeGreaterThan(0);
  const act = { alertId: alertId('other'), actor: LEADER, via: 'link' as const };
  world.clock.at = after(2);
  await stage.process([merged(), both()]);
  expect(await calledPeople(world)).toEqual(before);

  // Nobody acknowledged: the ladder goes on where it stood, under the survivor alone.
  world.clock.at = after(6);
  await tickLadders(world.deps);
  expect(await calledPeople(world)).toHaveLength(before.length + 1);

  await acknowledgeAlert(world.deps, { ...act, at: after(7) });
  expect(await world.deps.alerts.findById(alertId('survivor'))).toMatchObject({
    state: 'acknowledged',
    acknowledgedBy: LEADER,
  });
});

test('an event taken out again has its countdowns and its alert back, and the survivor lets go of them', async () => {
  const world = openAlertingDeps();
  const stage = createAlerting(world.deps);
  await stage.process([survivor(), other()]);
  const before = await open(world, 'other');
  await stage.process([merged()]);
  const during = await open(world, 'survivor');
  await stage.process([other({ revision: 3 })]);
  expect(
    (await open(world, 'other')).map(({ id, statutoryDueAt }) => [id, statutoryDueAt]),
  ).toEqual(before.map(({ id, statutoryDueAt }) => [id, statutoryDueAt]));
  const left = await open(world, 'survivor');
  expect(left.length).toBeLessThan(during.length);
  const alert = await world.deps.alerts.findById(alertId('other'));
  expect(alert?.continuedUnder).toBeUndefined();
});
