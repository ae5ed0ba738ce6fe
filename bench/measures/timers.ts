import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parse } from 'yaml';
import { CalendarPackSchema, createCalendar, startLoop, type Person } from '#core';
import { openDatabase, SqliteAuditTrail } from '#core/sqlite';
import {
  createCountdownTick,
  parseCountdownPack,
  parseLadderPack,
  type AlertingDeps,
  type Countdown,
} from '#alert';
import { SqliteAlertStore } from '../../alert/adapters/sqlite-alert-store.ts';
import { SqliteCountdownStore } from '../../alert/adapters/sqlite-countdown-store.ts';
import { handOver, median, percentile } from '../figure.ts';

/**
 * How late countdowns speak: the product's own loop, step and store on disk, in real time. A countdown
 * has spoken once its change and the notices inside it are committed.
 */
const ARMED = 100_000;
const SPREAD = 2_000;
const SPREAD_MS = 20_000;
const AT_ONCE = 2_000;
const OVERDUE = 5_000;
const TICK_MS = 250;

const read = (name: string): unknown =>
  parse(readFileSync(new URL(`../../config/packs/${name}.yaml`, import.meta.url), 'utf8'));
const folder = mkdtempSync(join(tmpdir(), 'huiying-bench-'));
const database = openDatabase(join(folder, 'records.db'));
const countdowns = new SqliteCountdownStore(database);
const realNow = (): Date => new Date();
const officer: Person = {
  id: 'officer',
  revision: 1,
  effects: [],
  name: '值班员',
  signInName: 'officer',
  unit: '',
  roles: ['dutyOfficer'],
  email: 'officer@bench.test',
  mustChangePassword: false,
  isDisabled: false,
  createdAt: realNow(),
};
const deps: AlertingDeps = {
  alerts: new SqliteAlertStore(database),
  countdowns,
  roster: { onCall: async () => [officer] },
  channels: new Set(['email']),
  countdownPack: parseCountdownPack(read('countdowns')),
  ladderPack: parseLadderPack(read('ladders')),
  calendar: createCalendar(CalendarPackSchema.parse(read('calendar/national'))),
  now: realNow,
  linkFor: ({ alertId, personId }) => `https://huiying.bench.test/a/${alertId}.${personId}`,
};

/** A countdown of 5 hours whose half is over at `at`. */
function aCountdown(id: string, at: Date): Countdown {
  const startAt = new Date(at.getTime() - 9_000_000);
  const dueAt = new Date(at.getTime() + 9_000_000);
  return {
    id,
    revision: 1,
    effects: [],
    eventId: `event ${id}`,
    eventTitle: '某区停水',
    isDrill: false,
    code: 'AUTH_RELEASE_5H',
    name: '5小时发布',
    basis: '国办规定时限',
    ruleVersion: 'default-countdowns 2',
    ruleValidFrom: '2016-01-01',
    calendar: 'hours24x7',
    start: { at: startAt, recordId: 'post-1', reason: '建议达到重大' },
    shadow: { firstPublicAt: startAt, knownAt: startAt },
    statutoryDueAt: dueAt,
    managedDueAt: dueAt,
    state: 'running',
    milestones: [0.5, 0.8, 1].map((ratio) => ({
      ratio,
      at: new Date(startAt.getTime() + 18_000_000 * ratio),
    })),
    armedAt: startAt,
    isBornBreached: false,
    grade: 'L2',
    history: [{ at: startAt, what: '开始计时' }],
  };
}

async function store(prefix: string, count: number, at: (number: number) => Date): Promise<void> {
  database.exec('BEGIN');
  for (let number = 0; number < count; number += 1) {
    await countdowns.create(aCountdown(`${prefix}-${number}`, at(number)));
  }
  database.exec('COMMIT');
}

/** When each of a set has spoken, counted from its own time; ms. */
const spokenAt = new Map<string, number>();
countdowns.onWrite = (id) => spokenAt.set(id, spokenAt.get(id) ?? Date.now());
const newTick = () =>
  createCountdownTick(deps, {
    realNow,
    monotonicMs: () => performance.now(),
    audit: new SqliteAuditTrail(database),
    isDrill: false,
  });

/** Runs the loop as the product does until all of a set have spoken. @returns lateness of each, ms */
async function speak(prefix: string, count: number, at: (number: number) => Date) {
  const tick = newTick();
  const loop = startLoop({
    everyMs: TICK_MS,
    step: async () => {
      if ((await tick()) > 0) loop.wake();
    },
    onError: (error) => {
      throw error;
    },
  });
  const ids = Array.from({ length: count }, (_, number) => `${prefix}-${number}`);
  while (ids.some((id) => !spokenAt.has(id))) await pause(100);
  await loop.close();
  return ids.map((id, number) => (spokenAt.get(id) ?? Number.NaN) - at(number).getTime());
}

async function measure(prefix: string, count: number, at: (number: number) => Date) {
  await store(prefix, count, at);
  for (let number = 0; number < count; number += 1) spokenAt.delete(`${prefix}-${number}`);
  return await speak(prefix, count, at);
}

const far = new Date(Date.now() + 3_600_000);
await store('armed', ARMED, (number) => new Date(far.getTime() + number));

const begin = Date.now() + 3_000;
const spread = await measure(
  'spread',
  SPREAD,
  (number) => new Date(begin + (number * SPREAD_MS) / SPREAD),
);
const instant = new Date(Date.now() + 3_000);
const atOnce = await measure('once', AT_ONCE, () => instant);

const overdue = new Date(Date.now() - 600_000);
await store('overdue', OVERDUE, () => overdue);
for (let number = 0; number < OVERDUE; number += 1) spokenAt.delete(`overdue-${number}`);
const started = Date.now();
await speak('overdue', OVERDUE, () => overdue);
const overdueMs =
  Math.max(...Array.from({ length: OVERDUE }, (_, n) => spokenAt.get(`overdue-${n}`) ?? 0)) -
  started;
database.close();
rmSync(folder, { recursive: true, force: true });

const p99 = percentile(spread, 0.99);
const lastMs = Math.max(...atOnce);
handOver([
  {
    what: `时限提醒的迟延，另有 ${ARMED / 10_000} 万个时限在计时，p99`,
    asked: '≤ 1 秒',
    measured: `${(p99 / 1_000).toFixed(2)} 秒`,
    isMet: p99 <= 1_000,
    how: `${SPREAD} 个在 ${SPREAD_MS / 1_000} 秒内先后到点，中位数 ${median(spread)} 毫秒，最长 ${Math.max(...spread)} 毫秒`,
  },
  {
    what: `${AT_ONCE} 个时限同时到点，最后一个的迟延`,
    asked: '≤ 2 秒',
    measured: `${(lastMs / 1_000).toFixed(2)} 秒`,
    isMet: lastMs <= 2_000,
    how: `落盘（含通知）后才算，中位数 ${median(atOnce)} 毫秒`,
  },
  {
    what: `启动时 ${OVERDUE} 个时限已过提醒时间，全部处理完`,
    asked: '≤ 2 秒',
    measured: `${(overdueMs / 1_000).toFixed(2)} 秒`,
    isMet: overdueMs <= 2_000,
    how: '与平时同一个循环，没有另外的恢复程序',
  },
]);
