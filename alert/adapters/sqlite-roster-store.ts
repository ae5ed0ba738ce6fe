import type { DatabaseSync } from 'node:sqlite';
import { SqliteDocuments } from '#core/sqlite';
import { DutyRosterSchema, type DutyRoster } from '../duty/duty-roster.ts';

/** The roster, as one document. */
export class SqliteRosterStore extends SqliteDocuments<DutyRoster> {
  constructor(database: DatabaseSync) {
    super(database, {
      table: 'roster',
      kind: '值班表',
      schema: DutyRosterSchema,
      columns: {},
      valuesOf: () => ({}),
    });
  }
}
