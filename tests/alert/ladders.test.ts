import { describe, expect, test } from 'vitest';
import { amend } from '#core';
import {
  acknowledgeAlert,
  alertId,
  createActsStage,
  createAlerting,
  describeReach,
  NoticeSchema,
  tickCountdowns,
  tickLadders,
  type Notice,
} from '#alert';
import {
  aGradedEvent,
  after,
  confirmed,
  LEADER,
  NIGHT,
  openAlertingDeps,
  proposedChange,
  rosterWithout,
} from '../support/alerts.ts';

type World = ReturnType<typeof openAlertingDeps>;

/** Notices inside the alert, not yet on the log. */
async function calls(world: World): Promise<readonly Notice[]> {
  const alert = await world.deps.alerts.findById(alertId('event-1'));
  return (alert?.effects ?? [])
    .filter(({ topic }) => topic === 'notices')
    .map(({ body }) => NoticeSchema.parse(body));
}

/** Who was called at which minute, while minutes go by one after another. */
async function walk(world: World, upTo: number): Promise<Record<number, string[]>> {
  for (let minute = 1; minute <= upTo; minute += 1) {
    world.clock.at = after(minute);
    await tickLadders(world.deps);
  }
  const found: Record<number, string[]> = {};
  for (const { createdAt, receiver } of await calls(world)) {
    const minute = (createdAt.getTime() - NIGHT.getTime()) / 60_000;
    (found[minute] ??= []).push(receiver.personId);
  }
  return found;
}

async function fire(
  grade: 'L1' | 'L2' | 'L3' | 'L4',
  parts: Parameters<typeof openAlertingDeps>[0] = {},
): Promise<World> {
  const world = openAlertingDeps(parts);
  await createAlerting(world.deps).process([aGradedEvent(grade)]);
  return world;
}

const ack = { alertId: alertId('event-1'), via: 'desk' as const };
const FIRST = { personId: 'first', name: '第一值班员' };

describe('who is called while nobody acknowledges', () => {
  test('L2: at once, after 5, 10 and 15 minutes, then all again every 15', async () => {
    const found = await walk(await fire('L2'), 45);
    const all = ['first', 'p-deputyLeader', 'second', 'p-opinionLead', 'p-liaison'];
    expect(found).toEqual({
      0: ['first', 'p-deputyLeader'],
      5: ['second'],
      10: ['p-opinionLead', 'p-liaison'],
      15: ['p-deputyLeader'],
      30: all,
      45: all,
    });
  });

  test('L1: who has to confirm is told at once, and the principal again after 15 minutes', async () => {
    const found = await walk(await fire('L1'), 15);
    expect(found[0]).toEqual(['first', 'p-principal', 'p-deputyLeader']);
    expect(found[15]).toEqual(['p-deputyLeader', 'p-principal']);
  });

  test('L3: at once, after 15, 30 and 60 minutes, then every 60', async () => {
    const found = await walk(await fire('L3'), 120);
    expect(Object.keys(found)).toEqual(['0', '15', '30', '60', '120']);
    expect(found[60]).toEqual(['p-deputyLeader']);
  });

  test('L4: the desk first, a person after 30 minutes', async () => {
    expect(await walk(await fire('L4'), 60)).toEqual({ 30: ['first'] });
  });

  test('a step that nobody can answer is passed at once and recorded', async () => {
    const world = await fire('L3', { roster: rosterWithout('first') });
    expect((await calls(world)).map(({ receiver }) => receiver.personId)).toEqual(['second']);
    const alert = await world.deps.alerts.findById(alertId('event-1'));
    expect(alert?.ladder?.steps.map(({ empty }) => empty)).toEqual([['dutyOfficer'], []]);
  });

  test('with nobody there at all the ladder is on record, and tries again', async () => {
    const nobody = rosterWithout(
      'first',
      'second',
      'opinionLead',
      'liaison',
      'deputyLeader',
      'principal',
    );
    const world = await fire('L2', { roster: nobody });
    const alert = await world.deps.alerts.findById(alertId('event-1'));
    expect(alert?.ladder).toMatchObject({ round: 2, nextAt: after(15) });
    expect(alert?.ladder?.steps).toHaveLength(4);
    world.clock.at = after(15);
    expect(await tickLadders({ ...world.deps, roster: rosterWithout() })).toBe(1);
    expect(await calls(world)).toHaveLength(5);
  });

  test('a way that is not set up is shown as such and makes no notice', async () => {
    const world = await fire('L2');
    const step = (await world.deps.alerts.findById(alertId('event-1')))?.ladder?.steps[0];
    expect(step?.calls[0]?.channels).toEqual([
      { kind: 'email', state: 'queued' },
      { kind: 'sms', state: 'notSetUp' },
    ]);
    expect((await calls(world)).every(({ channel }) => channel === 'email')).toBe(true);
  });

  test('no two messages to one person read alike', async () => {
    const world = await fire('L2');
    await walk(world, 60);
    const subjects = (await calls(world)).map(
      ({ subject, receiver }) => `${receiver.personId} ${subject}`,
    );
    expect(new Set(subjects).size).toBe(subjects.length);
  });
});

describe('after somebody acknowledged', () => {
  test('no further person is called, the countdowns go on, and the first stays the first', async () => {
    const world = await fire('L2');
    await acknowledgeAlert(world.deps, { ...ack, actor: FIRST, at: after(2) });
    const again = await acknowledgeAlert(world.deps, { ...ack, actor: LEADER, at: after(3) });
    expect(again).toMatchObject({ acknowledgedBy: FIRST, acknowledgedAt: after(2) });
    expect(again.effects.filter(({ topic }) => topic === 'audit')).toHaveLength(1);
    expect(Object.keys(await walk(world, 31))).toEqual(['0']);
    expect(await world.deps.countdowns.listOpen()).toHaveLength(6);
  });

  test('a reminder comes after 30 minutes; 10 minutes without an answer take it back', async () => {
    const world = await fire('L2');
    await acknowledgeAlert(world.deps, { ...ack, actor: FIRST, at: NIGHT });
    const found = await walk(world, 40);
    expect(found).toEqual({
      0: ['first', 'p-deputyLeader'],
      30: ['first'],
      40: ['second', 'p-opinionLead', 'p-liaison', 'p-deputyLeader'],
    });
    expect((await world.deps.alerts.findById(ack.alertId))?.state).toBe('fired');
  });

  test('a confirmed grade needs no reminder', async () => {
    const world = await fire('L2');
    await acknowledgeAlert(world.deps, { ...ack, actor: FIRST, at: after(1) });
    await createAlerting(world.deps).process([confirmed(aGradedEvent('L2'), after(5))]);
    expect(Object.keys(await walk(world, 60))).toEqual(['0']);
  });

  test('a rise in grade calls again', async () => {
    const world = await fire('L3');
    await acknowledgeAlert(world.deps, { ...ack, actor: FIRST, at: after(1) });
    world.clock.at = after(20);
    const base = aGradedEvent('L2', {
      revision: 2,
      gradeHistory: [proposedChange('L3'), proposedChange('L2', after(20))],
    });
    await createAlerting(world.deps).process([base]);
    const alert = await world.deps.alerts.findById(ack.alertId);
    expect(alert).toMatchObject({ state: 'fired', grade: 'L2' });
    expect(
      (await calls(world)).map(({ createdAt, receiver }) => [createdAt, receiver.personId]),
    ).toEqual([
      [NIGHT, 'first'],
      [after(20), 'first'],
      [after(20), 'p-deputyLeader'],
    ]);
    // Old news that comes again does not lower what was raised.
    await createAlerting(world.deps).process([aGradedEvent('L3')]);
    expect((await world.deps.alerts.findById(ack.alertId))?.grade).toBe('L2');
  });
});

describe('countdowns that nobody met', () => {
  const told = async (world: World, code: string): Promise<readonly Notice[]> => {
    const found = (await world.deps.countdowns.listByEvent('event-1')).find(
      (one) => one.code === code,
    );
    return (found?.effects ?? []).map(({ body }) => NoticeSchema.parse(body));
  };

  test('each milestone tells its people, at its time', async () => {
    const world = await fire('L2');
    for (const minutes of [149, 150, 240, 270, 290, 300]) {
      world.clock.at = after(minutes);
      await tickCountdowns(world.deps);
    }
    const notices = await told(world, 'AUTH_RELEASE_5H');
    expect(notices.map(({ createdAt, receiver }) => [createdAt, receiver.personId])).toEqual([
      [after(150), 'p-handler'],
      [after(150), 'p-unitHead'],
      [after(240), 'p-opinionLead'],
      [after(240), 'p-deputyLeader'],
      [after(270), 'p-opinionLead'],
      [after(270), 'p-deputyLeader'],
      [after(290), 'p-opinionLead'],
      [after(290), 'p-deputyLeader'],
      [after(300), 'p-principal'],
      [after(300), 'p-supervisor'],
    ]);
  });

  test('after a downtime one message names all that was missed', async () => {
    const world = await fire('L2');
    world.clock.at = after(250);
    await tickCountdowns(world.deps);
    const notices = await told(world, 'AUTH_RELEASE_5H');
    expect(new Set(notices.map(({ receiver }) => receiver.personId)).size).toBe(notices.length);
    expect(notices[0]?.text).toContain('50%、80%');
  });

  test('when nobody of the roles can be reached the duty officer is told', async () => {
    const world = await fire('L2', { roster: rosterWithout('handler', 'unitHead') });
    world.clock.at = after(150);
    await tickCountdowns(world.deps);
    expect(
      (await told(world, 'AUTH_RELEASE_5H')).map(({ receiver }) => receiver.personId),
    ).toContain('first');
  });

  test('a release satisfies them, and a repeat of it changes nothing', async () => {
    const world = await fire('L2');
    const act = {
      id: 'a',
      eventId: 'event-1',
      kind: 'release' as const,
      doneAt: after(60),
      ref: 'release:1',
      what: '发布',
    };
    await createActsStage(world.deps).process([act, act]);
    const found = (await world.deps.countdowns.listByEvent('event-1')).find(
      ({ code }) => code === 'AUTH_RELEASE_5H',
    );
    expect(found).toMatchObject({ state: 'satisfied', satisfiedAt: after(60), revision: 2 });
  });
});

describe('what a message says', () => {
  test('why, how long, the link; and a hostile title stays text', async () => {
    const world = openAlertingDeps();
    const title = '<script>alert(1)</script>停水';
    await createAlerting(world.deps).process([aGradedEvent('L2', { title, isDrill: true })]);
    const [notice] = await calls(world);
    expect(notice?.subject).toContain('【演练】【橙·重大·待确认】');
    expect(notice?.text).toContain('5小时发布：2026-03-07 07:17 到期，还剩5小时');
    expect(notice?.text).toContain('https://news.example/1');
    expect(notice?.html).toContain('确认，我来处理');
    expect(notice?.html).not.toContain('<script');
    expect(notice?.html).not.toMatch(/<img|<link|url\(/);
    expect(Buffer.byteLength(notice?.html ?? '')).toBeLessThan(100_000);
  });
});

test('gaps in who can be reached are said in words', async () => {
  const { deps } = openAlertingDeps({ roster: rosterWithout('second') });
  expect(await describeReach(deps)).toEqual(['没有第二值班员']);
  const nobody = await describeReach({ ...deps, channels: new Set() });
  expect(nobody).toContain('分管领导没有人能收到通知');
});

test('an alert changed by two at once keeps both changes', async () => {
  const world = await fire('L2');
  world.clock.at = after(5);
  await Promise.all([
    acknowledgeAlert(world.deps, { ...ack, actor: FIRST, at: after(5) }),
    amend(world.deps.alerts, ack.alertId, (alert) => ({ ...alert, title: '新标题' })),
  ]);
  expect(await world.deps.alerts.findById(ack.alertId)).toMatchObject({
    title: '新标题',
    state: 'acknowledged',
  });
});
