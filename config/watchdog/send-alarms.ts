import { createHash } from 'node:crypto';
import { beijingMinute, MINUTE_MS } from '#core';
import { escapeHtml, type Channel, type Notice, type SendResult } from '#alert/channels';
import type { AlarmText } from './alarm-text.ts';
import type { Unsent } from './watch-state.ts';
import type { WatchdogSettings } from './watchdog-settings.ts';

export type RouteKind = Unsent['channel'];

/** A way to one receiver. */
export interface WayOut {
  readonly channel: RouteKind;
  readonly receiver: Unsent['receiver'];
}

/** Every receiver by every way they have. */
export function waysOut({ channels, receivers }: WatchdogSettings): WayOut[] {
  return receivers.flatMap(({ name, email, phone }) => [
    ...(channels.email && email
      ? [{ channel: 'email' as const, receiver: { name, address: email } }]
      : []),
    ...(channels.sms && phone
      ? [{ channel: 'sms' as const, receiver: { name, address: phone } }]
      : []),
  ]);
}

/** The most that waits for one way; a route that is down for days must not burst when it is back. */
const MOST_WAITING = 20;

/**
 * Puts a message in line on every way. A reminder that still waits is dropped for it: what is newer says
 * the same. An alarm and a recovery stay, also when they come late.
 */
export function lineUp(
  unsent: readonly Unsent[],
  message: Pick<Unsent, 'kind' | 'at'> & { readonly text: AlarmText },
  ways: readonly WayOut[],
): Unsent[] {
  const kept = unsent.filter(({ kind }) => kind !== 'reminder');
  const added = ways.map((way) => ({
    ...way,
    ...message,
    text: { ...message.text, lines: [...message.text.lines] },
    id: idOf(message, way),
  }));
  return ways.flatMap((way) =>
    [...kept, ...added].filter((one) => isSameWay(one, way)).slice(-MOST_WAITING),
  );
}

const isSameWay = (a: WayOut, b: WayOut): boolean =>
  a.channel === b.channel && a.receiver.address === b.receiver.address;

/** The same for a repeat after a crash: a mail program that sees it twice shows it once. */
const idOf = ({ kind, at }: Pick<Unsent, 'kind' | 'at'>, { channel, receiver }: WayOut): string =>
  createHash('sha256')
    .update(`watchdog|${kind}|${at.toISOString()}|${channel}|${receiver.address}`)
    .digest('hex')
    .slice(0, 32);

/** What only a person can mend is tried again after this. */
const REFUSED_AGAIN_MS = 5 * MINUTE_MS;

export interface Sent {
  readonly unsent: Unsent;
  readonly result: SendResult;
}

/**
 * Sends what waits; every way goes on by itself, in order, and stops at its first failure until the next round.
 *
 * @param onSent told after each try, before the next one on that way
 */
export async function sendAll(
  unsent: readonly Unsent[],
  channels: ReadonlyMap<string, Channel>,
  now: () => Date,
  onSent: (sent: Sent) => void,
): Promise<void> {
  const byWay = Map.groupBy(
    unsent,
    ({ channel, receiver }) => `${channel}|${receiver.address}`,
  ).values();
  await Promise.all(
    [...byWay].map(async (line) => {
      for (const one of line) {
        if (one.notBeforeAt && one.notBeforeAt > now()) return;
        const channel = channels.get(one.channel);
        if (!channel) return;
        const result = await channel.send(toNotice(one, now()));
        onSent({ unsent: one, result });
        if (result.result !== 'ok') return;
      }
    }),
  );
}

/** What stays to be sent after a try; undefined when it is out. */
export function afterTry({ unsent, result }: Sent, now: Date): Unsent | undefined {
  if (result.result === 'ok') return undefined;
  const isRefused = result.result === 'config' || result.result === 'content';
  return isRefused
    ? { ...unsent, notBeforeAt: new Date(now.getTime() + REFUSED_AGAIN_MS) }
    : unsent;
}

/** Later than this a message says so: its words are of the time it was written. */
const LATE_MS = 2 * MINUTE_MS;

function toNotice({ id, kind, at, text, channel, receiver }: Unsent, now: Date): Notice {
  const isLate = now.getTime() - at.getTime() > LATE_MS;
  const late = `（这一条写于 ${beijingMinute(at)}，当时没有发出去，现在补发。）`;
  const lines = isLate ? [late, '', ...text.lines] : text.lines;
  return {
    id,
    revision: 1,
    effects: [],
    alertId: '',
    receiver: { personId: '', ...receiver },
    channel,
    priority: 0,
    shortCode: `看门狗#${id.slice(0, 4)}`,
    subject: isLate ? `【补发】${text.subject}` : text.subject,
    text: lines.join('\n'),
    html: toHtml(lines),
    deadline: text.deadline,
    isDrill: false,
    isTest: kind === 'test',
    state: 'pending',
    nextAt: now,
    createdAt: at,
    attempts: [],
  };
}

const toHtml = (lines: readonly string[]): string =>
  `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"></head><body style="font:16px/1.6 sans-serif;color:#1b1f27">${lines
    .map((line) => (line === '' ? '<br>' : `<div>${escapeHtml(line)}</div>`))
    .join('')}</body></html>`;
