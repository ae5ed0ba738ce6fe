import type { DatabaseSync } from 'node:sqlite';
import { SqliteDocuments } from '#core/sqlite';
import type { DutyRecordStore } from '../ports.ts';
import { DutyRecordSchema, type DutyRecord } from '../record-duty-act.ts';

/** What people put on record of their duties. */
export class SqliteDutyRecordStore extends SqliteDocuments<DutyRecord> implements DutyRecordStore {
  constructor(database: DatabaseSync) {
    super(database, {
      table: 'dutyRecord',
      kind: '办理记录',
      schema: DutyRecordSchema,
      columns: { eventId: 'TEXT', doneAt: 'INTEGER' },
      valuesOf: ({ eventId, doneAt }) => ({ eventId, doneAt: doneAt.getTime() }),
      indexes: ['(eventId, doneAt)'],
    });
  }

  async listByEvent(eventId: string): Promise<readonly DutyRecord[]> {
    return this.select('WHERE eventId = ? ORDER BY doneAt DESC', eventId);
  }
}
