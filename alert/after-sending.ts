import { MINUTE_MS } from '#core';
import type { Notice } from './alert.ts';
import { routeRuleOf, type ChannelPack } from './channel-pack.ts';
import type { SendResult } from './ports.ts';

/** Once the content was refused there is little to gain by waiting. */
const SHORTENED_AFTER_MS = 1_000;

export type AfterSending =
  | { readonly kind: 'sent'; readonly reason: 'accepted' }
  | { readonly kind: 'again'; readonly afterMs: number; readonly reason: 'shortened' | 'backOff' }
  | { readonly kind: 'dead'; readonly reason: 'config' | 'content' | 'dutyEnded' | 'expired' };

/**
 * What follows from one try. A matter of settings is not tried again, content once more and shorter, all
 * else until the duty ends: after 5, 15, 45, 120, 300 s and then every 300 s, at a random moment within each.
 *
 * @param isOver whether the duty that the notice is for has ended
 * @param random 0 to 1
 */
export function decideAfterSending(
  notice: Notice,
  { result }: SendResult,
  pack: ChannelPack,
  { isOver, now, random }: { isOver: boolean; now: Date; random: number },
): AfterSending {
  if (result === 'ok') return { kind: 'sent', reason: 'accepted' };
  if (result === 'config') return { kind: 'dead', reason: 'config' };
  if (result === 'content') {
    const canShorten = routeRuleOf(pack, notice.channel).mostBytes !== undefined && !notice.isShort;
    return canShorten
      ? { kind: 'again', afterMs: SHORTENED_AFTER_MS, reason: 'shortened' }
      : { kind: 'dead', reason: 'content' };
  }
  if (isOver) return { kind: 'dead', reason: 'dutyEnded' };
  if (notice.expiresAt && notice.expiresAt <= now) return { kind: 'dead', reason: 'expired' };
  const { backOffMs } = pack.retry;
  const wait = backOffMs[Math.min(notice.attempts.length, backOffMs.length - 1)] ?? MINUTE_MS;
  // Full jitter, so that a thousand notices do not come back in one second.
  return { kind: 'again', afterMs: Math.round(wait * random), reason: 'backOff' };
}

const END_WORDS: Partial<Record<AfterSending['reason'], string>> = {
  dutyEnded: '事项已办结，不再重试',
  expired: '已过有效时间，不再重试',
};

/** A notice after one try. 已提交 is all we know of success: the far side took it. */
export function afterSending(
  notice: Notice,
  sent: SendResult,
  decision: AfterSending,
  now: Date,
): Notice {
  const { leaseBy: _by, leaseUntil: _until, stateReason: _reason, ...rest } = notice;
  const tried: Notice = { ...rest, attempts: [...notice.attempts, { at: now, ...sent }] };
  switch (decision.kind) {
    case 'sent':
      return { ...tried, state: 'sent', submittedAt: now };
    case 'dead': {
      const stateReason = END_WORDS[decision.reason];
      return { ...tried, state: 'dead', ...(stateReason && { stateReason }) };
    }
    case 'again': {
      const nextAt = new Date(now.getTime() + decision.afterMs);
      const isShort = notice.isShort === true || decision.reason === 'shortened';
      const state = sent.result === 'unknown' ? 'unknown' : 'pending';
      return { ...tried, nextAt, state, ...(isShort && { isShort }) };
    }
    default:
      return decision satisfies never;
  }
}
