import { amend, DAY_MS, SECOND_MS, StaleWrite, type Now } from '#core';
import { ChannelKindSchema, type ChannelKind, type Notice } from './alert.ts';
import type { Channel, Outbox, SendResult } from './ports.ts';

export interface DeliveryDeps {
  readonly outbox: Outbox;
  readonly channels: ReadonlyMap<ChannelKind, Channel>;
  /** Real time: leases and back-off are about the world, not about a drill. */
  readonly realNow: Now;
  /** This process; a lease names its holder. */
  readonly holder: string;
  /** 0 to 1, for the spread of retries. */
  readonly random: () => number;
  readonly onSent?: (notice: Notice, result: SendResult) => void;
}

export const LEASE_MS = 30 * SECOND_MS;
/** A batch ends well within its lease. */
const MOST_AT_ONCE = 6;
/** Waits before the next try, the last one for ever after. */
const BACK_OFF_MS = [5, 15, 45, 120, 300].map((seconds) => seconds * SECOND_MS);
const GIVE_UP_AFTER_MS = 2 * DAY_MS;

/**
 * Sends what is due on every channel: claim under a lease, send, record the receipt, in that order. A
 * crash in between sends again; nothing is lost. @returns how many were tried
 */
export async function deliverNotices(deps: DeliveryDeps): Promise<number> {
  // Also channels that are not set up: what waits for one is shown, not kept for ever.
  const tried = await Promise.all(
    ChannelKindSchema.options.map(async (kind) => await deliverOn(kind, deps)),
  );
  return tried.reduce((sum, one) => sum + one, 0);
}

/** The same for one channel; each with a loop of its own holds up no other. */
export async function deliverOn(kind: ChannelKind, deps: DeliveryDeps): Promise<number> {
  const { outbox, holder, realNow } = deps;
  const claimed = await outbox.claim(holder, kind, realNow(), LEASE_MS, MOST_AT_ONCE);
  await Promise.all(claimed.map(async (notice) => await deliver(notice, deps)));
  return claimed.length;
}

async function deliver(notice: Notice, deps: DeliveryDeps): Promise<void> {
  const channel = deps.channels.get(notice.channel);
  const result: SendResult = channel
    ? await channel.send(markedAsRepeat(notice))
    : { result: 'config', detail: '这个通道没有配置' };
  try {
    await amend(deps.outbox, notice.id, (found) =>
      // A lease that ran out was taken over; the new holder records what comes of it.
      found.state === 'leased' && found.leaseBy === deps.holder
        ? afterSending(found, result, deps.realNow(), deps.random())
        : undefined,
    );
  } catch (error) {
    if (!(error instanceof StaleWrite)) throw error;
  }
  deps.onSent?.(notice, result);
}

/** A try whose end nobody knows may have arrived; the next one says so. */
function markedAsRepeat(notice: Notice): Notice {
  const isRepeat = notice.attempts.some(({ result }) => result === 'unknown');
  return isRepeat ? { ...notice, subject: `【可能重复】${notice.subject}` } : notice;
}

/** A notice after one try. 已提交 is all we know of success: the far side took it. */
export function afterSending(notice: Notice, sent: SendResult, at: Date, random: number): Notice {
  const { leaseBy: _by, leaseUntil: _until, ...rest } = notice;
  const tried: Notice = { ...rest, attempts: [...notice.attempts, { at, ...sent }] };
  switch (sent.result) {
    case 'ok':
      return { ...tried, state: 'sent', submittedAt: at };
    case 'config':
    case 'content':
      // Nothing changes by trying again; a person must mend it, and sees it on the screen.
      return { ...tried, state: 'dead' };
    case 'rate':
    case 'temporary':
    case 'unknown': {
      const since = tried.attempts[0]?.at ?? at;
      if (at.getTime() - since.getTime() > GIVE_UP_AFTER_MS) {
        return { ...tried, state: 'dead' };
      }
      const wait = BACK_OFF_MS[Math.min(notice.attempts.length, BACK_OFF_MS.length - 1)] ?? 0;
      // Full jitter, so that a thousand notices do not come back in one second.
      const nextAt = new Date(at.getTime() + Math.round(wait * random));
      return { ...tried, nextAt, state: sent.result === 'unknown' ? 'unknown' : 'pending' };
    }
    default:
      return sent.result satisfies never;
  }
}
