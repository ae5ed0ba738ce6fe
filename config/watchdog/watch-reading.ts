/** One heartbeat as the product left it. */
export interface HeartbeatSeen {
  readonly component: string;
  readonly at: Date;
  readonly bootId: string;
}

/** What the data folder shows. */
export type StoreSeen =
  | { readonly kind: 'unreadable'; readonly why: string }
  | {
      readonly kind: 'read';
      readonly heartbeats: readonly HeartbeatSeen[];
      /** When the earliest milestone or ladder step that has not fired was due, past or to come. */
      readonly nextDueAt?: Date | undefined;
      /** Since when the oldest notice of priority 0 waits. */
      readonly graveSinceAt?: Date | undefined;
      readonly freeBytes: number;
      readonly walBytes: number;
    };

/** What the web address answers. */
export type SiteSeen =
  | { readonly kind: 'ready' }
  | { readonly kind: 'notReady'; readonly failing: readonly string[] }
  | { readonly kind: 'noAnswer'; readonly why: string };

/** One look at the product; what is not watched is absent. */
export interface WatchReading {
  readonly store?: StoreSeen | undefined;
  readonly site?: SiteSeen | undefined;
}

/** What only several looks together show. */
export interface WatchMemory {
  /** Of the newest heartbeat; empty when there was none. */
  readonly bootId?: string | undefined;
  /** Starts of the product, by their first heartbeat that was seen; newest last. */
  readonly starts: readonly Date[];
  readonly unreadableSinceAt?: Date | undefined;
  readonly siteFailsSinceAt?: Date | undefined;
}

/** More starts than this are never counted. */
const MOST_STARTS = 50;

/** The newest one; undefined when there is none. */
export const newestOf = (heartbeats: readonly HeartbeatSeen[]): HeartbeatSeen | undefined =>
  heartbeats.toSorted((a, b) => a.at.getTime() - b.at.getTime()).at(-1);

/** Takes one more look into the memory. */
export function remember(memory: WatchMemory, reading: WatchReading, now: Date): WatchMemory {
  const { store, site } = reading;
  const fails = site !== undefined && site.kind !== 'ready';
  return {
    ...rememberStart(memory, store, now),
    unreadableSinceAt: store?.kind === 'unreadable' ? (memory.unreadableSinceAt ?? now) : undefined,
    siteFailsSinceAt: fails ? (memory.siteFailsSinceAt ?? now) : undefined,
  };
}

function rememberStart(
  memory: WatchMemory,
  store: StoreSeen | undefined,
  now: Date,
): Pick<WatchMemory, 'bootId' | 'starts'> {
  const { bootId, starts } = memory;
  if (store?.kind !== 'read') return { bootId, starts };
  const newest = newestOf(store.heartbeats);
  const seen = newest?.bootId ?? '';
  if (seen === bootId) return { bootId, starts };
  // One that died long ago is no start of today, though it is the first that we see of it.
  const at = newest && newest.at < now ? newest.at : now;
  // A start is seen before its first heartbeat; the heartbeat makes it no second one.
  const before = bootId === '' ? starts.slice(0, -1) : starts;
  return { bootId: seen, starts: [...before, at].slice(-MOST_STARTS) };
}
