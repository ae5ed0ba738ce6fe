import { z } from 'zod';
import type { Notice } from './alert.ts';
import type { ChannelPack } from './channel-pack.ts';

/** How fast one receiver was written to on one channel. */
export const PaceSchema = z.object({
  /** Channel and receiver; on a robot the group is the receiver. */
  id: z.string(),
  revision: z.int(),
  effects: z.array(z.never()),
  /** Moments of the last messages sent one by one. */
  recentAt: z.array(z.coerce.date()),
  /** Present while messages are gathered. */
  digest: z.object({ nextAt: z.coerce.date(), lastNoticeAt: z.coerce.date() }).optional(),
});
export type Pace = Readonly<z.infer<typeof PaceSchema>>;

export const newPace = (id: string): Pace => ({ id, revision: 1, effects: [], recentAt: [] });

export interface Paced {
  readonly reason: 'calm' | 'stormBegins' | 'storm' | 'digestDue';
  readonly send: readonly Notice[];
  /** To wait until `until`, then to be merged. */
  readonly hold: readonly Notice[];
  readonly merge: readonly Notice[];
  readonly until?: Date;
  readonly digest?: Pace['digest'];
}

/**
 * Which of one receiver's due messages go out one by one, wait, or are merged now.
 *
 * Source: thresholds and windows as in Iris: gathering begins above the threshold and ends after a quiet time.
 */
export function paceMessages(
  pace: Pace,
  notices: readonly Notice[],
  storm: ChannelPack['storm'],
  now: Date,
): Paced {
  const nowMs = now.getTime();
  const arrivedMs = Math.max(...notices.map(({ queuedAt }) => queuedAt?.getTime() ?? nowMs));
  const { digest } = pace;
  const isGathering =
    digest !== undefined &&
    // While one is due, what was gathered waits for it.
    (nowMs < digest.nextAt.getTime() ||
      arrivedMs - digest.lastNoticeAt.getTime() < storm.quietMs ||
      notices.some(({ queuedAt }) => queuedAt && queuedAt <= digest.lastNoticeAt));
  const none = { send: [], hold: [], merge: [] };

  if (isGathering) {
    const lastNoticeAt = new Date(Math.max(arrivedMs, digest.lastNoticeAt.getTime()));
    if (now < digest.nextAt) {
      const until = digest.nextAt;
      return {
        ...none,
        reason: 'storm',
        hold: notices,
        until,
        digest: { nextAt: until, lastNoticeAt },
      };
    }
    const nextAt = new Date(nowMs + storm.digestEveryMs);
    const next = { nextAt, lastNoticeAt };
    return notices.length === 1
      ? { ...none, reason: 'digestDue', send: notices, digest: next }
      : { ...none, reason: 'digestDue', merge: notices, digest: next };
  }

  const recent = pace.recentAt.filter((at) => nowMs - at.getTime() < storm.windowMs);
  const free = Math.max(0, storm.most - recent.length);
  const send = notices.slice(0, free);
  const hold = notices.slice(free);
  if (hold.length === 0) return { ...none, reason: 'calm', send };
  const until = new Date(nowMs + storm.digestEveryMs);
  const begun = { nextAt: until, lastNoticeAt: new Date(Math.max(arrivedMs, nowMs)) };
  return { ...none, reason: 'stormBegins', send, hold, until, digest: begun };
}

/** The pace after so many messages went out one by one. */
export function paceAfter(
  pace: Pace,
  sent: number,
  { windowMs, most }: ChannelPack['storm'],
  now: Date,
): Pace {
  const recent = pace.recentAt.filter((at) => now.getTime() - at.getTime() < windowMs);
  const added = Array.from({ length: sent }, () => now);
  return { ...pace, recentAt: [...recent, ...added].slice(-most) };
}
