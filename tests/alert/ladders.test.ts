import { describe, expect, test } from 'vitest';
import { amend, type Role } from '#core';
import {
  acknowledgeAlert,
  alertId,
  createActsStage,
  createAlerting,
  describeReach,
  NoticeSchema,
  restAlert,
  tickCountdowns,
  tickLadders,
  type Notice,
  type Roster,
} from '#alert';
import { stepCommand } from '../../alert/step-command.ts';
import {
  aGradedEvent,
  after,
  confirmed,
  LEADER,
  NIGHT,
  openAlertingDeps,
  proposedChange,
  rosterWithout,
  aPerson,
  calendar,
  ladderPack,
} from '../support/alerts.ts';

const OFFICES = ['publicityOffice', 'cyberspaceOffice', 'emergencyOffice'] as const;
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
  // Without the offices that are told jointly, of whom other tests speak.
  const world = openAlertingDeps({ roster: rosterWithout(...OFFICES), ...parts });
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
      ...OFFICES,
    );
    const world = await fire('L2', { roster: nobody });
    const alert = await world.deps.alerts.findById(alertId('event-1'));
    expect(alert?.ladder).toMatchObject({ round: 2, nextAt: after(15) });
    expect(alert?.ladder?.steps).toHaveLength(5);
    world.clock.at = after(15);
    expect(await tickLadders({ ...world.deps, roster: rosterWithout(...OFFICES) })).toBe(1);
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

  test('while a step is owed there is a reminder that names it; with all done there is none', async () => {
    const world = await fire('L2');
    await acknowledgeAlert(world.deps, { ...ack, actor: FIRST, at: after(1) });
    await createAlerting(world.deps).process([confirmed(aGradedEvent('L2'), after(5))]);
    expect(Object.keys(await walk(world, 31))).toEqual(['0', '31']);
    expect((await calls(world)).at(-1)?.text).toContain(
      '还没有办：首报（电话）、首报（书面）、启动预案',
    );
    await acknowledgeAlert(world.deps, { ...ack, actor: FIRST, at: after(32) });
    const acts = ['firstReportPhone', 'firstReportWritten', 'planStarted'] as const;
    const done = { eventId: 'event-1', doneAt: after(33), ref: 'record:1', what: '登记' };
    await createActsStage(world.deps).process(acts.map((kind) => ({ ...done, id: kind, kind })));
    world.clock.at = after(70);
    await tickLadders(world.deps);
    expect(Object.keys(await walk(world, 120))).toEqual(['0', '31']);
  });

  test('the second officer is told who was first; a proxy is named beside the person', async () => {
    const world = await fire('L2');
    const through = { personId: 'second', name: '第二值班员' };
    const taken = await acknowledgeAlert(world.deps, {
      ...ack,
      actor: FIRST,
      through,
      at: after(2),
    });
    expect(taken).toMatchObject({ acknowledgedBy: FIRST, acknowledgedThrough: through });
    expect(taken.history.at(-1)).toMatchObject({
      actor: FIRST,
      what: '确认预警（第二值班员代确认）',
    });
    expect(taken.effects.at(-1)?.body).toMatchObject({
      act: '代第一值班员确认预警',
      actor: through,
    });
    const late = await acknowledgeAlert(world.deps, { ...ack, actor: through, at: after(3) });
    expect(late).toMatchObject({ acknowledgedBy: FIRST, acknowledgedAt: after(2) });
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

describe('joint notice', () => {
  const offices = ['p-publicityOffice', 'p-cyberspaceOffice', 'p-emergencyOffice'];

  test('each office is told at once, and again until it acknowledged, whoever took the alert on', async () => {
    const world = await fire('L2', { roster: rosterWithout() });
    await acknowledgeAlert(world.deps, { ...ack, actor: FIRST, at: after(2) });
    const publicity = { personId: 'p-publicityOffice', name: '宣传' };
    const noted = await acknowledgeAlert(world.deps, { ...ack, actor: publicity, at: after(3) });
    expect(noted.acknowledgedBy).toEqual(FIRST);
    expect(noted.history.at(-1)).toMatchObject({
      actor: publicity,
      what: '签收联合通知（工作台）',
    });
    const found = await walk(world, 29);
    expect(found[0]).toEqual(expect.arrayContaining(offices));
    expect(found[15]).toEqual(['p-cyberspaceOffice', 'p-emergencyOffice']);
  });

  test('an office that has heard has not taken the alert on', async () => {
    const world = await fire('L2', { roster: rosterWithout() });
    for (const id of offices) {
      await acknowledgeAlert(world.deps, {
        ...ack,
        actor: { personId: id, name: id },
        at: after(1),
      });
    }
    const alert = await world.deps.alerts.findById(ack.alertId);
    expect(alert).toMatchObject({ state: 'fired' });
    expect(alert?.everyone?.nextAt).toBeUndefined();
    expect((await walk(world, 5))[5]).toEqual(['second']);
  });

  test('an office is asked to sign, and its second press of the link takes nothing on', async () => {
    const world = await fire('L2', { roster: rosterWithout() });
    const asks = new Map(
      (await calls(world)).map(({ receiver, text }) => [receiver.personId, text.split('\n')[0]]),
    );
    expect(asks.get('p-publicityOffice')).toContain('请签收这条联合通知');
    expect(asks.get('first')).toContain('请确认这条预警由您处理');
    const publicity = { personId: 'p-publicityOffice', name: '宣传' };
    const press = { alertId: ack.alertId, actor: publicity, via: 'link' } as const;
    await acknowledgeAlert(world.deps, { ...press, at: after(1) });
    const again = await acknowledgeAlert(world.deps, { ...press, at: after(2) });
    expect(again.state).toBe('fired');
    expect(again.everyone?.people[0]).toMatchObject({ acknowledgedAt: after(1) });
    expect((await walk(world, 5))[5]).toEqual(['second']);
  });

  test('an office nobody stands for is passed without hurrying the second officer, and told to the operator', async () => {
    const world = await fire('L2');
    expect(await walk(world, 4)).toEqual({ 0: ['first', 'p-deputyLeader'] });
    const alert = await world.deps.alerts.findById(ack.alertId);
    expect(alert?.ladder?.steps[1]?.empty).toEqual([...OFFICES]);
  });
});

describe('只在变坏时再叫我', () => {
  const news = (parts: Partial<Parameters<typeof aGradedEvent>[1]>) =>
    aGradedEvent('L2', { revision: 2, ...parts });

  test('at 重大 only the person who took it on may ask for it', async () => {
    const world = await fire('L2');
    const rest = { alertId: ack.alertId, actor: FIRST, at: after(3) };
    await expect(restAlert(world.deps, rest)).rejects.toThrow('须先由本人确认接手');
    await acknowledgeAlert(world.deps, { ...ack, actor: FIRST, at: after(2) });
    await restAlert(world.deps, rest);
    expect(Object.keys(await walk(world, 120))).toEqual(['0']);
  });

  test('at 较大 it may be asked for at once', async () => {
    const world = await fire('L3');
    const alert = await restAlert(world.deps, { alertId: ack.alertId, actor: FIRST, at: after(3) });
    expect(alert).toMatchObject({ state: 'acknowledged', rest: { by: FIRST, postCount: 3 } });
  });

  test('three times the posts, or a duty that was missed, calls again; more of the same does not', async () => {
    for (const worse of ['posts', 'breach'] as const) {
      const world = await fire('L2');
      await acknowledgeAlert(world.deps, { ...ack, actor: FIRST, at: after(2) });
      await restAlert(world.deps, { alertId: ack.alertId, actor: FIRST, at: after(3) });
      await createAlerting(world.deps).process([news({ postCount: 8 })]);
      expect((await world.deps.alerts.findById(ack.alertId))?.state).toBe('acknowledged');
      world.clock.at = after(worse === 'posts' ? 20 : 301);
      if (worse === 'posts') {
        await createAlerting(world.deps).process([news({ revision: 3, postCount: 9 })]);
      } else await tickCountdowns(world.deps);
      const woken = await world.deps.alerts.findById(ack.alertId);
      expect(woken?.state).toBe('fired');
      expect(woken?.rest).toBeUndefined();
      expect(woken?.history.at(-1)?.what).toContain('情况变坏');
    }
  });
});

describe('countdowns that nobody met', () => {
  const told = async (world: World, code: string): Promise<readonly Notice[]> => {
    const found = (await world.deps.countdowns.listByEvent('event-1')).find(
      (one) => one.code === code,
    );
    return (found?.effects ?? [])
      .filter(({ topic }) => topic === 'notices')
      .map(({ body }) => NoticeSchema.parse(body));
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
      // The command ladder begins.
      [after(300), 'p-handler'],
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

describe('the command ladder', () => {
  const namesOf = async (world: World, grade: 'L1' | 'L2' | 'L4', minutes: number) => {
    const start = after(0);
    for (let minute = 0; minute <= minutes; minute += 5) {
      world.clock.at = after(minute, start);
      await tickCountdowns(world.deps);
    }
    const all = await world.deps.countdowns.listByEvent('event-1');
    const run = all.find(({ code }) => code === 'GRADE_CONFIRM')?.command;
    return (run?.steps ?? []).map(({ at, names }) => [
      (at.getTime() - start.getTime()) / 60_000,
      ...names,
    ]);
  };

  test('重大: one level more every 30 minutes from the missed confirmation on', async () => {
    expect(await namesOf(await fire('L2'), 'L2', 150)).toEqual([
      [30, 'p-handler'],
      [60, 'p-liaison'],
      [90, 'p-unitHead'],
      [120, 'p-opinionLead', 'p-coordinator'],
      [150, 'p-deputyLeader'],
    ]);
  });

  test('特别重大: three levels at once, every 15 minutes', async () => {
    expect(await namesOf(await fire('L1'), 'L1', 45)).toEqual([
      [30, 'p-handler'],
      [30, 'p-liaison'],
      [30, 'p-unitHead'],
      [45, 'p-opinionLead', 'p-coordinator'],
      [45, 'p-deputyLeader'],
      [45, 'p-principal'],
    ]);
  });

  test('a level nobody stands for is passed at once, on record and told to the operator', async () => {
    const world = await fire('L2', { roster: rosterWithout('handler', ...OFFICES) });
    expect(await namesOf(world, 'L2', 60)).toEqual([[30], [30, 'p-liaison'], [60, 'p-unitHead']]);
    const alerts = await world.deps.alerts.listNewest(10);
    expect(alerts.find(({ subject }) => subject.kind === 'system')?.history.at(-1)?.what).toContain(
      '指挥阶梯第1级没有人可通知',
    );
  });

  test('it ends with the duty, and not with an acknowledgement', async () => {
    const world = await fire('L2');
    await acknowledgeAlert(world.deps, { ...ack, actor: FIRST, at: after(2) });
    expect(await namesOf(world, 'L2', 60)).toHaveLength(2);
    await createAlerting(world.deps).process([confirmed(aGradedEvent('L2'), after(62))]);
    expect(await namesOf(world, 'L2', 200)).toHaveLength(2);
  });

  test('一般: one level a working day, from Friday to Monday', () => {
    const friday = new Date('2026-03-06T02:00:00Z');
    const run = { nextStep: 0, nextAt: friday, steps: [] };
    const reach = (roles: readonly Role[]) => roles.map((role) => aPerson(role));
    const isWorkday = (day: string) => calendar.isWorkday(day);
    const stepped = stepCommand(run, ladderPack.command, 'L4', reach, isWorkday, friday);
    expect(stepped?.run.nextAt).toEqual(new Date('2026-03-09T02:00:00Z'));
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

describe('the leader in charge whom the roster names', () => {
  const CHARGE = aPerson('unitHead', { id: 'charge', name: '李某' });
  /** The usual people, and in the leader's seat whoever is named. */
  const withLeader = (...named: (typeof CHARGE)[]): Roster => {
    const usual = rosterWithout(...OFFICES);
    return {
      onCall: async (role, seat, now) =>
        seat === 'leader' ? named : await usual.onCall(role, seat, now),
    };
  };

  test.for([
    { grade: 'L1', minute: 0 },
    { grade: 'L2', minute: 10 },
    { grade: 'L3', minute: 30 },
  ] as const)('is called at $grade after $minute minutes', async ({ grade, minute }) => {
    const world = await fire(grade, { roster: withLeader(CHARGE) });
    const found = await walk(world, 31);
    const at = Object.entries(found).filter(([, ids]) => ids.includes('charge'));
    expect(Number(at[0]?.[0])).toBe(minute);
    const alert = await world.deps.alerts.findById(alertId('event-1'));
    const row = alert?.ladder?.steps
      .flatMap((step) => step.calls)
      .find(({ name }) => name === '李某');
    expect(row).toMatchObject({ isLeader: true });
  });

  test('who acknowledges ends the calls as any officer does', async () => {
    const world = await fire('L1', { roster: withLeader(CHARGE) });
    const actor = { personId: 'charge', name: '李某' };
    await acknowledgeAlert(world.deps, { ...ack, actor, at: after(1) });
    const before = (await calls(world)).length;
    await walk(world, 16);
    expect(await calls(world)).toHaveLength(before);
  });

  test('is nobody’s gap where the roster names none: no step is empty, and nothing is missing', async () => {
    const world = await fire('L1', { roster: withLeader() });
    await walk(world, 16);
    const alert = await world.deps.alerts.findById(alertId('event-1'));
    expect(alert?.ladder?.steps.flatMap(({ empty }) => empty)).not.toContain('dutyOfficer');
    const reach = await describeReach({ ...world.deps, roster: withLeader() });
    expect(reach.filter((line) => line.includes('带班领导'))).toEqual([]);
  });

  test('who is named and cannot be reached is a gap, in so many words', async () => {
    const { email: _email, ...unreachable } = CHARGE;
    const roster = withLeader(unreachable);
    const world = await fire('L1', { roster });
    expect(await describeReach({ ...world.deps, roster })).toContain('带班领导没有人能收到通知');
    const alert = await world.deps.alerts.findById(alertId('event-1'));
    expect(alert?.ladder?.steps.flatMap(({ empty }) => empty)).toContain('dutyOfficer');
  });
});

describe('an event that is closed', () => {
  const closed = (revision = 2) => aGradedEvent('L2', { revision, state: 'closed' });

  test('calls nobody any more, neither by the ladder nor to sign the joint notice', async () => {
    const world = openAlertingDeps();
    const stage = createAlerting(world.deps);
    await stage.process([aGradedEvent('L2')]);
    world.clock.at = after(7);
    await stage.process([closed()]);
    const before = (await calls(world)).length;
    await walk(world, 120);
    expect((await calls(world)).length).toBe(before);
    const alert = await world.deps.alerts.findById(alertId('event-1'));
    expect(alert).toMatchObject({ state: 'handled', ladder: { phase: 'ended' } });
    expect(alert?.history.at(-1)?.what).toBe('事件已结案，不再叫人');
  });

  test('calls again once when it is opened again, and when its grade rises though it is closed', async () => {
    const world = await fire('L2');
    const stage = createAlerting(world.deps);
    await stage.process([closed()]);
    const reopened = (revision: number) => aGradedEvent('L2', { revision, state: 'reopened' });
    await stage.process([reopened(3)]);
    await stage.process([reopened(4)]);
    const again = await world.deps.alerts.findById(alertId('event-1'));
    expect(again?.state).toBe('fired');
    expect(again?.history.filter(({ what }) => what.includes('事件重启'))).toHaveLength(1);

    await stage.process([closed(5)]);
    await stage.process([aGradedEvent('L1', { revision: 6, state: 'closed' })]);
    const graver = await world.deps.alerts.findById(alertId('event-1'));
    expect(graver).toMatchObject({ state: 'fired', grade: 'L1' });
  });
});
