import { expect, test } from 'vitest';
import { MINUTE_MS } from '#core';
import type { Channel, SendResult } from '#alert';
import { afterTry, lineUp, sendAll, type Sent } from '../../../config/watchdog/send-alarms.ts';
import type { Unsent } from '../../../config/watchdog/watch-state.ts';

const AT = new Date('2026-11-27T02:17:00+08:00');
const TEXT = { subject: '标题', deadline: '先做什么', lines: ['一', '', '<二>'] };
const MAIL = { channel: 'email', receiver: { name: '张三', address: 'z@a.test' } } as const;
const SMS = { channel: 'sms', receiver: { name: '张三', address: '13800000001' } } as const;

const linedUp = (...kinds: Unsent['kind'][]): Unsent[] => {
  let unsent: Unsent[] = [];
  for (const [index, kind] of kinds.entries()) {
    const at = new Date(AT.getTime() + index);
    unsent = lineUp(unsent, { kind, at, text: TEXT }, [MAIL, SMS]);
  }
  return unsent;
};
const kindsOn = (unsent: readonly Unsent[], channel: string): string[] =>
  unsent.filter((one) => one.channel === channel).map(({ kind }) => kind);

/** A way that answers like this, and what it was given. */
function aChannel(kind: 'email' | 'sms', answer: SendResult['result']) {
  const given: Parameters<Channel['send']>[0][] = [];
  const channel: Channel = {
    kind,
    async send(notice) {
      given.push(notice);
      return { result: answer, detail: '' };
    },
    close: async () => undefined,
  };
  return { channel, given };
}

async function send(
  unsent: readonly Unsent[],
  ways: readonly ReturnType<typeof aChannel>[],
  now = AT,
): Promise<Sent[]> {
  const sent: Sent[] = [];
  const channels = new Map(ways.map(({ channel }) => [channel.kind, channel]));
  await sendAll(
    unsent,
    channels,
    () => now,
    (one) => void sent.push(one),
  );
  return sent;
}

test('a reminder that still waits gives way to what is newer; an alarm and a recovery stay in order', () => {
  const unsent = linedUp('alarm', 'reminder', 'reminder', 'recovered', 'alarm');
  expect(kindsOn(unsent, 'email')).toEqual(['alarm', 'recovered', 'alarm']);
  expect(kindsOn(unsent, 'sms')).toEqual(['alarm', 'recovered', 'alarm']);
  expect(new Set(unsent.map(({ id }) => id)).size).toBe(unsent.length);
});

test('a way that is down holds up its own messages and no other way’s', async () => {
  const [mail, sms] = [aChannel('email', 'temporary'), aChannel('sms', 'ok')];
  const sent = await send(linedUp('alarm', 'recovered'), [mail, sms]);
  expect([mail.given.length, sms.given.length]).toEqual([1, 2]);
  const left = sent.flatMap((one) => afterTry(one, AT) ?? []);
  expect(left.map(({ channel, notBeforeAt }) => [channel, notBeforeAt])).toEqual([
    ['email', undefined],
  ]);
});

test.for(['config', 'content'] as const)(
  'a far side that refuses (%s) is asked again after five minutes, not every round',
  async (answer) => {
    const [tried] = await send(linedUp('alarm').slice(0, 1), [aChannel('email', answer)]);
    const waits = afterTry(tried!, AT)!;
    const soon = aChannel('email', 'ok');
    await send([waits], [soon], new Date(AT.getTime() + 4 * MINUTE_MS));
    expect(soon.given).toEqual([]);
    await send([waits], [soon], new Date(AT.getTime() + 5 * MINUTE_MS));
    expect(soon.given).toHaveLength(1);
  },
);

test('a message that comes late says when it was written, and a repeat bears the same id', async () => {
  const mail = aChannel('email', 'ok');
  const [one] = linedUp('alarm');
  await send([one!], [mail]);
  await send([one!], [mail], new Date(AT.getTime() + 3 * MINUTE_MS));
  const [inTime, late] = mail.given;
  expect([inTime?.subject, late?.subject]).toEqual(['标题', '【补发】标题']);
  expect(late?.text).toMatch(/^（这一条写于 2026-11-27 02:17，当时没有发出去，现在补发。）\n/);
  expect(late?.id).toBe(inTime?.id);
  expect(inTime?.html).toContain('&lt;二&gt;');
});
