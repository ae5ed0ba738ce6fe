import type { DatabaseSync } from 'node:sqlite';
import { SqliteDocuments } from '#core/sqlite';
import type { ReleaseStore } from '../ports.ts';
import { ReleaseSchema, type Release } from '../releases/release.ts';

/** Releases, found by event. */
export class SqliteReleaseStore extends SqliteDocuments<Release> implements ReleaseStore {
  constructor(database: DatabaseSync) {
    super(database, {
      table: 'releases', // RELEASE is a word of SQL
      kind: '发布稿',
      schema: ReleaseSchema,
      columns: { eventId: 'TEXT', createdAt: 'INTEGER' },
      valuesOf: ({ eventId, createdAt }) => ({ eventId, createdAt: createdAt.getTime() }),
      indexes: ['(eventId, createdAt)'],
    });
  }

  async listByEvent(eventId: string): Promise<readonly Release[]> {
    return this.select('WHERE eventId = ? ORDER BY createdAt, rowid', eventId);
  }
}
