import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { startMailServer } from '../../bench/support/mail-server.ts';
import { saveDrillClock } from '../../config/drill/drill-clock-file.ts';
import { startDrillClock } from '../../config/drill/drill-clock.ts';
import { startSampleCity, type SampleCity } from '../../config/drill/sample-city.ts';
import { loadScenario } from '../../config/drill/scenario.ts';

export interface ChildOrder {
  readonly folder: string;
  readonly clockFile: string;
  readonly city: SampleCity['urls'];
  readonly smtpUrl: string;
  readonly slowestMs: number;
  /** The known-bad control: records the receipt before it sends. */
  readonly marksFirst: boolean;
}

export interface CrashReport {
  readonly kills: number;
  readonly posts: number;
  readonly lostPosts: readonly string[];
  readonly events: number;
  readonly lostEvents: readonly string[];
  readonly countdowns: number;
  /** Gone, or not due when it first was, unless its history says that its start was brought forward. */
  readonly lostCountdowns: readonly string[];
  readonly notices: number;
  /** Decided, and never received by the mail server. */
  readonly lostNotices: readonly string[];
  /** Received more than once; at-least-once allows it, one for each notice in flight at a kill. */
  readonly repeats: number;
}

const CHILD = fileURLToPath(new URL('./child.ts', import.meta.url));
/** Where the drill's clock stands when everything has happened. */
const LAST_MINUTE = 260;
const SLOWEST_MS = 1_500;
/** Share of the kills that strike while the product starts, within so many ms of it. */
const AT_START = 0.3;
const START_MS = 1_500;
/** Longest time from ready to kill, ms. */
const MOST_LIFE_MS = 3_000;
const UNDISTURBED_MS = 9_000;
/** A slow machine reads slowly: what it has not come to by then is lost. */
const MOST_UNDISTURBED_MS = 60_000;
const READY_WITHIN_MS = 60_000;

/**
 * Kills the product at random moments of a fast drill, then lets it finish and counts.
 *
 * @param random 0 to 1
 */
export async function crashRun(options: {
  readonly kills: number;
  readonly marksFirst: boolean;
  readonly random: () => number;
}): Promise<CrashReport> {
  const { kills, marksFirst, random } = options;
  const folder = mkdtempSync(join(tmpdir(), 'huiying-crash-'));
  const clockFile = join(folder, 'clock.json');
  const livingMs = kills * (1 - AT_START) * (MOST_LIFE_MS / 2);
  const speed = (LAST_MINUTE * 60_000) / livingMs;
  const startsAt = new Date('2026-11-24T00:00:00Z');
  const clock = startDrillClock({
    startsAt,
    speed,
    realNow: () => new Date(),
    save: (state) => saveDrillClock(clockFile, state),
  });
  const scenario = loadScenario();
  const city = await startSampleCity({
    scenario,
    elapsedMinutes: () => Math.min(clock.elapsedMinutes(), LAST_MINUTE),
    startedAt: startsAt,
  });
  const mail = await startMailServer();
  const order: ChildOrder = {
    folder: join(folder, 'data'),
    clockFile,
    city: city.urls,
    smtpUrl: mail.url,
    slowestMs: SLOWEST_MS,
    marksFirst,
  };
  const firstSeen: Seen = { events: new Set(), notices: new Set(), dueTimes: new Map() };
  let child: ChildProcess | undefined;
  /** Drill time flows while the product lives, or a slow machine would let the city's lists roll on unread. */
  const untilReady = async (one: ChildProcess): Promise<void> => {
    await ready(one);
    clock.resume();
    one.kill('SIGUSR2');
  };
  const kill = async (one: ChildProcess): Promise<void> => {
    await end(one, 'SIGKILL');
    clock.pause();
    look(order.folder, firstSeen);
  };
  clock.pause();
  try {
    for (let number = 0; number < kills; number += 1) {
      child = startChild(order);
      if (random() < AT_START) {
        await pause(random() * START_MS);
      } else {
        await untilReady(child);
        await pause(random() * MOST_LIFE_MS);
      }
      await kill(child);
    }
    // Undisturbed for a while, to read what the kills kept from being read ...
    child = startChild(order);
    await untilReady(child);
    await pause(UNDISTURBED_MS);
    await waitUntilRead(order.folder, expectedTitles(scenario));
    await kill(child);
    // ... then time stands still: what was begun is finished, and nothing new begins.
    child = startChild(order);
    await waitUntilQuiet(order.folder);
    await end(child, 'SIGTERM');
    return report(order.folder, kills, firstSeen, mail.received, expectedTitles(scenario));
  } finally {
    child?.kill('SIGKILL');
    await mail.close();
    await city.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Seen {
  readonly events: Set<string>;
  readonly notices: Set<string>;
  readonly dueTimes: Map<string, DueTime>;
}

interface DueTime {
  readonly code: string;
  readonly at: number;
  readonly isBroughtForward: boolean;
}

/** Due when it first was; or earlier, where its own history says so and why: never later, never in silence. */
const isKept = (before: DueTime, after: DueTime | undefined): boolean =>
  after !== undefined &&
  (after.at === before.at || (after.at < before.at && after.isBroughtForward));

/** Titles of the items that every reader of the city must have taken by the last minute. */
function expectedTitles(scenario: ReturnType<typeof loadScenario>): Set<string> {
  const taken = scenario.items.filter(
    // The last minutes are left out: their poll may not have come before time stood still.
    ({ minute, hostile, dated, until }) =>
      minute <= LAST_MINUTE - 30 && !hostile && dated === undefined && until === undefined,
  );
  return new Set(taken.map(({ title }) => title));
}

function startChild(order: ChildOrder): ChildProcess {
  return spawn(process.execPath, [CHILD, JSON.stringify(order)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

/** Resolves at the product's first word: it has said that it stands. */
async function ready(child: ChildProcess): Promise<void> {
  const signal = AbortSignal.timeout(READY_WITHIN_MS);
  if (child.stdout) await once(child.stdout, 'data', { signal });
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null) throw new Error(`the product ended by itself: ${child.exitCode}`);
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill(signal);
  await ended;
}

type Row = Record<string, unknown>;

function rowsOf(folder: string, file: string, sql: string): Row[] {
  // A killed product leaves its write-ahead log to be recovered: whoever opens first does it.
  const database = new DatabaseSync(join(folder, file), { readOnly: true, timeout: 10_000 });
  try {
    return database.prepare(sql).all();
  } catch (error) {
    // Killed before its first table was made.
    if (String(error).includes('no such table')) return [];
    throw error;
  } finally {
    database.close();
  }
}

const bodies = (folder: string, table: string): Row[] =>
  rowsOf(folder, 'records.db', `SELECT body FROM ${table}`).map(
    ({ body }) => JSON.parse(String(body)) as Row,
  );

const dueTimesOf = (countdowns: readonly Row[]): Map<string, DueTime> =>
  new Map(
    countdowns.map(({ id, code, statutoryDueAt, history }) => [
      String(id),
      {
        code: String(code),
        at: Date.parse(String(statutoryDueAt)),
        isBroughtForward: JSON.stringify(history).includes('起算提前'),
      },
    ]),
  );

/** What the records of a killed product hold: none of it may be missing later. */
function look(folder: string, seen: Seen): void {
  try {
    for (const event of bodies(folder, 'opinionEvent')) seen.events.add(String(event['id']));
    const countdowns = bodies(folder, 'countdown');
    for (const [id, due] of dueTimesOf(countdowns)) {
      if (!seen.dueTimes.has(id)) seen.dueTimes.set(id, due);
    }
    for (const { id, channel } of bodies(folder, 'notice')) {
      if (channel === 'email') seen.notices.add(String(id));
    }
    for (const document of [...bodies(folder, 'alert'), ...countdowns]) {
      for (const { topic, id } of document['effects'] as Row[]) {
        if (topic === 'notices') seen.notices.add(String(id));
      }
    }
  } catch (error) {
    if (!String(error).includes('unable to open')) throw error;
  }
}

/** Time goes on meanwhile: a post that was taken and lost is not read again, however long one waits. */
async function waitUntilRead(folder: string, expected: ReadonlySet<string>): Promise<void> {
  for (let waitedMs = UNDISTURBED_MS; waitedMs < MOST_UNDISTURBED_MS; waitedMs += 250) {
    if (expected.isSubsetOf(titlesIn(folder))) return;
    await pause(250);
  }
}

const titlesIn = (folder: string): Set<string> =>
  new Set(
    rowsOf(folder, 'posts.db', 'SELECT body FROM post').map(
      ({ body }) => (JSON.parse(String(body)) as { title: string }).title,
    ),
  );

async function waitUntilQuiet(folder: string): Promise<void> {
  const isQuiet = (): boolean => {
    const waiting = rowsOf(
      folder,
      'records.db',
      `SELECT (SELECT count(*) FROM notice
               WHERE json_extract(body, '$.state') IN ('pending', 'leased', 'unknown'))
            + (SELECT count(*) FROM alert WHERE effectsNo > 0)
            + (SELECT count(*) FROM countdown WHERE effectsNo > 0)
            + (SELECT count(*) FROM opinionEvent WHERE effectsNo > 0)
            + (SELECT count(*) FROM log, logOffset USING (topic) WHERE log.position > logOffset.position) AS n`,
    );
    return Number(waiting[0]?.['n']) === 0;
  };
  // Leases of the killed run out after 30 s; then everything must be done, and stay done.
  let quietSince = Number.POSITIVE_INFINITY;
  for (let waitedMs = 0; waitedMs < 120_000; waitedMs += 250) {
    await pause(250);
    if (!isQuiet()) quietSince = Number.POSITIVE_INFINITY;
    else if (quietSince > waitedMs) quietSince = waitedMs;
    if (waitedMs - quietSince >= 5_000) return;
  }
  throw new Error('the product did not come to rest within two minutes');
}

function report(
  folder: string,
  kills: number,
  seen: Seen,
  received: readonly string[],
  expected: ReadonlySet<string>,
): CrashReport {
  const titles = titlesIn(folder);
  const events = new Set(bodies(folder, 'opinionEvent').map(({ id }) => String(id)));
  const dueTimes = dueTimesOf(bodies(folder, 'countdown'));
  for (const { id, channel } of bodies(folder, 'notice')) {
    if (channel === 'email') seen.notices.add(String(id));
  }
  const arrived = new Set(received);
  return {
    kills,
    posts: titles.size,
    lostPosts: [...expected].filter((title) => !titles.has(title)),
    events: events.size,
    lostEvents: [...seen.events].filter((id) => !events.has(id)),
    countdowns: dueTimes.size,
    lostCountdowns: [...seen.dueTimes].flatMap(([id, due]) =>
      isKept(due, dueTimes.get(id))
        ? []
        : [`${due.code} ${id} ${due.at} → ${dueTimes.get(id)?.at ?? 'gone'}`],
    ),
    notices: seen.notices.size,
    lostNotices: [...seen.notices].filter((id) => !arrived.has(id)),
    repeats: received.length - arrived.size,
  };
}
