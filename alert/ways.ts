import type { ChannelKind, Notice } from './alert.ts';
import type { ChannelPack } from './channel-pack.ts';
import { noticeId } from './to-notice.ts';

/** Robots speak to a group: what they say is read by all in it, and proves that nobody in person heard. */
const GROUP_KINDS: ReadonlySet<ChannelKind> = new Set(['wecom', 'dingtalk', 'feishu', 'govIm']);
export const isGroupKind = (kind: ChannelKind): boolean => GROUP_KINDS.has(kind);

/** The address by which a channel reaches a receiver; undefined where it does not. A group needs none. */
export function addressFor(receiver: Notice['receiver'], kind: ChannelKind): string | undefined {
  switch (kind) {
    case 'email':
      return receiver.email;
    case 'sms':
    case 'voice':
      return receiver.phone;
    case 'wecom':
    case 'dingtalk':
    case 'feishu':
    case 'govIm':
      return receiver.phone ?? '';
    // A program, the desk and the loopback are nobody's.
    case 'webhook':
    case 'screen':
    case 'loopback':
      return undefined;
    default:
      return kind satisfies never;
  }
}

/** The other channels that reach the same receiver, in the pack's order. */
export function otherWays(
  { receiver, channel, isTest }: Notice,
  pack: ChannelPack,
  setUp: ReadonlySet<ChannelKind>,
): readonly ChannelKind[] {
  if (isTest) return [];
  return pack.order.filter(
    (kind) =>
      kind !== channel &&
      setUp.has(kind) &&
      addressFor(receiver, kind) !== undefined &&
      // A message to a group is for the group: no person is rung up for it.
      (receiver.personId !== '' || isGroupKind(kind)),
  );
}

export type SecondWay =
  | { readonly channel: ChannelKind; readonly reason: 'gravest' }
  | { readonly channel?: never; readonly reason: 'notGrave' | 'noIndependentWay' | 'digest' };

/**
 * The second channel on which a notice of priority 0 starts at once: one of another family, and one that
 * reaches a person where the first is a robot.
 */
export function secondWay(
  notice: Notice,
  pack: ChannelPack,
  setUp: ReadonlySet<ChannelKind>,
): SecondWay {
  if (notice.priority > 0) return { reason: 'notGrave' };
  if (notice.isDigest) return { reason: 'digest' };
  const { families } = pack;
  const needsPerson = isGroupKind(notice.channel);
  const channel = otherWays(notice, pack, setUp).find(
    (kind) =>
      (families[kind] ?? kind) !== (families[notice.channel] ?? notice.channel) &&
      !(needsPerson && isGroupKind(kind)),
  );
  return channel ? { channel, reason: 'gravest' } : { reason: 'noIndependentWay' };
}

export type FallbackDecision =
  | { readonly kind: 'add'; readonly reason: 'dead' | 'failures' | 'waiting' | 'routeClosed' }
  | { readonly kind: 'stay'; readonly reason: 'done' | 'added' | 'early' };

/**
 * Whether the receiver's next channel is added now. The notice itself goes on being tried.
 *
 * @param isRouteClosed nothing goes out on its channel for the time being
 */
export function decideFallback(
  notice: Notice,
  { retry }: ChannelPack,
  isRouteClosed: boolean,
  now: Date,
): FallbackDecision {
  if (notice.fallback) return { kind: 'stay', reason: 'added' };
  if (notice.state === 'sent' || notice.state === 'merged') return { kind: 'stay', reason: 'done' };
  const last = notice.attempts.at(-1);
  if (notice.state === 'dead') {
    // The duty ended, not the way to it.
    const isRefused = last?.result === 'config' || last?.result === 'content';
    return isRefused ? { kind: 'add', reason: 'dead' } : { kind: 'stay', reason: 'done' };
  }
  if (notice.priority === 0 && (isRouteClosed || last?.result === 'rate')) {
    return { kind: 'add', reason: 'routeClosed' };
  }
  if (notice.attempts.length >= retry.fallbackAfterFailures) {
    return { kind: 'add', reason: 'failures' };
  }
  const since = notice.priority === 0 ? notice.queuedAt : notice.attempts[0]?.at;
  if (since && now.getTime() - since.getTime() >= retry.fallbackAfterMs) {
    return { kind: 'add', reason: 'waiting' };
  }
  return { kind: 'stay', reason: 'early' };
}

/** The same telling to the same receiver on another channel, as new. */
export function noticeOn(notice: Notice, channel: ChannelKind, at: Date): Notice {
  const { alertId, receiver } = notice;
  const key = notice.key ?? notice.id;
  const {
    leaseBy: _by,
    leaseUntil: _until,
    fallback: _fallback,
    isShort: _short,
    stateReason: _reason,
    submittedAt: _submitted,
    ...rest
  } = notice;
  return {
    ...rest,
    id: noticeId({ alertId, key, personId: receiver.personId }, channel),
    revision: 1,
    key,
    receiver: { ...receiver, address: addressFor(receiver, channel) ?? '' },
    channel,
    state: 'pending',
    nextAt: new Date(0),
    queuedAt: at,
    attempts: [],
  };
}
