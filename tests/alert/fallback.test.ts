import { describe, expect, test } from 'vitest';
import {
  createNoticeIntake,
  decideFallback,
  deliverNotices,
  deliverOn,
  isDutyOver,
  secondWay,
  type ChannelKind,
  type Notice,
} from '#alert';
import { noticeEffect } from '../../alert/to-notice.ts';
import {
  aNotice,
  aPerson,
  after,
  channelPack,
  FakeFarSide,
  NIGHT,
  openAlertingDeps,
  openDelivery,
} from '../support/alerts.ts';

const RECEIVER = {
  personId: 'first',
  name: '值班员',
  address: 'first@office.example',
  email: 'first@office.example',
  phone: '13800000000',
};
const aTelling = (id: string, parts: Partial<Notice> = {}): Notice =>
  aNotice(id, { key: id, receiver: RECEIVER, queuedAt: NIGHT, ...parts });

describe('the gravest start on two channels at once', () => {
  const way = (parts: Partial<Notice>, ...setUp: ChannelKind[]) =>
    secondWay(aTelling('n1', parts), channelPack, new Set(setUp));

  test.for<[string, Partial<Notice>, ChannelKind[], ChannelKind | undefined]>([
    ['mail and a text message', {}, ['email', 'sms'], 'sms'],
    [
      'text message and mail, not the voice of the same line',
      { channel: 'sms' },
      ['sms', 'voice', 'email'],
      'email',
    ],
    ['mail and a robot that calls the person by name', {}, ['email', 'wecom'], 'wecom'],
    [
      'a robot and whatever reaches the person',
      { channel: 'wecom' },
      ['wecom', 'feishu', 'email'],
      'email',
    ],
    [
      'two robots are not two ways to a person',
      { channel: 'wecom' },
      ['wecom', 'feishu'],
      undefined,
    ],
    ['nothing else is set up', {}, ['email'], undefined],
    ['less than the gravest', { priority: 3 }, ['email', 'sms'], undefined],
    ['a test goes its one way', { isTest: true }, ['email', 'sms'], undefined],
  ])('%s', ([_case, parts, setUp, channel]) => {
    expect(way(parts, ...setUp).channel).toBe(channel);
  });

  test('what the ladder sends on both channels by itself is there once', async () => {
    const { outbox, deps } = openDelivery([]);
    const intake = createNoticeIntake({
      outbox,
      pack: channelPack,
      channels: new Set(['email', 'sms']),
      realNow: deps.realNow,
    });
    const text = { subject: '某区停水', text: '请确认', html: '', link: '' };
    const parts = { key: 'step 1', alertId: 'alert-1', eventId: 'event-1', isDrill: false, text };
    const more = { person: aPerson('dutyOfficer', { phone: '13800000000' }), priority: 0 };
    const telling = (channel: ChannelKind) =>
      noticeEffect({ ...parts, ...more, channel, shortCode: '舆情#even', at: NIGHT })
        .body as Notice;
    await intake.process([telling('email')]);
    const made = await outbox.listByAlert('alert-1');
    expect(made.map(({ channel }) => channel)).toEqual(['email', 'sms']);
    expect(made[1]?.receiver.address).toBe('13800000000');
    await intake.process([telling('sms')]);
    expect(await outbox.listByAlert('alert-1')).toHaveLength(2);
  });
});

describe('the next channel', () => {
  const decide = (parts: Partial<Notice>, isClosed = false, now = NIGHT) =>
    decideFallback(aTelling('n1', parts), channelPack, isClosed, now);
  const failed = { at: NIGHT, result: 'temporary', detail: '' } as const;

  test.for<[string, Partial<Notice>, boolean, Date, string]>([
    ['one failure is not enough', { attempts: [failed] }, false, NIGHT, 'early'],
    ['two failures', { attempts: [failed, failed] }, false, NIGHT, 'failures'],
    [
      'a minute after the first try',
      { priority: 3, attempts: [failed] },
      false,
      after(1),
      'waiting',
    ],
    ['the gravest waits a minute for its turn', {}, false, after(1), 'waiting'],
    ['others wait for theirs without', { priority: 3 }, false, after(9), 'early'],
    ['the route is closed', {}, true, NIGHT, 'routeClosed'],
    ['the route is closed, and it is not grave', { priority: 3 }, true, NIGHT, 'early'],
    ['too fast', { attempts: [{ ...failed, result: 'rate' }] }, false, NIGHT, 'routeClosed'],
    [
      'wrong settings',
      { state: 'dead', attempts: [{ ...failed, result: 'config' }] },
      false,
      NIGHT,
      'dead',
    ],
    ['the duty ended', { state: 'dead', attempts: [failed] }, false, NIGHT, 'done'],
    ['it arrived', { state: 'sent' }, true, after(9), 'done'],
    ['added before', { fallback: { at: NIGHT } }, true, after(9), 'added'],
  ])('%s', ([_case, parts, isClosed, now, reason]) => {
    expect(decide(parts, isClosed, now).reason).toBe(reason);
  });

  test('two failures of mail bring a text message, while mail goes on trying', async () => {
    const mail = new FakeFarSide('email', 'temporary', 'temporary', 'ok');
    const sms = new FakeFarSide('sms');
    const { deps, clock, outbox } = openDelivery([mail, sms]);
    await outbox.create(aTelling('n1', { priority: 3 }));
    await deliverNotices(deps);
    expect(sms.taken).toHaveLength(0);
    clock.ms += 5_000;
    await deliverNotices(deps);
    await deliverNotices(deps);
    expect(sms.taken.map(({ receiver }) => receiver.address)).toEqual(['13800000000']);
    expect((await outbox.findById('n1'))?.fallback).toMatchObject({ channel: 'sms' });
    clock.ms += 15_000;
    await deliverNotices(deps);
    expect((await outbox.findById('n1'))?.state).toBe('sent');
    expect(sms.taken).toHaveLength(1);
  });

  test('a channel that is not set up passes the notice on at once', async () => {
    const sms = new FakeFarSide('sms');
    const { deps, outbox } = openDelivery([sms]);
    await outbox.create(aTelling('n1'));
    await deliverNotices(deps);
    await deliverNotices(deps);
    expect(sms.taken).toHaveLength(1);
    expect((await outbox.findById('n1'))?.state).toBe('dead');
  });

  test('wrong settings are told to the administrators on another way, once', async () => {
    const sms = new FakeFarSide('sms', 'config', 'config');
    const mail = new FakeFarSide('email');
    const administrators = async () => [aPerson('sysAdmin', { phone: '13900000000' })];
    const { deps, outbox } = openDelivery([sms, mail], { administrators });
    await outbox.create(aTelling('n1', { channel: 'sms' }));
    await outbox.create(aTelling('n2', { channel: 'sms' }));
    await deliverOn('sms', deps);
    await deliverOn('email', deps);
    const told = mail.taken.filter(({ subject }) => subject.startsWith('【通道】'));
    expect(told.map(({ subject, text }) => [subject, text.includes('/channels')])).toEqual([
      ['【通道】短信送不出通知', true],
    ]);
  });
});

describe('the breaker', () => {
  test('five failures in a row close a route; one message tries it, and a success opens it', async () => {
    const mail = new FakeFarSide('email', ...Array<'temporary'>(6).fill('temporary'));
    const sms = new FakeFarSide('sms');
    const { deps, clock, outbox } = openDelivery([mail, sms], { random: () => 0 });
    for (let index = 0; index < 5; index += 1) {
      await outbox.create(aTelling(`n${index}`, { priority: 3 }));
    }
    await deliverOn('email', deps);
    const route = await deps.routes.findById('email');
    expect(route).toMatchObject({ failuresInRow: 5, closedFor: 'failures' });
    expect(route?.closedUntil).toEqual(new Date(clock.ms + 60_000));

    // The gravest does not wait for it.
    await outbox.create(aTelling('grave'));
    await deliverOn('email', deps);
    await deliverOn('sms', deps);
    expect(mail.taken).toHaveLength(5);
    expect(sms.taken.map(({ key }) => key)).toEqual(['grave']);

    clock.ms += 60_001;
    await deliverOn('email', deps);
    expect(mail.taken).toHaveLength(6);
    expect((await deps.routes.findById('email'))?.closedUntil).toEqual(new Date(clock.ms + 60_000));
    clock.ms += 60_001;
    await deliverOn('email', deps);
    expect(mail.taken).toHaveLength(7);
    expect(await deps.routes.findById('email')).toMatchObject({ failuresInRow: 0 });
    await deliverOn('email', deps);
    expect(mail.taken.length).toBeGreaterThan(7);
  });

  test('the only way there is stays open to the gravest', async () => {
    const mail = new FakeFarSide('email', ...Array<'temporary'>(5).fill('temporary'));
    const { deps, outbox } = openDelivery([mail]);
    for (let index = 0; index < 5; index += 1) {
      await outbox.create(aTelling(`n${index}`, { priority: 3 }));
    }
    await deliverOn('email', deps);
    await outbox.create(aTelling('grave'));
    await deliverOn('email', deps);
    expect(mail.taken.at(-1)?.id).toBe('grave');
  });

  test('DingTalk that was used too fast is left alone for ten minutes, over a restart too', async () => {
    const robot = new FakeFarSide('dingtalk', 'rate');
    const { deps, clock, outbox, database } = openDelivery([robot]);
    await outbox.create(aTelling('n1', { channel: 'dingtalk', priority: 3 }));
    await deliverOn('dingtalk', deps);
    const again = openDelivery([robot], { database });
    again.clock.ms = clock.ms + 599_000;
    await deliverOn('dingtalk', again.deps);
    expect(robot.taken).toHaveLength(1);
    again.clock.ms = clock.ms + 600_000;
    await deliverOn('dingtalk', again.deps);
    expect(robot.taken).toHaveLength(2);
  });
});

describe('tries end with the duty', () => {
  test('and not before: after a week of failures the next one is still five minutes away', async () => {
    const mail = new FakeFarSide('email', ...Array<'temporary'>(40).fill('temporary'));
    const { deps, clock, outbox } = openDelivery([mail]);
    await outbox.create(aTelling('n1'));
    for (let day = 0; day < 7; day += 1) {
      await deliverOn('email', deps);
      clock.ms += 86_400_000;
    }
    expect(await outbox.findById('n1')).toMatchObject({ state: 'pending' });
  });

  test('a duty that ended ends them, and says so', async () => {
    const mail = new FakeFarSide('email', 'temporary');
    const { deps, outbox } = openDelivery([mail], { isOver: async () => true });
    await outbox.create(aTelling('n1'));
    await deliverOn('email', deps);
    expect(await outbox.findById('n1')).toMatchObject({
      state: 'dead',
      stateReason: '事项已办结，不再重试',
    });
  });

  test('a notice that neither alert nor countdown knows is not over', async () => {
    const { deps } = openAlertingDeps();
    expect(await isDutyOver(aNotice('n1'), deps)).toBe(false);
  });
});

test('content that was refused goes once more, shorter, and is then given up', async () => {
  const robot = new FakeFarSide('wecom', 'content', 'content');
  const { deps, clock, outbox } = openDelivery([robot]);
  await outbox.create(aTelling('n1', { channel: 'wecom', priority: 3 }));
  await deliverOn('wecom', deps);
  clock.ms += 1_000;
  await deliverOn('wecom', deps);
  expect(robot.taken.map(({ isShort }) => isShort === true)).toEqual([false, true]);
  expect((await outbox.findById('n1'))?.state).toBe('dead');
});
