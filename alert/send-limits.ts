import type { Limit } from './channel-pack.ts';

/** What may still be sent under every limit at once. */
export interface Room {
  /** Notices of priority 0, and others; Infinity where nothing limits. */
  readonly grave: number;
  readonly normal: number;
  /** When the next notice of each kind may go; absent while there is room. */
  readonly graveAt?: Date | undefined;
  readonly normalAt?: Date | undefined;
}

/** The times at which sends were made that count for one limit, in any order. */
export type TimesUnder = (limit: Limit) => readonly Date[];

/**
 * How much room the limits leave. A send counts for a whole window after its moment, both ends included,
 * so that no window of this length, wherever it lies, ever holds more than `most`.
 */
export function roomUnder(limits: readonly Limit[], timesUnder: TimesUnder, now: Date): Room {
  const rooms = limits.map((limit) => {
    const times = inWindow(timesUnder(limit), limit.perMs, now);
    return {
      grave: roomOf(times, limit.most, limit.perMs),
      normal: roomOf(times, limit.most - limit.reserved, limit.perMs),
    };
  });
  const grave = tightest(rooms.map((room) => room.grave));
  const normal = tightest(rooms.map((room) => room.normal));
  return { grave: grave.free, normal: normal.free, graveAt: grave.at, normalAt: normal.at };
}

/** Times are ms, oldest first. Those far ahead come from a clock that was set back, and count no longer. */
function inWindow(times: readonly Date[], perMs: number, now: Date): number[] {
  const nowMs = now.getTime();
  return times
    .map((at) => at.getTime())
    .filter((ms) => ms >= nowMs - perMs && ms <= nowMs + perMs)
    .toSorted((a, b) => a - b);
}

interface OneRoom {
  readonly free: number;
  readonly at?: Date | undefined;
}

function roomOf(times: readonly number[], most: number, perMs: number): OneRoom {
  const free = most - times.length;
  if (free > 0) return { free };
  const leaves = times[times.length - most] ?? 0;
  return { free: 0, at: new Date(leaves + perMs + 1) };
}

function tightest(rooms: readonly OneRoom[]): OneRoom {
  const free = Math.min(Number.POSITIVE_INFINITY, ...rooms.map((room) => room.free));
  const times = rooms.flatMap(({ at }) => (at ? [at.getTime()] : []));
  return times.length > 0 ? { free, at: new Date(Math.max(...times)) } : { free };
}
