import { DAY_MS, MINUTE_MS } from '#core';
import type { TroubleKind } from './watch-pack.ts';
import {
  newestOf,
  type HeartbeatSeen,
  type StoreSeen,
  type WatchMemory,
  type WatchReading,
} from './watch-reading.ts';
import type { WatchLimits } from './watchdog-settings.ts';

/** 故障: one thing that is wrong with the product, as seen from outside. */
export interface Trouble {
  /** The same while it lasts. */
  readonly id: string;
  readonly kind: TroubleKind;
  /** Absent where nobody can say. */
  readonly sinceAt?: Date | undefined;
  /** The heartbeat that it is about. */
  readonly part?: string | undefined;
  readonly detail?: string | undefined;
}

type ReadStore = Extract<StoreSeen, { kind: 'read' }>;

/** Heartbeats of an earlier start are forgotten after this: a later release may not have that part. */
const OLD_PART_MS = DAY_MS;

/**
 * What is wrong now.
 *
 * @param memory with this reading taken in
 * @returns nothing when all is well; one trouble per id
 */
export function judgeWatch(
  reading: WatchReading,
  memory: WatchMemory,
  limits: WatchLimits,
  now: Date,
): Trouble[] {
  const startedAt = memory.starts.at(-1);
  const isStarting = startedAt !== undefined && ageOf(startedAt, now) < limits.startMs;
  const { store } = reading;
  return [
    ...(store?.kind === 'read' ? judgeStore(store, isStarting, limits, now) : []),
    ...judgeUnreadable(reading, memory, limits, now),
    ...judgeStarts(memory, limits, now),
    ...(isStarting ? [] : judgeSite(reading, memory, limits, now)),
  ];
}

const ageOf = (at: Date, now: Date): number => now.getTime() - at.getTime();

function judgeStore(
  store: ReadStore,
  isStarting: boolean,
  limits: WatchLimits,
  now: Date,
): Trouble[] {
  return [
    ...judgeHeartbeats(store.heartbeats, isStarting, limits, now),
    ...(isStarting ? [] : judgeDuties(store, limits, now)),
    ...judgeDisk(store, limits),
  ];
}

function judgeHeartbeats(
  heartbeats: readonly HeartbeatSeen[],
  isStarting: boolean,
  limits: WatchLimits,
  now: Date,
): Trouble[] {
  const newest = newestOf(heartbeats);
  if (!newest) return isStarting ? [] : [{ id: 'neverBeat', kind: 'neverBeat' }];
  const aheadMs = -ageOf(newest.at, now);
  if (aheadMs > limits.heartbeatMs) {
    return [{ id: 'clockAstray', kind: 'clockAstray', sinceAt: newest.at }];
  }
  const isStale = ({ component, at }: HeartbeatSeen): boolean =>
    ageOf(at, now) > (limits.slowHeartbeatsMs[component] ?? limits.heartbeatMs);
  // The slow ones look alive long after the process died.
  const fast = heartbeats.filter(({ component }) => !(component in limits.slowHeartbeatsMs));
  if ((fast.length > 0 ? fast : heartbeats).every(isStale)) {
    return [{ id: 'stopped', kind: 'stopped', sinceAt: newest.at }];
  }
  return heartbeats
    .filter((one) => isStale(one) && !isLeftOver(one, newest, isStarting, now))
    .map(({ component, at }) => ({
      id: `partStopped:${component}`,
      kind: 'partStopped',
      sinceAt: at,
      part: component,
    }));
}

/** Of an earlier start: not yet its turn after this one, or a part that is no more. */
function isLeftOver(
  { bootId, at }: HeartbeatSeen,
  newest: HeartbeatSeen,
  isStarting: boolean,
  now: Date,
): boolean {
  return bootId !== newest.bootId && (isStarting || ageOf(at, now) > OLD_PART_MS);
}

function judgeDuties(
  { nextDueAt, graveSinceAt }: ReadStore,
  limits: WatchLimits,
  now: Date,
): Trouble[] {
  const isLate = (at: Date | undefined, mostMs: number): at is Date =>
    at !== undefined && ageOf(at, now) > mostMs;
  return [
    ...(isLate(nextDueAt, limits.countdownOverdueMs)
      ? [{ id: 'overdueCountdown', kind: 'overdueCountdown', sinceAt: nextDueAt } as const]
      : []),
    ...(isLate(graveSinceAt, limits.graveNoticeMs)
      ? [{ id: 'graveNotice', kind: 'graveNotice', sinceAt: graveSinceAt } as const]
      : []),
  ];
}

function judgeDisk({ freeBytes, walBytes }: ReadStore, limits: WatchLimits): Trouble[] {
  return [
    ...(freeBytes < limits.leastFreeBytes
      ? [{ id: 'diskLow', kind: 'diskLow', detail: inMegabytes(freeBytes) } as const]
      : []),
    ...(walBytes > limits.mostWalBytes
      ? [{ id: 'walLarge', kind: 'walLarge', detail: inMegabytes(walBytes) } as const]
      : []),
  ];
}

const inMegabytes = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`;

function judgeUnreadable(
  { store }: WatchReading,
  { unreadableSinceAt: sinceAt }: WatchMemory,
  limits: WatchLimits,
  now: Date,
): Trouble[] {
  if (store?.kind !== 'unreadable' || !sinceAt || ageOf(sinceAt, now) < limits.notReadyMs) {
    return [];
  }
  return [{ id: 'unreadable', kind: 'unreadable', sinceAt, detail: store.why }];
}

function judgeSite(
  { site }: WatchReading,
  { siteFailsSinceAt: sinceAt }: WatchMemory,
  limits: WatchLimits,
  now: Date,
): Trouble[] {
  if (!site || site.kind === 'ready') return [];
  if (!sinceAt || ageOf(sinceAt, now) < limits.notReadyMs) return [];
  return site.kind === 'noAnswer'
    ? [{ id: 'noAnswer', kind: 'noAnswer', sinceAt, detail: site.why }]
    : [{ id: 'notReady', kind: 'notReady', sinceAt, detail: site.failing.join('、') }];
}

function judgeStarts({ starts }: WatchMemory, limits: WatchLimits, now: Date): Trouble[] {
  const recent = starts.filter((at) => ageOf(at, now) <= limits.startsWithinMs);
  if (recent.length < limits.mostStarts) return [];
  const minutes = Math.ceil(limits.startsWithinMs / MINUTE_MS);
  const detail = `${minutes} 分钟里启动了 ${recent.length} 次`;
  return [{ id: 'restarting', kind: 'restarting', sinceAt: recent[0], detail }];
}
