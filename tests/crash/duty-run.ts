import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { startMailServer } from '../../bench/support/mail-server.ts';
import type { DutyOrder } from './duty-order.ts';

export interface DutyReport {
  readonly kills: number;
  readonly duties: number;
  readonly notices: number;
  /** Ordered and not there, a milestone that did not speak, or no breach on record. */
  readonly lostTransitions: readonly string[];
  /** In the outbox and never received by the mail server, or a duty of which nobody heard. */
  readonly lostNotices: readonly string[];
  readonly repeats: number;
  /** Under lease when a kill struck: so many repeats are allowed. */
  readonly inFlight: number;
}

const CHILD = fileURLToPath(new URL('./duty-child.ts', import.meta.url));
const POINTS = ['beforeCommit', 'afterCommit', 'afterSocketWrite', 'beforeComplete'] as const;
/** Share of the kills that strike at a named point. */
const AT_POINT = 0.4;
const LAPSED_MS = 40_000;
const SETTLING_MS = 3_000;

/** Kills the parts that keep duties, at random moments and at named points, then lets them finish and counts. */
export async function dutyRun(options: {
  readonly kills: number;
  readonly senders: number;
  readonly random: () => number;
  readonly control?: DutyOrder['control'];
}): Promise<DutyReport> {
  const { kills, senders, random, control } = options;
  const folder = mkdtempSync(join(tmpdir(), 'huiying-duty-'));
  const mail = await startMailServer();
  const order: DutyOrder = {
    folder,
    smtpUrl: mail.url,
    seed: Math.floor(random() * 1_000_000),
    duties: kills * 10,
    startsMs: Date.now(),
    stormMs: kills * 600,
    aheadMs: 0,
    senders,
    dieAtCall: 0,
    ...(control && { control }),
  };
  const inFlight = new Set<string>();
  let child: ChildProcess | undefined;
  try {
    for (let number = 0; number < kills; number += 1) {
      const point = random() < AT_POINT ? POINTS[number % POINTS.length] : undefined;
      const dieAtCall = point ? 1 + Math.floor(random() * 8) : 0;
      child = start({ ...order, dieAtCall, ...(point && { point }) });
      const ended = once(child, 'exit');
      if (child.stdout) await Promise.race([once(child.stdout, 'data'), ended]);
      await Promise.race([ended, pause(100 + random() * 300)]);
      child.kill('SIGKILL');
      const [code] = (await ended) as [number | null];
      if (code !== null) throw new Error(`the child ended by itself: ${code}`);
      for (const { id, revision } of rowsOf(
        folder,
        `SELECT id, revision FROM notice WHERE leaseUntil IS NOT NULL`,
      ))
        inFlight.add(`${String(id)} ${String(revision)}`);
      // As a bug or a bad disk would: what speaks next is forgotten for some, their records stand.
      damage(folder, number);
    }
    // Every due time lies behind, and so do the leases of the killed.
    child = start({ ...order, aheadMs: order.stormMs + LAPSED_MS });
    await waitUntilQuiet(folder, order.duties, control === 'noAuditor' ? 0 : order.duties);
    // What a control still has under way is no loss: only what a kill took counts.
    await pause(SETTLING_MS);
    child.kill('SIGKILL');
    return report(folder, order, kills, mail.received, inFlight.size);
  } finally {
    child?.kill('SIGKILL');
    await mail.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

const start = (order: DutyOrder): ChildProcess =>
  spawn(process.execPath, [CHILD, JSON.stringify(order)], { stdio: ['ignore', 'pipe', 'inherit'] });

function rowsOf(folder: string, sql: string): Record<string, unknown>[] {
  const database = new DatabaseSync(join(folder, 'records.db'), { timeout: 10_000 });
  try {
    return database.prepare(sql).all();
  } finally {
    database.close();
  }
}

function damage(folder: string, number: number): void {
  const database = new DatabaseSync(join(folder, 'records.db'), { timeout: 10_000 });
  try {
    database.exec(
      `UPDATE countdown SET milestoneAt = NULL WHERE milestoneAt IS NOT NULL AND (rowid + ${number}) % 5 = 0`,
    );
  } finally {
    database.close();
  }
}

/** For a thousand duties; a long run has more of them to send. */
const REST_WITHIN_MS = 120_000;

/** @param breached how many duties must have come to their end */
async function waitUntilQuiet(folder: string, duties: number, breached: number): Promise<void> {
  const withinMs = REST_WITHIN_MS * Math.max(1, duties / 1_000);
  let quietLooks = 0;
  for (let waitedMs = 0; waitedMs < withinMs; waitedMs += 250) {
    await pause(250);
    const [row] = rowsOf(
      folder,
      `SELECT (SELECT count(*) FROM notice WHERE waitsUntil IS NOT NULL OR leaseUntil IS NOT NULL)
            + (SELECT count(*) FROM countdown WHERE effectsNo > 0)
            + (SELECT max(0, ${breached} - count(*)) FROM countdown WHERE json_extract(body, '$.state') = 'breached')
            + (SELECT count(*) FROM log, logOffset USING (topic) WHERE log.position > logOffset.position) AS n`,
    );
    quietLooks = Number(row?.['n']) === 0 ? quietLooks + 1 : 0;
    if (quietLooks === 4) return;
  }
  throw new Error(`the duties did not come to rest within ${withinMs / 60_000} minutes`);
}

interface Stored {
  readonly id: string;
  readonly eventId: string;
  readonly state: string;
  readonly milestones: readonly { readonly firedAt?: string }[];
}

function report(
  folder: string,
  order: DutyOrder,
  kills: number,
  received: readonly string[],
  inFlight: number,
): DutyReport {
  const bodies = (table: string): Stored[] =>
    rowsOf(folder, `SELECT body FROM ${table}`).map(
      ({ body }) => JSON.parse(String(body)) as Stored,
    );
  const standing = new Map(bodies('countdown').map((one) => [one.id, one]));
  const arrived = new Set(received);
  const notices = bodies('notice');
  const told = new Set(notices.filter(({ id }) => arrived.has(id)).map(({ eventId }) => eventId));
  const ids = Array.from({ length: order.duties }, (_, number) => `duty-${number}`);
  return {
    kills,
    duties: order.duties,
    notices: notices.length,
    lostTransitions: ids.filter((id) => {
      const one = standing.get(id);
      return one?.state !== 'breached' || one.milestones.some(({ firedAt }) => !firedAt);
    }),
    lostNotices: [
      ...notices.filter(({ id }) => !arrived.has(id)).map(({ id }) => id),
      ...ids.filter((id) => !told.has(id.replace('duty', 'event'))),
    ],
    repeats: received.length - arrived.size,
    inFlight,
  };
}
