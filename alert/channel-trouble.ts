import { idOf, type Person } from '#core';
import type { ChannelKind, Notice } from './alert.ts';
import type { ChannelPack } from './channel-pack.ts';
import type { ChannelRoute } from './channel-route.ts';
import { CHANNEL_NAMES } from './channel-names.ts';
import { render } from './notice-text.ts';
import { addressFor, isGroupKind, otherWays } from './ways.ts';

/** A notice on one channel that belongs to no alert: the address of a person, or the group behind a robot. */
export function plainNotice(parts: {
  readonly key: string;
  readonly person: Person;
  readonly channel: ChannelKind;
  readonly priority: number;
  readonly shortCode: string;
  readonly text: ReturnType<typeof render>;
  readonly at: Date;
  readonly more?: Pick<Notice, 'isTest' | 'expiresAt'>;
}): Notice {
  const { key, person, channel, priority, shortCode, text, at, more } = parts;
  const { id: personId, name, email, phone } = person;
  const ways = { personId, name, ...(email && { email }), ...(phone && { phone }) };
  const receiver = { ...ways, address: '' };
  return {
    id: idOf('notice', key, personId, channel),
    revision: 1,
    effects: [],
    alertId: '',
    key,
    receiver: { ...receiver, address: addressFor(receiver, channel) ?? '' },
    channel,
    priority,
    shortCode,
    ...text,
    isDrill: false,
    ...more,
    state: 'pending',
    nextAt: new Date(0),
    createdAt: at,
    queuedAt: at,
    attempts: [],
  };
}

/**
 * What the administrators are told, on the first way that is not the broken one, when a far side says that
 * our settings are wrong or fails again and again. Once for each time of trouble, not for each message.
 */
export function troubleNotices(
  route: ChannelRoute,
  administrators: readonly Person[],
  pack: ChannelPack,
  setUp: ReadonlySet<ChannelKind>,
  link: string,
  now: Date,
): readonly Notice[] {
  const { id: kind, lastFailure, lastOkAt } = route;
  if (!lastFailure) return [];
  const shortCode = `通道#${kind}`;
  const text = render({
    isDrill: false,
    subject: `【通道】${CHANNEL_NAMES[kind]}送不出通知`,
    ask: '这个通道需要您查看；能改走别的通道的通知已经改走。',
    lines: [`最近一次失败：${lastFailure.detail}`],
    link,
    button: '打开通道页',
    shortCode,
  });
  const key = idOf('trouble', kind, lastOkAt?.toISOString() ?? '');
  return administrators.flatMap((person) => {
    const onBroken = plainNotice({
      key,
      person,
      channel: kind,
      priority: 1,
      shortCode,
      text,
      at: now,
    });
    const channel = otherWays(onBroken, pack, setUp).find((way) => !isGroupKind(way));
    return channel
      ? [plainNotice({ key, person, channel, priority: 1, shortCode, text, at: now })]
      : [];
  });
}
