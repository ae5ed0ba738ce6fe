import type { DatabaseSync } from 'node:sqlite';
import { SqliteDocuments } from '#core/sqlite';
import {
  AssessmentSchema,
  type Assessment,
  type AssessmentStore,
} from '../assessments/assessment.ts';

/** Assessments, found by event. */
export class SqliteAssessmentStore extends SqliteDocuments<Assessment> implements AssessmentStore {
  constructor(database: DatabaseSync) {
    super(database, {
      table: 'assessment',
      kind: '研判',
      schema: AssessmentSchema,
      columns: { eventId: 'TEXT', round: 'INTEGER' },
      valuesOf: ({ eventId, round }) => ({ eventId, round }),
      indexes: ['(eventId, round)'],
    });
  }

  async listByEvent(eventId: string): Promise<readonly Assessment[]> {
    return this.select('WHERE eventId = ? ORDER BY round', eventId);
  }
}
