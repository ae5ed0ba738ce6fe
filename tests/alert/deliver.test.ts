import { expect, test } from 'vitest';
import { amend } from '#core';
import { openDatabase } from '#core/sqlite';
import {
  createNoticeIntake,
  deliverNotices,
  LEASE_MS,
  type Channel,
  type DeliveryDeps,
  type Outbox,
} from '#alert';
import { SqliteOutbox } from '../../alert/adapters/sqlite-outbox.ts';
import { describeOutbox } from '../contracts/outbox.contract.ts';
import { aNotice, channelPack, FakeFarSide, NIGHT, openDelivery } from '../support/alerts.ts';

const openOutbox = (): SqliteOutbox => new SqliteOutbox(openDatabase(':memory:'));
const delivery = (outbox: Outbox, ...channels: Channel[]) => openDelivery(channels, { outbox });
describeOutbox('SqliteOutbox', async () => openOutbox());

test('the same notice from the log twice is sent once', async () => {
  const outbox = openOutbox();
  const farSide = new FakeFarSide();
  const { deps } = delivery(outbox, farSide);
  const intake = { outbox, pack: channelPack, channels: new Set(['email'] as const) };
  const stage = createNoticeIntake({ ...intake, realNow: deps.realNow });
  await stage.process([aNotice('n1'), aNotice('n1')]);
  expect(await deliverNotices(deps)).toBe(1);
  expect(await deliverNotices(deps)).toBe(0);
  expect(farSide.taken).toHaveLength(1);
  expect(await outbox.findById('n1')).toMatchObject({ state: 'sent', submittedAt: NIGHT });
});

test('a passing failure is tried again after 5, 15, 45, 120, 300 seconds and then every 300', async () => {
  const outbox = openOutbox();
  await outbox.create(aNotice('n1'));
  const { deps, clock } = delivery(
    outbox,
    new FakeFarSide('email', ...Array<'temporary'>(7).fill('temporary')),
  );
  const waits: number[] = [];
  for (let index = 0; index < 7; index += 1) {
    await deliverNotices(deps);
    const nextMs = (await outbox.findById('n1'))?.nextAt.getTime() ?? 0;
    waits.push((nextMs - clock.ms) / 1000);
    clock.ms = nextMs;
  }
  expect(waits).toEqual([5, 15, 45, 120, 300, 300, 300]);
});

test('an answer that never came is tried again and says so', async () => {
  const outbox = openOutbox();
  await outbox.create(aNotice('n1'));
  const farSide = new FakeFarSide('email', 'unknown');
  const { deps, clock } = delivery(outbox, farSide);
  await deliverNotices(deps);
  expect((await outbox.findById('n1'))?.state).toBe('unknown');
  clock.ms += 5_000;
  await deliverNotices(deps);
  expect(farSide.taken[1]?.subject).toMatch(/^【可能重复】/);
});

test.each(['config', 'content'] as const)(
  'a %s failure ends the tries and stays visible',
  async (result) => {
    const outbox = openOutbox();
    await outbox.create(aNotice('n1'));
    const { deps, clock } = delivery(outbox, new FakeFarSide('email', result));
    await deliverNotices(deps);
    clock.ms += 3_600_000;
    expect(await deliverNotices(deps)).toBe(0);
    expect(await outbox.findById('n1')).toMatchObject({ state: 'dead', attempts: [{ result }] });
  },
);

test('a channel that hangs holds up no other', async () => {
  const outbox = openOutbox();
  const hanging: Channel = {
    kind: 'wecom',
    send: () => new Promise(() => undefined),
    close: async () => undefined,
  };
  const mail = new FakeFarSide();
  for (let index = 0; index < 10; index += 1)
    await outbox.create(aNotice(`w${index}`, { channel: 'wecom' }));
  await outbox.create(aNotice('mail', { priority: 9 }));
  const sent = Promise.withResolvers<void>();
  const { deps } = delivery(outbox, hanging, mail);
  void deliverNotices({ ...deps, onSent: () => sent.resolve() });
  await sent.promise;
  expect((await outbox.findById('mail'))?.state).toBe('sent');
});

test('a lease that another took over is no error, and the other records the receipt', async () => {
  const outbox = openOutbox();
  await outbox.create(aNotice('n1'));
  const { deps } = delivery(outbox, {
    kind: 'email',
    send: async () => {
      await amend(outbox, 'n1', (notice) => ({ ...notice, leaseBy: 'other' }));
      return { result: 'ok', detail: '' };
    },
    close: async () => undefined,
  });
  await deliverNotices(deps);
  expect(await outbox.findById('n1')).toMatchObject({
    state: 'leased',
    leaseBy: 'other',
    attempts: [],
  });
});

/** The wrong order, as a control: the receipt is written first, so a crash loses the notice. */
async function markBeforeSend({ outbox, holder, realNow, channels }: DeliveryDeps): Promise<void> {
  const due = await outbox.listDue('email', realNow(), 10);
  const until = new Date(realNow().getTime() + LEASE_MS);
  for (const notice of await outbox.lease(due, holder, until)) {
    await amend(outbox, notice.id, (found) => ({ ...found, state: 'sent' as const }));
    await channels.get('email')?.send(notice);
  }
}

test.each([
  ['claim, send, record', deliverNotices, 1],
  ['record before sending (known to be wrong)', markBeforeSend, 0],
] as const)('a crash while sending, %s: %#', async (_name, deliver, arrived) => {
  const outbox = openOutbox();
  await outbox.create(aNotice('n1'));
  const crash: Channel = {
    kind: 'email',
    send: () => Promise.reject(new Error('killed')),
    close: async () => undefined,
  };
  const before = delivery(outbox, crash);
  await expect(deliver(before.deps)).rejects.toThrow('killed');
  const farSide = new FakeFarSide();
  const { deps, clock } = delivery(outbox, farSide);
  clock.ms += LEASE_MS;
  await deliver(deps);
  expect(farSide.taken).toHaveLength(arrived);
});

test('a crash between sending and recording sends again', async () => {
  const outbox = openOutbox();
  await outbox.create(aNotice('n1'));
  const farSide = new FakeFarSide();
  const { deps, clock } = delivery(outbox, farSide);
  const replace = outbox.replace.bind(outbox);
  outbox.replace = async (notice) => {
    if (notice.state === 'sent' && farSide.taken.length === 1) throw new Error('killed');
    await replace(notice);
  };
  await expect(deliverNotices(deps)).rejects.toThrow('killed');
  clock.ms += LEASE_MS;
  await deliverNotices(deps);
  expect(farSide.taken).toHaveLength(2);
  expect((await outbox.findById('n1'))?.state).toBe('sent');
});
