import { describe, expect, test } from 'vitest';
import {
  acknowledgeAlert,
  codeInReply,
  noteAcknowledged,
  openAlert,
  replyCodeOf,
  takeSmsReceipt,
  takeSmsReply,
  type Alert,
} from '#alert';
import { personOfNumber, plainNumber } from '../../alert/sms-reply.ts';
import {
  aGradedEvent,
  aNotice,
  aPerson,
  after,
  FakeFarSide,
  ladderPack,
  NIGHT,
  openAlertingDeps,
  openDelivery,
} from '../support/alerts.ts';

const ZHANG = aPerson('dutyOfficer', { id: 'zhang', name: '张三', phone: '138 0000 0000' });
const LI = aPerson('dutyOfficer', { id: 'li', name: '李四', phone: '13900000000' });

async function office() {
  const { deps, outbox } = openAlertingDeps();
  const alert = openAlert(aGradedEvent('L2'), ladderPack, NIGHT) as Alert;
  await deps.alerts.create(alert);
  for (const person of [ZHANG, LI]) {
    for (const channel of ['sms', 'email'] as const) {
      const receiver = { personId: person.id, name: person.name, address: 'x' };
      await outbox.create(
        aNotice(`${person.id}-${channel}`, { alertId: alert.id, channel, receiver, state: 'sent' }),
      );
    }
  }
  const acknowledge = async (act: Parameters<typeof acknowledgeAlert>[1]) => {
    const done = await acknowledgeAlert({ alerts: deps.alerts, ladderPack }, act);
    await noteAcknowledged(outbox, { ...act, personId: act.actor.personId });
    return done;
  };
  const parts = { alerts: deps.alerts, outbox, people: [ZHANG, LI], acknowledge };
  const reply = async (phone: string, text: string) =>
    await takeSmsReply(parts, { phone, text, at: after(3) });
  return { alert, outbox, reply, alerts: deps.alerts };
}

test('a code from a known number acknowledges as that person, and the facts stand apart', async () => {
  const { alert, outbox, reply, alerts } = await office();
  const code = replyCodeOf(alert.id, 'zhang');
  expect(await reply('+8613800000000', `收到 ${code}`)).toMatchObject({ kind: 'acknowledged' });
  expect(await alerts.findById(alert.id)).toMatchObject({
    state: 'acknowledged',
    acknowledgedBy: { personId: 'zhang', name: '张三' },
  });
  // The text message was answered, so it arrived and was read; of the mail we know neither.
  const sms = await outbox.findById('zhang-sms');
  expect([sms?.deliveredAt, sms?.readAt, sms?.acknowledgedAt]).toEqual([
    after(3),
    after(3),
    after(3),
  ]);
  const mail = await outbox.findById('zhang-email');
  expect([mail?.deliveredAt, mail?.readAt, mail?.acknowledgedAt]).toEqual([
    undefined,
    undefined,
    after(3),
  ]);
  expect((await outbox.findById('li-sms'))?.acknowledgedAt).toBeUndefined();
});

test('the second one learns that it was taken, and changes nothing', async () => {
  const { alert, reply, alerts } = await office();
  await reply('13800000000', replyCodeOf(alert.id, 'zhang'));
  const second = await reply('13900000000', replyCodeOf(alert.id, 'li'));
  expect(second).toMatchObject({ kind: 'takenBefore' });
  expect((await alerts.findById(alert.id))?.acknowledgedBy?.personId).toBe('zhang');
});

test('an office that is told jointly has signed by its reply, whoever took the alert on', async () => {
  const { alert, reply, alerts } = await office();
  const stored = (await alerts.findById(alert.id)) as Alert;
  const people = [{ personId: 'li', name: '李四', role: 'publicityOffice' as const }];
  const everyone = { people, round: 1, nextAt: after(15) };
  await alerts.replace({ ...stored, everyone, revision: stored.revision + 1 });
  await reply('13800000000', replyCodeOf(alert.id, 'zhang'));
  const signed = await reply('13900000000', replyCodeOf(alert.id, 'li'));
  expect(signed).toMatchObject({ kind: 'acknowledged' });
  expect(await alerts.findById(alert.id)).toMatchObject({
    acknowledgedBy: { personId: 'zhang' },
    everyone: { people: [{ personId: 'li', acknowledgedAt: after(3) }] },
  });
});

test.for<[string, (code: string) => [string, string], string]>([
  ['a number nobody has', (code) => ['13700000000', code], 'unknownNumber'],
  ["another person's code", () => ['13800000000', replyCodeOf('other-alert', 'zhang')], 'noAlert'],
  ['no code', () => ['13800000000', '收到'], 'noCode'],
  ['two codes', (code) => ['13800000000', `${code} 4711`], 'noCode'],
])('%s acknowledges nothing', async ([_case, made, reason]) => {
  const { alert, reply, alerts } = await office();
  const [phone, text] = made(replyCodeOf(alert.id, 'zhang'));
  expect(await reply(phone, text)).toEqual({ kind: 'refused', reason });
  expect((await alerts.findById(alert.id))?.state).toBe('fired');
});

test('somebody who was never told cannot answer', async () => {
  const { alert, reply, outbox } = await office();
  for (const id of ['zhang-sms', 'zhang-email']) {
    const found = await outbox.findById(id);
    if (!found) throw new Error(id);
    const receiver = { ...found.receiver, personId: 'somebody' };
    await outbox.replace({ ...found, receiver, revision: found.revision + 1 });
  }
  const answer = await reply('13800000000', replyCodeOf(alert.id, 'zhang'));
  expect(answer).toEqual({ kind: 'refused', reason: 'noAlert' });
});

describe('what people type', () => {
  test.for([
    ['1234', '1234'],
    [' １２３４ 收到', '1234'],
    ['确认1234。', '1234'],
    ['12345', undefined],
    ['', undefined],
  ] as const)('%s is read as %s', ([text, code]) => {
    expect(codeInReply(text)).toBe(code);
  });

  test('a number is the same with country code, spaces and dashes', () => {
    for (const written of ['+86 138-0000-0000', '008613800000000', '138 0000 0000']) {
      expect(plainNumber(written)).toBe('13800000000');
    }
    expect(personOfNumber([ZHANG, { ...LI, phone: '13800000000' }], '13800000000')).toBeUndefined();
    expect(personOfNumber([{ ...ZHANG, isDisabled: true }], '13800000000')).toBeUndefined();
  });
});

describe('what a gateway says of a message it had taken', () => {
  const RECEIVER = {
    personId: 'zhang',
    name: '张三',
    address: '13800000000',
    phone: '13800000000',
    email: 'zhang@office.example',
  };
  async function sent() {
    const { deps, outbox } = openDelivery([new FakeFarSide('sms'), new FakeFarSide('email')]);
    await outbox.create(
      aNotice('n1', { key: 'n1', channel: 'sms', receiver: RECEIVER, state: 'sent' }),
    );
    return { deps, outbox };
  }

  test('arrived: 已送达, and neither read nor acknowledged', async () => {
    const { deps, outbox } = await sent();
    const receipt = { noticeId: 'n1', isDelivered: true, at: after(1) };
    expect(await takeSmsReceipt(deps, receipt)).toBe(true);
    const notice = await outbox.findById('n1');
    expect([notice?.deliveredAt, notice?.readAt, notice?.acknowledgedAt]).toEqual([
      after(1),
      undefined,
      undefined,
    ]);
    // A second word, whatever it says, changes nothing.
    await takeSmsReceipt(deps, { ...receipt, isDelivered: false });
    expect(await outbox.findById('n1')).toEqual(notice);
  });

  test('did not arrive: the next channel at once', async () => {
    const { deps, outbox } = await sent();
    await takeSmsReceipt(deps, { noticeId: 'n1', isDelivered: false, at: after(1) });
    expect(await outbox.findById('n1')).toMatchObject({
      state: 'dead',
      fallback: { channel: 'email' },
    });
    expect(await outbox.countUnsent('email')).toBe(1);
  });

  test('of a message that is none of ours: nothing', async () => {
    const { deps } = await sent();
    const receipt = { noticeId: 'n2', isDelivered: true, at: after(1) };
    expect(await takeSmsReceipt(deps, receipt)).toBe(false);
  });
});
