import { expect, test } from 'vitest';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '#core';
import { judgeWatch } from '../../../config/watchdog/judge-watch.ts';
import {
  remember,
  type HeartbeatSeen,
  type StoreSeen,
  type WatchMemory,
  type WatchReading,
} from '../../../config/watchdog/watch-reading.ts';
import { WatchdogSchema } from '../../../config/watchdog/watchdog-settings.ts';

const NOW = new Date('2026-11-27T02:17:00+08:00');
const { limits: DEFAULTS } = WatchdogSchema.parse({});
const LIMITS = { ...DEFAULTS, slowHeartbeatsMs: { auditor: 3 * MINUTE_MS } };

const ago = (ms: number): Date => new Date(NOW.getTime() - ms);
const beat = (component: string, ageMs: number, bootId = 'today'): HeartbeatSeen => ({
  component,
  at: ago(ageMs),
  bootId,
});
const aStore = (more: Partial<Extract<StoreSeen, { kind: 'read' }>> = {}): StoreSeen => ({
  kind: 'read',
  heartbeats: [beat('countdowns', SECOND_MS), beat('delivery', SECOND_MS)],
  nextDueAt: ago(-HOUR_MS),
  freeBytes: 50e9,
  walBytes: 4e6,
  ...more,
});
const upFor = (ms: number): WatchMemory => ({ bootId: 'today', starts: [ago(ms)] });
const UP = upFor(8 * HOUR_MS);

interface Case {
  readonly what: string;
  readonly reading?: WatchReading;
  readonly memory?: WatchMemory;
  readonly found: readonly string[];
}

const READ: WatchReading = { store: aStore(), site: { kind: 'ready' } };
const NO_ANSWER = { kind: 'noAnswer', why: '连不上对方' } as const;

test.for<Case>([
  { what: 'all is well', reading: READ, found: [] },
  {
    what: 'nothing is watched but the address, and it is ready',
    reading: { site: READ.site },
    found: [],
  },
  {
    what: 'every heartbeat stands at the limit: not yet',
    reading: { store: aStore({ heartbeats: [beat('countdowns', 60 * SECOND_MS)] }) },
    found: [],
  },
  {
    what: 'every heartbeat is older than the limit',
    reading: {
      store: aStore({
        heartbeats: [beat('countdowns', 60 * SECOND_MS + 1), beat('delivery', 70 * SECOND_MS)],
      }),
    },
    found: ['stopped'],
  },
  {
    what: 'the product died, and what beats slowly beat last',
    reading: {
      store: aStore({
        heartbeats: [beat('countdowns', 65 * SECOND_MS), beat('auditor', 30 * SECOND_MS)],
      }),
    },
    found: ['stopped'],
  },
  {
    what: 'what beats slowly is within its own limit',
    reading: {
      store: aStore({
        heartbeats: [beat('countdowns', SECOND_MS), beat('auditor', 2 * MINUTE_MS)],
      }),
    },
    found: [],
  },
  {
    what: 'one part stands still while the others live',
    reading: {
      store: aStore({
        heartbeats: [beat('countdowns', SECOND_MS), beat('delivery', 61 * SECOND_MS)],
      }),
    },
    found: ['partStopped:delivery'],
  },
  {
    what: 'a part has not come up after the start, within the grace',
    memory: upFor(30 * SECOND_MS),
    reading: {
      store: aStore({
        heartbeats: [beat('countdowns', SECOND_MS), beat('delivery', HOUR_MS, 'yesterday')],
      }),
    },
    found: [],
  },
  {
    what: 'a part has not come up after the start, and the grace is over',
    memory: upFor(61 * SECOND_MS),
    reading: {
      store: aStore({
        heartbeats: [beat('countdowns', SECOND_MS), beat('delivery', HOUR_MS, 'yesterday')],
      }),
    },
    found: ['partStopped:delivery'],
  },
  {
    what: 'a part that this release does not have any more',
    reading: {
      store: aStore({
        heartbeats: [beat('countdowns', SECOND_MS), beat('gone', 25 * HOUR_MS, 'last week')],
      }),
    },
    found: [],
  },
  {
    what: 'the clock was set back, so that a dead product would look alive for hours',
    reading: { store: aStore({ heartbeats: [beat('countdowns', -2 * HOUR_MS)] }) },
    found: ['clockAstray'],
  },
  {
    what: 'no heartbeat was ever seen, at the first look',
    memory: { bootId: '', starts: [NOW] },
    reading: { store: aStore({ heartbeats: [] }) },
    found: [],
  },
  {
    what: 'no heartbeat was ever seen for a minute',
    memory: { bootId: '', starts: [ago(MINUTE_MS)] },
    reading: { store: aStore({ heartbeats: [] }) },
    found: ['neverBeat'],
  },
  {
    what: 'a milestone is 30 s late: not yet',
    reading: { store: aStore({ nextDueAt: ago(30 * SECOND_MS) }) },
    found: [],
  },
  {
    what: 'a milestone is later than that',
    reading: { store: aStore({ nextDueAt: ago(31 * SECOND_MS) }) },
    found: ['overdueCountdown'],
  },
  {
    what: 'an urgent notice waits 61 s',
    reading: { store: aStore({ graveSinceAt: ago(61 * SECOND_MS) }) },
    found: ['graveNotice'],
  },
  {
    what: 'what was left over is still being caught up with after a start',
    memory: upFor(20 * SECOND_MS),
    reading: {
      store: aStore({ nextDueAt: ago(HOUR_MS), graveSinceAt: ago(HOUR_MS) }),
      site: { kind: 'notReady', failing: ['通知发送'] },
    },
    found: [],
  },
  {
    what: 'the disk is nearly full and the log of the data has grown',
    reading: { store: aStore({ freeBytes: 9e8, walBytes: 6e8 }) },
    found: ['diskLow', 'walLarge'],
  },
  {
    what: 'the page did not answer once',
    reading: { ...READ, site: NO_ANSWER },
    memory: { ...UP, siteFailsSinceAt: NOW },
    found: [],
  },
  {
    what: 'the page has not answered for 45 s',
    reading: { ...READ, site: NO_ANSWER },
    memory: { ...UP, siteFailsSinceAt: ago(45 * SECOND_MS) },
    found: ['noAnswer'],
  },
  {
    what: 'the product says for 45 s that it is not ready',
    reading: { ...READ, site: { kind: 'notReady', failing: ['值班', '存储'] } },
    memory: { ...UP, siteFailsSinceAt: ago(45 * SECOND_MS) },
    found: ['notReady'],
  },
  {
    what: 'the folder cannot be read for 45 s',
    reading: { store: { kind: 'unreadable', why: '没有读权限' }, site: { kind: 'ready' } },
    memory: { ...UP, unreadableSinceAt: ago(45 * SECOND_MS) },
    found: ['unreadable'],
  },
  {
    what: 'it started three times in ten minutes, each time looking well',
    memory: { bootId: 'today', starts: [ago(9 * MINUTE_MS), ago(5 * MINUTE_MS), ago(MINUTE_MS)] },
    reading: READ,
    found: ['restarting'],
  },
])('$what', ({ reading = READ, memory = UP, found }) => {
  expect(judgeWatch(reading, memory, LIMITS, NOW).map(({ id }) => id)).toEqual(found);
});

test('since when is the last sign of life, the due time, the first failed look', () => {
  const store = aStore({
    heartbeats: [beat('delivery', 90 * SECOND_MS)],
    graveSinceAt: ago(HOUR_MS),
  });
  const memory = { ...UP, siteFailsSinceAt: ago(50 * SECOND_MS) };
  const troubles = judgeWatch({ store, site: NO_ANSWER }, memory, LIMITS, NOW);
  expect(troubles.map(({ id, sinceAt }) => [id, sinceAt])).toEqual([
    ['stopped', ago(90 * SECOND_MS)],
    ['graveNotice', ago(HOUR_MS)],
    ['noAnswer', ago(50 * SECOND_MS)],
  ]);
});

test('a failure is dated by its first look and forgotten with the first good one', () => {
  const fails: WatchReading = { store: { kind: 'unreadable', why: '没有读权限' }, site: NO_ANSWER };
  const first = remember({ starts: [] }, fails, ago(MINUTE_MS));
  const second = remember(first, fails, NOW);
  expect([second.siteFailsSinceAt, second.unreadableSinceAt]).toEqual([
    ago(MINUTE_MS),
    ago(MINUTE_MS),
  ]);
  expect(remember(second, READ, NOW)).toEqual({ bootId: 'today', starts: [ago(SECOND_MS)] });
});

test('a product found dead at the first look gets no grace, a restarted one does', () => {
  const dead: WatchReading = { store: aStore({ heartbeats: [beat('delivery', HOUR_MS)] }) };
  const found = remember({ starts: [] }, dead, NOW);
  expect(found.starts).toEqual([ago(HOUR_MS)]);
  expect(judgeWatch(dead, found, LIMITS, NOW).map(({ id }) => id)).toEqual(['stopped']);

  const restarted: WatchReading = {
    store: aStore({ heartbeats: [beat('delivery', SECOND_MS, 'new')], nextDueAt: ago(HOUR_MS) }),
  };
  const after = remember(found, restarted, NOW);
  expect(judgeWatch(restarted, after, LIMITS, NOW)).toEqual([]);
});

test('a start that is seen before its first heartbeat is one start', () => {
  const silent = remember({ starts: [] }, { store: aStore({ heartbeats: [] }) }, ago(MINUTE_MS));
  expect(silent.starts).toEqual([ago(MINUTE_MS)]);
  const beating = remember(silent, { store: aStore() }, NOW);
  expect(beating).toMatchObject({ bootId: 'today', starts: [ago(SECOND_MS)] });
});
