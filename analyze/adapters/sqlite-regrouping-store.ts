import type { DatabaseSync } from 'node:sqlite';
import { SqliteDocuments } from '#core/sqlite';
import { RegroupingSchema, type Regrouping, type RegroupingStore } from '../events/regrouping.ts';

/** Merges and splits, found by either event and by whether they are finished. */
export class SqliteRegroupingStore extends SqliteDocuments<Regrouping> implements RegroupingStore {
  constructor(database: DatabaseSync) {
    super(database, {
      table: 'regrouping',
      kind: '归并调整',
      schema: RegroupingSchema,
      columns: { eventId: 'TEXT', otherId: 'TEXT', isUnfinished: 'INTEGER' },
      valuesOf: ({ eventId, otherId, state }) => ({
        eventId,
        otherId,
        isUnfinished: state === 'begun' || state === 'undoing' ? 1 : null,
      }),
      indexes: ['(eventId)', '(otherId)', '(isUnfinished) WHERE isUnfinished IS NOT NULL'],
    });
  }

  async listByEvent(eventId: string): Promise<readonly Regrouping[]> {
    return this.select('WHERE eventId = ? OR otherId = ? ORDER BY rowid', eventId, eventId);
  }

  async listUnfinished(): Promise<readonly Regrouping[]> {
    return this.select('WHERE isUnfinished IS NOT NULL ORDER BY rowid');
  }
}
