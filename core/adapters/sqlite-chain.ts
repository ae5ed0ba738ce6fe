import type { DatabaseSync } from 'node:sqlite';
import { digestOf } from '../ids.ts';
import { inTransaction } from './sqlite-database.ts';

/** What is wrong at an entry: its content, the entry before it gone, its place, or the end of the chain cut off. */
export interface ChainFault {
  readonly position: number;
  readonly id: string;
  readonly kind: 'changed' | 'missing' | 'moved' | 'cut';
}

export interface ChainExamination {
  readonly entries: number;
  /** Of the newest entry; empty while there is none. To be written down elsewhere. */
  readonly lastDigest: string;
  readonly fault?: ChainFault;
}

/**
 * Rows that can only be added; each holds the digest of the one before, so that a change shows.
 * What is cut off at the very end shows only against a digest that was kept elsewhere.
 */
export class SqliteChain {
  readonly #database: DatabaseSync;
  readonly #table: string;

  constructor(database: DatabaseSync, table: string) {
    this.#database = database;
    this.#table = table;
    database.exec(`
      CREATE TABLE IF NOT EXISTS ${table} (
        position INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, eventId TEXT,
        body TEXT NOT NULL, previousDigest TEXT NOT NULL, digest TEXT NOT NULL);
      CREATE INDEX IF NOT EXISTS ${table}_event ON ${table} (eventId);
      CREATE TRIGGER IF NOT EXISTS ${table}_noUpdate BEFORE UPDATE ON ${table}
        BEGIN SELECT RAISE(ABORT, 'append-only'); END;
      CREATE TRIGGER IF NOT EXISTS ${table}_noDelete BEFORE DELETE ON ${table}
        BEGIN SELECT RAISE(ABORT, 'append-only'); END;
    `);
  }

  append(id: string, eventId: string | undefined, content: unknown): void {
    const body = JSON.stringify(content);
    inTransaction(this.#database, () => {
      const last = this.#database
        .prepare(`SELECT digest FROM ${this.#table} ORDER BY position DESC LIMIT 1`)
        .get();
      const previous = String(last?.['digest'] ?? '');
      this.#database
        .prepare(
          `INSERT INTO ${this.#table} (id, eventId, body, previousDigest, digest)
           VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`,
        )
        .run(id, eventId ?? null, body, previous, chainDigest(previous, id, eventId, body));
    });
  }

  listByEvent(eventId: string): unknown[] {
    return this.#bodies(
      this.#database
        .prepare(`SELECT body FROM ${this.#table} WHERE eventId = ? ORDER BY position`)
        .all(eventId),
    );
  }

  listNewest(limit: number): unknown[] {
    return this.#bodies(
      this.#database
        .prepare(`SELECT body FROM ${this.#table} ORDER BY position DESC LIMIT ?`)
        .all(limit),
    );
  }

  /** The newest entries with their places and digests, newest first; of all, or of one event. */
  readNewest(
    limit: number,
    eventId?: string,
  ): { position: number; body: unknown; digest: string }[] {
    const rows = this.#database
      .prepare(
        `SELECT * FROM ${this.#table} WHERE ?1 IS NULL OR eventId = ?1 ORDER BY position DESC LIMIT ?2`,
      )
      .all(eventId ?? null, limit);
    return rows.map(toPlaced);
  }

  /** First position whose digest does not follow from its content and the row before. */
  findBreak(): number | undefined {
    return this.examine().fault?.position;
  }

  /**
   * Reads the whole chain and names the first entry that does not hold.
   *
   * @param kept a digest of this chain that was written down elsewhere: where it is gone, the end was cut off
   */
  examine(kept?: string): ChainExamination {
    let previous = '';
    let entries = 0;
    let fault: ChainFault | undefined;
    let isKeptThere = kept === undefined;
    const rows = this.#database.prepare(`SELECT * FROM ${this.#table} ORDER BY position`);
    for (const row of rows.iterate()) {
      entries += 1;
      const link = String(row['previousDigest']);
      const digest = String(row['digest']);
      if (digest === kept) isKeptThere = true;
      const place = { position: Number(row['position']), id: String(row['id']) };
      if (digest !== chainDigest(link, row['id'], row['eventId'], row['body'])) {
        fault ??= { ...place, kind: 'changed' };
      } else if (link !== previous) {
        fault ??= { ...place, kind: this.#holds(link) ? 'moved' : 'missing' };
      }
      previous = digest;
    }
    if (!isKeptThere) fault ??= { position: entries + 1, id: '', kind: 'cut' };
    return { entries, lastDigest: previous, ...(fault && { fault }) };
  }

  /** Every entry in order, with its place and digest. */
  *read(): Generator<{ position: number; body: unknown; digest: string }> {
    const rows = this.#database.prepare(`SELECT * FROM ${this.#table} ORDER BY position`);
    for (const row of rows.iterate()) {
      yield toPlaced(row);
    }
  }

  #holds(digest: string): boolean {
    if (digest === '') return true;
    const found = this.#database.prepare(`SELECT 1 FROM ${this.#table} WHERE digest = ?`);
    return found.get(digest) !== undefined;
  }

  #bodies(rows: readonly Record<string, unknown>[]): unknown[] {
    return rows.map((row) => JSON.parse(String(row['body'])) as unknown);
  }
}

const toPlaced = (row: Record<string, unknown>) => ({
  position: Number(row['position']),
  body: JSON.parse(String(row['body'])) as unknown,
  digest: String(row['digest']),
});

/** Covers the columns too: moving an entry to another event would hide it from its timeline. */
function chainDigest(previous: string, id: unknown, eventId: unknown, body: unknown): string {
  return digestOf(JSON.stringify([previous, id, eventId ?? null, body]));
}
