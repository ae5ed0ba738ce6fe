import { idOf } from '#core';
import type { Notice } from './alert.ts';
import { bytesOf, cutToBytes } from './fit-bytes.ts';
import { render } from './notice-text.ts';
import { isGroupKind } from './ways.ts';

export interface Merged {
  readonly digest: Notice;
  /** The notices it names, each with `mergedInto`. */
  readonly merged: readonly Notice[];
}

/** What a digest says besides its names, in bytes, at most. */
const FRAME_BYTES = 450;
const SHORT_TITLE_BYTES = 40;
/** A line of names, longest first: what fits is what is said. */
const NAMINGS: readonly ((of: Named) => string)[] = [
  ({ subject, code, count }) => `${subject}（#${code}${times(count)}）`,
  ({ subject, code, count }) => `#${code} ${cutToBytes(subject, SHORT_TITLE_BYTES)}${times(count)}`,
  ({ code }) => `#${code}`,
];
const times = (count: number): string => (count > 1 ? `，${count}条` : '');

interface Named {
  readonly subject: string;
  /** The event's short code, as in every message about it. */
  readonly code: string;
  readonly count: number;
  readonly notices: readonly Notice[];
}

/**
 * Messages that name every event of these notices: one where its names fit, in short codes if need be; more
 * only where even the codes of all events are longer than a message may be.
 *
 * @param notices of one receiver and channel, not empty
 * @param mostBytes longest message in bytes; absent where there is no limit
 */
export function mergeNotices(
  notices: readonly Notice[],
  mostBytes: number | undefined,
  now: Date,
): Merged[] {
  const room = (mostBytes ?? Number.POSITIVE_INFINITY) - FRAME_BYTES;
  const named = namesOf(notices);
  for (const naming of NAMINGS) {
    const lines = named.map(naming);
    if (bytesOf(lines.join('\n')) <= room) return [digestOf(named, lines, now)];
  }
  return inRooms(named, room).map((part) => digestOf(part, [part.map(codeOf).join(' ')], now));
}

const codeOf = ({ code }: Named): string => `#${code}`;

function namesOf(notices: readonly Notice[]): Named[] {
  const byEvent = Map.groupBy(notices, ({ eventId, alertId }) => eventId ?? alertId);
  return [...byEvent.values()].map((all) => {
    const { subject = '', shortCode = '' } = all.at(-1) ?? {};
    const code = /#([^·\s]+)/.exec(shortCode)?.[1] ?? shortCode;
    return { subject, code, count: all.length, notices: all };
  });
}

/** Codes side by side, as many a message as there is room for. */
function inRooms(named: readonly Named[], room: number): Named[][] {
  const parts: Named[][] = [];
  let left = 0;
  for (const one of named) {
    const bytes = bytesOf(codeOf(one)) + 1;
    if (bytes > left) {
      parts.push([]);
      left = room;
    }
    left -= bytes;
    parts.at(-1)?.push(one);
  }
  return parts;
}

function digestOf(named: readonly Named[], lines: readonly string[], now: Date): Merged {
  const notices = named.flatMap((one) => one.notices);
  const first = notices[0];
  if (!first) throw new RangeError('nothing to merge');
  const { channel, receiver } = first;
  const isGrave = notices.some(({ priority }) => priority === 0);
  const key = idOf('digest', channel, ...notices.map(({ id }) => id));
  const text = render({
    isDrill: notices.every(({ isDrill }) => isDrill),
    subject: `【汇总】${named.length}件事，${notices.length}条通知`,
    ask: isGrave ? '以下事项都要立即处理：' : '短时间内通知较多，已合并为一条：',
    lines,
    link: deskOf(first),
    button: '打开工作台',
    shortCode: `汇总#${key.slice(0, 4)}`,
  });
  const mentions = new Set(
    notices.flatMap((one) => one.mentions ?? (one.receiver.phone ? [one.receiver.phone] : [])),
  );
  const digest: Notice = {
    id: key,
    revision: 1,
    effects: [],
    alertId: '',
    key,
    receiver: isGroupKind(channel) ? { personId: '', name: '工作群', address: '' } : receiver,
    ...(isGroupKind(channel) && mentions.size > 0 && { mentions: [...mentions] }),
    channel,
    priority: Math.min(...notices.map(({ priority }) => priority)),
    shortCode: `汇总#${key.slice(0, 4)}`,
    ...text,
    isDrill: notices.every(({ isDrill }) => isDrill),
    isDigest: true,
    state: 'pending',
    nextAt: new Date(0),
    createdAt: first.createdAt,
    queuedAt: now,
    attempts: [],
  };
  return {
    digest,
    merged: notices.map((notice) => ({
      ...notice,
      revision: notice.revision + 1,
      state: 'merged',
      mergedInto: digest.id,
    })),
  };
}

/** The desk behind a personal link: a digest is about many alerts, and a group is nobody. */
function deskOf({ link, text }: Notice): string {
  const found = link ?? /https?:\/\/\S+/.exec(text)?.[0];
  return found ? found.replace(/\/a\/.*$/, '/desk') : '';
}
