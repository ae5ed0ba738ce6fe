import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { BatchHandler, Log, LogEntry, LogReader } from '../log.ts';
import { startLoop, type Loop } from './loop.ts';
import { inTransaction } from './sqlite-database.ts';

const POLL_MS = 500;

/** The log as one table: position is the order, groups keep their offsets beside it. */
export class SqliteLog implements Log {
  /** Told when a group has handled what was there, or found nothing. */
  onPassed: ((topic: string, group: string) => void) | undefined;
  readonly #database: DatabaseSync;
  readonly #batchSize: number;
  readonly #onError: (error: unknown) => void;
  readonly #loops = new Map<string, Set<Loop>>();
  readonly #insert: StatementSync;
  readonly #read: StatementSync;
  readonly #lag: StatementSync;
  readonly #offset: StatementSync;
  readonly #commit: StatementSync;
  readonly #begin: StatementSync;

  constructor(
    database: DatabaseSync,
    options: { readonly batchSize?: number; readonly onError: (error: unknown) => void },
  ) {
    this.#database = database;
    this.#batchSize = options.batchSize ?? 500;
    this.#onError = options.onError;
    database.exec(`
      CREATE TABLE IF NOT EXISTS log (
        position INTEGER PRIMARY KEY AUTOINCREMENT, topic TEXT NOT NULL,
        id TEXT NOT NULL, key TEXT NOT NULL, body TEXT NOT NULL);
      CREATE INDEX IF NOT EXISTS log_topic ON log (topic, position);
      CREATE TABLE IF NOT EXISTS logOffset (
        topic TEXT NOT NULL, readerGroup TEXT NOT NULL, position INTEGER NOT NULL,
        PRIMARY KEY (topic, readerGroup)) WITHOUT ROWID;
    `);
    this.#insert = database.prepare('INSERT INTO log (topic, id, key, body) VALUES (?, ?, ?, ?)');
    this.#read = database.prepare(
      'SELECT position, id, key, body FROM log WHERE topic = ? AND position > ? ORDER BY position LIMIT ?',
    );
    this.#lag = database.prepare(
      'SELECT count(*) AS lag FROM log WHERE topic = ? AND position > ?',
    );
    this.#offset = database.prepare(
      'SELECT position FROM logOffset WHERE topic = ? AND readerGroup = ?',
    );
    this.#commit = database.prepare(
      `INSERT INTO logOffset (topic, readerGroup, position) VALUES (?, ?, ?)
       ON CONFLICT (topic, readerGroup) DO UPDATE SET position = excluded.position`,
    );
    this.#begin = database.prepare(
      `INSERT INTO logOffset (topic, readerGroup, position) VALUES (?, ?, 0)
       ON CONFLICT (topic, readerGroup) DO NOTHING`,
    );
  }

  async append(topic: string, entries: readonly LogEntry[]): Promise<void> {
    if (entries.length === 0) return;
    inTransaction(this.#database, () => {
      for (const { id, key, body } of entries) {
        this.#insert.run(topic, id, key, JSON.stringify(body));
      }
    });
    for (const loop of this.#loops.get(topic) ?? []) loop.wake();
  }

  async follow(topic: string, group: string, handle: BatchHandler): Promise<LogReader> {
    // Known before its first commit, so that nothing it has yet to read is pruned.
    this.#begin.run(topic, group);
    const step = async (): Promise<void> => {
      const rows = this.#read.all(topic, this.#offsetOf(topic, group), this.#batchSize);
      const last = rows.at(-1);
      if (!last) return this.onPassed?.(topic, group);
      await handle(rows.map(toEntry));
      this.#commit.run(topic, group, Number(last['position']));
      this.onPassed?.(topic, group);
      loop.wake();
    };
    const loop = startLoop({ everyMs: POLL_MS, step, onError: this.#onError });
    const loops = this.#loops.get(topic) ?? new Set<Loop>();
    this.#loops.set(topic, loops.add(loop));

    return {
      lag: async () => Number(this.#lag.get(topic, this.#offsetOf(topic, group))?.['lag'] ?? 0),
      close: async () => {
        loops.delete(loop);
        await loop.close();
      },
    };
  }

  /** The newest entries of a topic that a group has passed and that were not dropped yet. */
  async listPassed(topic: string, group: string, limit: number): Promise<readonly LogEntry[]> {
    const rows = this.#database
      .prepare(
        `SELECT id, key, body FROM log WHERE topic = ? AND position <= ?
         ORDER BY position DESC LIMIT ?`,
      )
      .all(topic, this.#offsetOf(topic, group), limit);
    return rows.map(toEntry);
  }

  /** Drops entries that every group has read. @returns how many */
  prune(): number {
    const result = this.#database.prepare(
      `DELETE FROM log WHERE position <= (SELECT min(position) FROM logOffset o WHERE o.topic = log.topic)`,
    );
    return Number(result.run().changes);
  }

  #offsetOf(topic: string, group: string): number {
    return Number(this.#offset.get(topic, group)?.['position'] ?? 0);
  }
}

const toEntry = (row: Record<string, unknown>): LogEntry => ({
  id: String(row['id']),
  key: String(row['key']),
  body: JSON.parse(String(row['body'])) as unknown,
});
