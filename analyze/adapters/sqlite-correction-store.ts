import type { DatabaseSync } from 'node:sqlite';
import { SqliteDocuments } from '#core/sqlite';
import {
  CorrectionSchema,
  type Correctable,
  type Correction,
  type CorrectionStore,
} from '../proposals/correction.ts';

/** Corrections by people, found by event and by field. */
export class SqliteCorrectionStore extends SqliteDocuments<Correction> implements CorrectionStore {
  constructor(database: DatabaseSync) {
    super(database, {
      table: 'correction',
      kind: '研判更正',
      schema: CorrectionSchema,
      columns: { eventId: 'TEXT', field: 'TEXT', at: 'INTEGER' },
      valuesOf: ({ eventId, field, at }) => ({ eventId, field, at: at.getTime() }),
      indexes: ['(eventId)', '(field)'],
    });
  }

  async listByEvent(eventId: string): Promise<readonly Correction[]> {
    return this.select('WHERE eventId = ? ORDER BY at, rowid', eventId);
  }

  async listByField(field: Correctable): Promise<readonly Correction[]> {
    return this.select('WHERE field = ? ORDER BY at, rowid', field);
  }
}
