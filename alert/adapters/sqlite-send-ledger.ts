import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { DAY_MS, MINUTE_MS } from '#core';
import { inTransaction } from '#core/sqlite';
import type { ChannelKind } from '../alert.ts';
import type { Limit } from '../channel-pack.ts';
import type { SendLedger, SendToCount } from '../ports.ts';
import { roomUnder, type Room } from '../send-limits.ts';

/** Longer than any limit's window counts nothing. */
const KEPT_MS = 2 * DAY_MS;
const SWEEP_EVERY_MS = MINUTE_MS;

/** Sends as rows: a sliding window is a count over them, exact and still there after a restart. */
export class SqliteSendLedger implements SendLedger {
  readonly #database: DatabaseSync;
  readonly #ofRoute: StatementSync;
  readonly #ofPerson: StatementSync;
  readonly #insert: StatementSync;
  readonly #drop: StatementSync;
  #sweptAtMs = 0;

  constructor(database: DatabaseSync) {
    this.#database = database;
    database.exec(`
      CREATE TABLE IF NOT EXISTS channelSend (route TEXT NOT NULL, personId TEXT NOT NULL, at INTEGER NOT NULL);
      CREATE INDEX IF NOT EXISTS channelSend_route ON channelSend (route, at);
      CREATE INDEX IF NOT EXISTS channelSend_person ON channelSend (route, personId, at);
    `);
    this.#ofRoute = database.prepare('SELECT at FROM channelSend WHERE route = ? AND at >= ?');
    this.#ofPerson = database.prepare(
      'SELECT at FROM channelSend WHERE route = ? AND personId = ? AND at >= ?',
    );
    this.#insert = database.prepare(
      'INSERT INTO channelSend (route, personId, at) VALUES (?, ?, ?)',
    );
    this.#drop = database.prepare('DELETE FROM channelSend WHERE at < ?');
  }

  async room(
    route: ChannelKind,
    limits: readonly Limit[],
    now: Date,
    personId?: string,
  ): Promise<Room> {
    return this.#room(route, limits, now, personId);
  }

  async take(
    { route, personId, isGrave }: SendToCount,
    limits: readonly Limit[],
    now: Date,
  ): Promise<{ readonly fullUntil?: Date }> {
    // What nothing limits needs no count.
    if (limits.length === 0) return {};
    return inTransaction(this.#database, () => {
      const room = this.#room(route, limits, now, personId);
      const fullUntil = isGrave ? room.graveAt : room.normalAt;
      if (fullUntil) return { fullUntil };
      this.#insert.run(route, personId, now.getTime());
      this.#sweep(now);
      return {};
    });
  }

  #room(route: ChannelKind, limits: readonly Limit[], now: Date, personId = ''): Room {
    const counted = limits.filter(({ each }) => each === 'route' || personId !== '');
    const timesUnder = ({ each, perMs }: Limit): Date[] => {
      const since = now.getTime() - perMs;
      const rows =
        each === 'route'
          ? this.#ofRoute.all(route, since)
          : this.#ofPerson.all(route, personId, since);
      return rows.map(({ at }) => new Date(Number(at)));
    };
    return roomUnder(counted, timesUnder, now);
  }

  #sweep(now: Date): void {
    if (Math.abs(now.getTime() - this.#sweptAtMs) < SWEEP_EVERY_MS) return;
    this.#sweptAtMs = now.getTime();
    this.#drop.run(now.getTime() - KEPT_MS);
  }
}
