import type { DatabaseSync } from 'node:sqlite';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { z } from 'zod';
import { digestOf } from '#core';
import { SqliteDocuments } from '#core/sqlite';
import type { PageBytesStore, SnapshotStore } from '../ports.ts';
import { PageSnapshotSchema, type PageSnapshot } from '../snapshots/page-snapshot.ts';

/** Snapshots of published pages, found by entry, by event and by when they are due. */
export class SqliteSnapshotStore extends SqliteDocuments<PageSnapshot> implements SnapshotStore {
  constructor(database: DatabaseSync) {
    super(database, {
      table: 'pageSnapshot',
      kind: '页面快照',
      schema: PageSnapshotSchema,
      columns: { eventId: 'TEXT', createdAt: 'INTEGER', dueAt: 'INTEGER' },
      valuesOf: ({ eventId, createdAt, dueAt }) => ({
        eventId,
        createdAt: createdAt.getTime(),
        dueAt: dueAt?.getTime() ?? null,
      }),
      indexes: ['(eventId, createdAt)', '(dueAt) WHERE dueAt IS NOT NULL'],
      waitsIn: ['dueAt'],
    });
  }

  async listByEvent(eventId: string): Promise<readonly PageSnapshot[]> {
    return this.select('WHERE eventId = ? ORDER BY createdAt, rowid', eventId);
  }

  async listByIds(ids: readonly string[]): Promise<readonly PageSnapshot[]> {
    return this.select('WHERE id IN (SELECT value FROM json_each(?))', JSON.stringify(ids));
  }

  async listDue(until: Date, limit: number): Promise<readonly PageSnapshot[]> {
    return this.select('WHERE dueAt <= ? ORDER BY dueAt LIMIT ?', until.getTime(), limit);
  }
}

const Row = z.object({ deflated: z.instanceof(Uint8Array) });

/** Bytes of pages, deflated, under their digest. */
export class SqlitePageBytes implements PageBytesStore {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
    database.exec(`
      CREATE TABLE IF NOT EXISTS pageBytes (
        digest TEXT PRIMARY KEY, at INTEGER NOT NULL, deflated BLOB NOT NULL);
    `);
  }

  async put(bytes: Uint8Array, at: Date): Promise<string> {
    const digest = digestOf(bytes);
    this.#database
      .prepare('INSERT INTO pageBytes VALUES (?, ?, ?) ON CONFLICT (digest) DO NOTHING')
      .run(digest, at.getTime(), deflateRawSync(bytes));
    return digest;
  }

  async read(digest: string): Promise<Uint8Array | undefined> {
    const row = this.#database
      .prepare('SELECT deflated FROM pageBytes WHERE digest = ?')
      .get(digest);
    return row && new Uint8Array(inflateRawSync(Row.parse(row).deflated));
  }
}
