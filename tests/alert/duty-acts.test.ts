import { describe, expect, test } from 'vitest';
import { startOfBeijingDay } from '#core';
import {
  applyAct,
  armCountdowns,
  createActsStage,
  createAlerting,
  DUTY_ACT_KINDS,
  startByAct,
  tickCountdowns,
  type Countdown,
  type DutyAct,
  type DutyActKind,
} from '#alert';
import {
  aGradedEvent,
  after,
  armingRules,
  countdownPack,
  lowered,
  NIGHT,
  openAlertingDeps,
} from '../support/alerts.ts';

const act = (kind: DutyActKind, minutes: number, parts: Partial<DutyAct> = {}): DutyAct => ({
  id: `${kind} ${minutes}`,
  eventId: 'event-1',
  kind,
  doneAt: after(minutes),
  ref: `record:${minutes}`,
  what: '登记',
  ...parts,
});
const endOf = (day: string): Date => new Date(startOfBeijingDay(day).getTime() + 86_400_000);

/** The product's stage over real stores: acts go in, countdowns are looked at. */
async function aWorld(grade: 'L1' | 'L2' | 'L3' | undefined) {
  const world = openAlertingDeps();
  const stage = createActsStage(world.deps);
  if (grade) await createAlerting(world.deps).process([aGradedEvent(grade)]);
  const all = async (subject = 'event-1') => await world.deps.countdowns.listByEvent(subject);
  return {
    ...world,
    all,
    take: async (...acts: DutyAct[]) => {
      for (const one of acts) {
        world.clock.at = one.doneAt > world.clock.at ? one.doneAt : world.clock.at;
        await stage.process([one]);
      }
    },
    of: async (name: string, subject?: string) =>
      (await all(subject)).filter((one) => one.name === name),
  };
}

describe('首报 and 启动预案', () => {
  test('the report by phone and the one on paper are met apart', async () => {
    const { take, of } = await aWorld('L2');
    await take(act('firstReportPhone', 20));
    expect(await of('首报（电话）')).toMatchObject([
      { state: 'satisfied', satisfiedAt: after(20) },
    ]);
    expect(await of('首报（书面）')).toMatchObject([
      { state: 'running', statutoryDueAt: after(60) },
    ]);
    await take(act('firstReportWritten', 75));
    expect(await of('首报（书面）')).toMatchObject([{ state: 'satisfiedLate' }]);
  });

  test('the plan is to be started within half an hour', async () => {
    const { take, of } = await aWorld('L2');
    expect(await of('启动预案')).toMatchObject([{ statutoryDueAt: after(30) }]);
    await take(act('planStarted', 12));
    expect(await of('启动预案')).toMatchObject([{ state: 'satisfied' }]);
  });
});

describe('持续发布', () => {
  test('each release asks for the next, by the grade; after a day once in 24 hours; the final one ends it', async () => {
    const { take, of } = await aWorld('L2');
    await take(act('release', 120), act('followUp', 600), act('followUp', 1500));
    const chain = await of('持续发布');
    expect(chain.map(({ state, statutoryDueAt }) => [state, statutoryDueAt])).toEqual([
      ['satisfied', after(120 + 12 * 60)],
      ['satisfiedLate', after(600 + 12 * 60)],
      ['running', after(1500 + 24 * 60)],
    ]);
    await take(act('finalRelease', 1600));
    expect((await of('持续发布')).map(({ state }) => state).at(-1)).toBe('satisfied');
    expect(await of('持续发布')).toHaveLength(3);
  });

  test('a release that comes again begins nothing twice and meets nothing it began', async () => {
    const { take, of } = await aWorld('L1');
    const first = act('release', 60);
    await take(first, first, act('followUp', 100), first);
    expect((await of('持续发布')).map(({ state }) => state)).toEqual(['satisfied', 'running']);
    expect((await of('持续发布'))[1]?.statutoryDueAt).toEqual(after(100 + 360));
  });

  test('progress asks for the next word within two hours, never later', async () => {
    const { take, of } = await aWorld('L2');
    await take(act('release', 60), act('progressLogged', 90), act('progressLogged', 200));
    expect(await of('持续发布')).toMatchObject([{ statutoryDueAt: after(210), state: 'running' }]);
  });

  test('an event below 重大 owes none', async () => {
    const { take, of } = await aWorld('L3');
    await take(act('release', 60));
    expect(await of('持续发布')).toEqual([]);
  });
});

describe('duties that belong to no event yet', () => {
  const cases: readonly {
    code: string;
    begin: DutyAct;
    due: Date;
    meet: DutyActKind;
  }[] = [
    // The eve of the National Day: the holiday does not count, the Saturday worked for it does.
    {
      code: 'INTERPRET_3WD',
      begin: act('documentPublished', 0, { doneAt: new Date('2026-09-30T02:00:00Z') }),
      due: endOf('2026-10-10'),
      meet: 'interpretationPublished',
    },
    { code: 'ORDER_ACCEPT', begin: act('orderIssued', 0), due: after(240), meet: 'orderAccepted' },
    {
      code: 'ORDER_ACCEPT',
      begin: act('orderIssued', 0, { variant: 'L1' }),
      due: after(30),
      meet: 'orderAccepted',
    },
    {
      code: 'ORDER_DONE',
      begin: act('orderIssued', 0, { dueAt: after(900) }),
      due: after(900),
      meet: 'orderDone',
    },
    // The night of a Saturday in Beijing.
    {
      code: 'TRANSFER_DUE',
      begin: act('transferReceived', 0),
      due: endOf('2026-03-13'),
      meet: 'transferReplied',
    },
    {
      code: 'INTAKE_ACK',
      begin: act('intakeReceived', 0),
      due: endOf('2026-03-09'),
      meet: 'intakeAcknowledged',
    },
    {
      code: 'INTAKE_REPLY',
      begin: act('intakeReceived', 0, { variant: 'suggestion' }),
      due: endOf('2026-03-17'),
      meet: 'intakeReplied',
    },
    {
      code: 'INTAKE_REPLY',
      begin: act('intakeReceived', 0, { variant: 'urgent' }),
      due: endOf('2026-03-07'),
      meet: 'intakeReplied',
    },
    {
      code: 'SITE_FIX',
      begin: act('siteIssueFound', 0),
      due: endOf('2026-03-11'),
      meet: 'siteIssueFixed',
    },
    {
      code: 'SITE_FIX',
      begin: act('graveSiteIssueFound', 0),
      due: after(120),
      meet: 'siteIssueFixed',
    },
    {
      code: 'EVALUATE',
      begin: act('trackingEnded', 0),
      due: endOf('2026-03-13'),
      meet: 'evaluated',
    },
    {
      code: 'EVALUATE',
      begin: act('trackingEnded', 0, { variant: 'L2' }),
      due: endOf('2026-03-20'),
      meet: 'evaluated',
    },
    { code: 'REPORT_DUE', begin: act('reportPeriodEnded', 0), due: after(60), meet: 'reportSent' },
  ];

  test.for(cases)('$code begins with its act, is due in time and met by its own', async (one) => {
    const { take, all } = await aWorld(undefined);
    const about = { eventId: undefined, target: 'thing:7', title: '某事项' };
    await take({ ...one.begin, ...about });
    const armed = (await all('thing:7')).find(({ code }) => code === one.code);
    expect(armed).toMatchObject({
      statutoryDueAt: one.due,
      state: 'running',
      eventTitle: '某事项',
    });
    const done = { ...act(one.meet, 0), ...about, doneAt: one.due };
    expect(applyAct(armed!, done, countdownPack)?.state).toBe('satisfied');
    expect(applyAct(armed!, { ...done, target: 'thing:8' }, countdownPack)).toBeUndefined();
  });

  test('a matter handed down, once on the record of an event, is to be answered; told again it begins nothing', async () => {
    const { deps, of, take } = await aWorld(undefined);
    const actor = { personId: 'first', name: '值班员' };
    const order = {
      kind: 'upperOrder' as const,
      id: 'finding:1',
      at: NIGHT,
      actor,
      source: '督查室来文',
    };
    const event = aGradedEvent('L4', { findings: [order] });
    await createAlerting(deps).process([event]);
    await createAlerting(deps).process([{ ...event, revision: 2 }]);
    expect(await of('转办反馈')).toMatchObject([
      { statutoryDueAt: endOf('2026-03-13'), start: { reason: '上级转办（督查室来文）' } },
    ]);
    await take(act('transferReplied', 60));
    expect(await of('转办反馈')).toMatchObject([{ state: 'satisfied' }]);
  });

  test('an order that is returned ends its countdowns', async () => {
    const { take, all } = await aWorld(undefined);
    const about = { eventId: undefined, target: 'order:1' };
    await take(act('orderIssued', 0, about), act('orderReturned', 20, about));
    expect((await all('order:1')).map(({ state }) => state)).toEqual(['cancelled', 'cancelled']);
  });

  test('it tells its people like any other, and leads to an alert of its own', async () => {
    const world = await aWorld(undefined);
    await world.take(
      act('orderIssued', 0, { eventId: undefined, target: 'order:1', title: '抢修' }),
    );
    world.clock.at = after(121);
    await tickCountdowns(world.deps);
    const accept = (await world.all('order:1')).find(({ code }) => code === 'ORDER_ACCEPT');
    expect(accept?.effects).toMatchObject([
      { body: { receiver: { personId: 'p-handler' } } },
      { body: { receiver: { personId: 'p-unitHead' } } },
    ]);
    expect(accept?.effects[0]?.body).not.toHaveProperty('eventId');
    const [alert] = await world.deps.alerts.listNewest(10);
    expect(alert).toMatchObject({
      subject: { kind: 'countdown', countdownId: accept?.id },
      state: 'fired',
    });
    await world.take(act('orderAccepted', 130, { eventId: undefined, target: 'order:1' }));
    expect((await world.deps.alerts.listNewest(10)).map(({ state }) => state)).toEqual(['handled']);
  });

  test('a year whose holidays nobody announced is an error, not a guess', () => {
    const calendar = {
      isWorkday: (day: string) => {
        if (day >= '2027') throw new Error('no year');
        return armingRules.calendar.isWorkday(day);
      },
    };
    const late = act('transferReceived', 0, { doneAt: new Date('2026-12-30T02:00:00Z') });
    expect(() => startByAct(late, [], { ...armingRules, calendar }, late.doneAt)).toThrow(
      'no year',
    );
  });
});

describe('the rule of its day', () => {
  const five = countdownPack.rules.find(({ code }) => code === 'AUTH_RELEASE_5H')!;
  const tighter = {
    ...five,
    validFrom: '2026-03-07',
    durationMs: { default: 3 * 3_600_000 },
    satisfiedBy: ['finalRelease' as const],
    ruleVersion: 'default-countdowns 3',
  };
  const pack = { ...countdownPack, rules: [...countdownPack.rules, tighter] };
  const rules = { ...armingRules, pack };
  const fiveOf = (all: readonly Countdown[]) => all.find(({ code }) => code === five.code)!;

  test('an event of before the change has the old limit and is met by the old rule', () => {
    // 2026-03-06 in Beijing; the other starts after midnight.
    const before = aGradedEvent('L2', {
      triggeredAt: { at: after(-600), recordId: 'x', reason: 'x' },
    });
    const old = fiveOf(armCountdowns(before, [], rules, after(-600)));
    expect(old).toMatchObject({ statutoryDueAt: after(-300), ruleValidFrom: '2016-01-01' });
    expect(applyAct(old, act('release', -500), pack)?.state).toBe('satisfied');
    const young = fiveOf(armCountdowns(aGradedEvent('L2'), [], rules, NIGHT));
    expect(young).toMatchObject({
      statutoryDueAt: after(180),
      ruleVersion: 'default-countdowns 3',
    });
    expect(applyAct(young, act('release', 60), pack)).toBeUndefined();
  });

  test('a rule that came later changes nothing for what runs, not even by news of the event', () => {
    const old = armCountdowns(aGradedEvent('L2'), [], armingRules, NIGHT);
    const again = armCountdowns(aGradedEvent('L2', { revision: 2 }), old, rules, after(5));
    expect(again).toEqual([]);
    const down = armCountdowns(lowered(aGradedEvent('L2'), after(9), 'L4'), old, rules, after(9));
    expect(fiveOf(down)).toMatchObject({ state: 'cancelled', statutoryDueAt: after(300) });
  });

  test('a countdown stored before rules had days is judged by the rule of its start', () => {
    const armed = fiveOf(armCountdowns(aGradedEvent('L2'), [], armingRules, NIGHT));
    const { ruleValidFrom: _none, ...stored } = armed;
    expect(applyAct(stored, act('release', 60), countdownPack)?.state).toBe('satisfied');
  });
});

test('every act that a rule names can be told, and every act that can be told serves a rule', () => {
  const named = new Set(
    countdownPack.rules.flatMap((rule) => [
      ...rule.startedBy,
      ...rule.satisfiedBy,
      ...rule.cancelledBy,
      ...rule.shortenedBy.map((one) => one.act),
    ]),
  );
  named.delete('gradeConfirmed');
  expect([...named].toSorted()).toEqual([...DUTY_ACT_KINDS].toSorted());
});

test('an event that is opened again has an hour for its new assessment, each time anew', async () => {
  const { take, of } = await aWorld('L2');
  await take(act('reopened', 100), act('assessmentConfirmed', 130));
  expect(await of('重启研判')).toMatchObject([
    { statutoryDueAt: after(160), state: 'satisfied', satisfiedAt: after(130) },
  ]);
  await take(act('reopened', 500));
  expect((await of('重启研判')).map(({ state }) => state)).toEqual(['satisfied', 'running']);
});
