import { describe, expect, test } from 'vitest';
import { deliverOn, type ChannelKind, type DeliveryDeps, type Notice } from '#alert';
import { aNotice, FakeFarSide, NIGHT, openDelivery } from '../support/alerts.ts';

/** A notice of an event of its own; `who` receives it. */
function aNoticeOf(number: number, parts: Partial<Notice> = {}): Notice {
  const code = number.toString(16).padStart(4, '0');
  return aNotice(`n${number}-${parts.channel ?? 'email'}`, {
    eventId: `event-${code}`,
    alertId: `alert-${code}`,
    shortCode: `舆情#${code}·第1步·第1次`,
    subject: `【黄·较大】第${number}件事`,
    link: `https://huiying.example/a/token-${number}`,
    priority: 3,
    ...parts,
  });
}

/** Lets a channel's loop run until it rests at this moment. */
async function settle(kind: ChannelKind, deps: DeliveryDeps): Promise<void> {
  for (let round = 0; round < 2_000; round += 1) {
    if ((await deliverOn(kind, deps)) === 0) return;
  }
  throw new Error(`${kind} does not come to rest`);
}

const codesIn = (text: string): string[] => [...text.matchAll(/#([0-9a-f]{4})/g)].map((m) => m[1]!);

describe('more than five messages in a minute to one receiver', () => {
  test('become one a minute that names the rest, until five quiet minutes have passed', async () => {
    const mail = new FakeFarSide();
    const { deps, clock, outbox } = openDelivery([mail]);
    const arrive = async (from: number, count: number): Promise<void> => {
      for (let number = from; number < from + count; number += 1) {
        await outbox.create(aNoticeOf(number, { queuedAt: new Date(clock.ms) }));
      }
      await settle('email', deps);
    };
    await arrive(1, 8);
    expect(mail.taken).toHaveLength(5);

    clock.ms += 30_000;
    await arrive(9, 1);
    expect(mail.taken).toHaveLength(5);

    clock.ms += 30_000;
    await settle('email', deps);
    expect(mail.taken).toHaveLength(6);
    const digest = mail.taken[5]!;
    expect(digest.subject).toBe('【汇总】4件事，4条通知');
    for (const number of [6, 7, 8, 9]) expect(digest.text).toContain(`第${number}件事`);
    expect(digest.text).toContain('https://huiying.example/desk');
    expect(digest.text).not.toContain('/a/token');
    expect(await outbox.findById('n7-email')).toMatchObject({
      state: 'merged',
      mergedInto: digest.id,
    });

    // Four minutes later still gathered, and a single one goes as it is.
    clock.ms += 240_000;
    await arrive(10, 1);
    expect(mail.taken).toHaveLength(7);
    clock.ms += 301_000;
    await arrive(11, 3);
    expect(mail.taken).toHaveLength(10);
  });

  test('hold up neither another receiver nor the gravest', async () => {
    const mail = new FakeFarSide();
    const { deps, outbox } = openDelivery([mail]);
    for (let number = 0; number < 20; number += 1) await outbox.create(aNoticeOf(number));
    const other = { personId: 'other', name: '另一人', address: 'other@office.example' };
    await outbox.create(aNoticeOf(20, { receiver: other }));
    await outbox.create(aNoticeOf(21, { priority: 0 }));
    await settle('email', deps);
    expect(mail.taken.map(({ id }) => id)).toEqual(
      expect.arrayContaining(['n20-email', 'n21-email']),
    );
    expect(mail.taken[0]?.id).toBe('n21-email');
    expect(mail.taken).toHaveLength(7);
  });

  test('are no storm in a drill, where an hour passes in a minute', async () => {
    const mail = new FakeFarSide();
    const { deps, outbox } = openDelivery([mail]);
    for (let number = 0; number < 9; number += 1) {
      await outbox.create(aNoticeOf(number, { isDrill: true }));
    }
    await settle('email', deps);
    expect(mail.taken).toHaveLength(9);
  });

  test('a crash between the digest and the marks on what it names loses nothing', async () => {
    const mail = new FakeFarSide();
    const { deps, clock, outbox } = openDelivery([mail]);
    for (let number = 0; number < 8; number += 1) await outbox.create(aNoticeOf(number));
    await settle('email', deps);
    clock.ms += 60_000;
    const replaceMany = outbox.replaceMany.bind(outbox);
    outbox.replaceMany = async (notices) => {
      if (notices.some(({ state }) => state === 'merged')) throw new Error('killed');
      return await replaceMany(notices);
    };
    await expect(settle('email', deps)).rejects.toThrow('killed');
    outbox.replaceMany = replaceMany;
    for (let minute = 0; minute < 3; minute += 1) {
      await settle('email', deps);
      clock.ms += 60_000;
    }
    const said = mail.taken.map(({ text, subject }) => `${subject} ${text}`).join('\n');
    for (let number = 0; number < 8; number += 1) expect(said).toContain(`第${number}件事`);
    expect(await outbox.countUnsent('email')).toBe(0);
  });

  test('a gathering that was begun goes on after a restart', async () => {
    const mail = new FakeFarSide();
    const { deps, clock, outbox, database } = openDelivery([mail]);
    for (let number = 0; number < 8; number += 1) await outbox.create(aNoticeOf(number));
    await settle('email', deps);
    const again = openDelivery([mail], { database });
    again.clock.ms = clock.ms + 30_000;
    await outbox.create(aNoticeOf(9));
    await settle('email', again.deps);
    expect(mail.taken).toHaveLength(5);
  });
});

describe('the gravest on a robot', () => {
  test('beyond its places share one message that names every event', async () => {
    const robot = new FakeFarSide('wecom');
    const { deps, outbox } = openDelivery([robot]);
    for (let number = 0; number < 200; number += 1) {
      await outbox.create(aNoticeOf(number, { channel: 'wecom', priority: 0 }));
    }
    await settle('wecom', deps);
    expect(robot.taken).toHaveLength(18);
    const digest = robot.taken.find(({ isDigest }) => isDigest)!;
    expect(digest.subject).toBe('【汇总】183件事，183条通知');
    expect(Buffer.byteLength(`${digest.subject}\n${digest.text}`)).toBeLessThanOrEqual(2_048);
    const alone = robot.taken
      .filter(({ isDigest }) => !isDigest)
      .flatMap((one) => codesIn(one.shortCode));
    const named = new Set([...alone, ...codesIn(digest.text)]);
    for (let number = 0; number < 200; number += 1) {
      expect(named).toContain(number.toString(16).padStart(4, '0'));
    }
  });
});

/** Ten thousand alerts in a minute, every tenth of priority 0, each by mail and by a robot. */
test('a storm: no limit is passed, the gravest go at once, nothing is dropped', async () => {
  const ALERTS = 10_000;
  const robots = [
    { kind: 'wecom', perMs: 60_000, most: 18 },
    { kind: 'dingtalk', perMs: 60_000, most: 18 },
    { kind: 'feishu', perMs: 60_000, most: 80 },
    { kind: 'feishu', perMs: 1_000, most: 4 },
  ] as const;
  const sentAt = new Map<string, { ms: number; notice: Notice }[]>();
  const clock = { ms: NIGHT.getTime() };
  const farSide = (kind: ChannelKind) =>
    new (class extends FakeFarSide {
      override async send(notice: Notice) {
        sentAt.get(kind)?.push({ ms: clock.ms, notice });
        return await super.send(notice);
      }
    })(kind);
  const kinds = ['email', 'wecom', 'dingtalk', 'feishu'] as const;
  for (const kind of kinds) sentAt.set(kind, []);
  const { deps, outbox } = openDelivery(kinds.map(farSide), {
    realNow: () => new Date(clock.ms),
  });
  const all: Notice[] = [];
  const PER_SECOND = Math.ceil(ALERTS / 60);
  let number = 0;
  for (let second = 0; second < 600; second += 1) {
    for (let index = 0; index < PER_SECOND && number < ALERTS; index += 1, number += 1) {
      const priority = number % 10 === 0 ? 0 : 3;
      for (const channel of ['email', kinds[1 + (number % 3)] ?? 'wecom'] as const) {
        const queuedAt = new Date(clock.ms);
        const notice = aNoticeOf(number, { channel, priority, queuedAt });
        all.push(notice);
        await outbox.create(notice);
      }
    }
    for (const kind of kinds) await settle(kind, deps);
    clock.ms += second < 60 ? 1_000 : 10_000;
    if (second > 60 && (await unsent()) === 0) break;
  }
  async function unsent(): Promise<number> {
    const counts = await Promise.all(kinds.map(async (kind) => await outbox.countUnsent(kind)));
    return counts.reduce((sum, count) => sum + count, 0);
  }

  expect(all).toHaveLength(2 * ALERTS);
  expect(await unsent()).toBe(0);
  for (const { kind, perMs, most } of robots) {
    const times = (sentAt.get(kind) ?? []).map(({ ms }) => ms);
    const busiest = Math.max(
      ...times.map((from) => times.filter((ms) => ms >= from && ms <= from + perMs).length),
    );
    expect([kind, perMs, busiest <= most]).toEqual([kind, perMs, true]);
  }
  // Where nothing limits: in the very second in which it came, each by itself.
  const mails = new Map((sentAt.get('email') ?? []).map(({ ms, notice }) => [notice.id, ms]));
  const graveMails = all.filter(({ channel, priority }) => channel === 'email' && priority === 0);
  expect(graveMails).toHaveLength(ALERTS / 10);
  for (const { id, queuedAt } of graveMails) expect(mails.get(id)).toBe(queuedAt?.getTime());
  // Nothing dropped: sent, or named in a message that was sent.
  const digests = new Map<string, { state: string | undefined; codes: ReadonlySet<string> }>();
  const digestOf = async (id: string) => {
    const known = digests.get(id);
    if (known) return known;
    const found = await outbox.findById(id);
    const read = { state: found?.state, codes: new Set(codesIn(found?.text ?? '')) };
    digests.set(id, read);
    return read;
  };
  for (const { id, shortCode, priority, channel } of all) {
    const stored = await outbox.findById(id);
    if (stored?.state === 'sent') continue;
    expect([id, stored?.state]).toEqual([id, 'merged']);
    const digest = await digestOf(stored?.mergedInto ?? '');
    expect([id, digest.state]).toEqual([id, 'sent']);
    // The gravest are merged on robots only, and named by code.
    const isNamed = channel !== 'email' && digest.codes.has(codesIn(shortCode)[0] ?? '');
    expect([id, priority > 0 || isNamed]).toEqual([id, true]);
  }
}, 120_000);
