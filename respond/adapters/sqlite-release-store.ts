import type { DatabaseSync } from 'node:sqlite';
import { SqliteDocuments } from '#core/sqlite';
import type { ReleaseStore } from '../ports.ts';
import { ReleaseSchema, type Release } from '../releases/release.ts';

/** Releases, found by event and by when who is to sign them is told next. */
export class SqliteReleaseStore extends SqliteDocuments<Release> implements ReleaseStore {
  constructor(database: DatabaseSync) {
    super(database, {
      table: 'releases', // RELEASE is a word of SQL
      kind: '发布稿',
      schema: ReleaseSchema,
      columns: { eventId: 'TEXT', createdAt: 'INTEGER', waitsUntil: 'INTEGER' },
      valuesOf: ({ eventId, createdAt, waits = [] }) => {
        const moments = waits.flatMap(({ nextAt }) => nextAt?.getTime() ?? []);
        return {
          eventId,
          createdAt: createdAt.getTime(),
          waitsUntil: moments.length > 0 ? Math.min(...moments) : null,
        };
      },
      indexes: ['(eventId, createdAt)', '(waitsUntil) WHERE waitsUntil IS NOT NULL'],
      waitsIn: ['waitsUntil'],
    });
  }

  async listByEvent(eventId: string): Promise<readonly Release[]> {
    return this.select('WHERE eventId = ? ORDER BY createdAt, rowid', eventId);
  }

  async listWaiting(until: Date, limit: number): Promise<readonly Release[]> {
    return this.select('WHERE waitsUntil <= ? ORDER BY waitsUntil LIMIT ?', until.getTime(), limit);
  }
}
