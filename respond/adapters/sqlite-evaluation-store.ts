import type { DatabaseSync } from 'node:sqlite';
import { SqliteDocuments } from '#core/sqlite';
import {
  EvaluationSchema,
  type Evaluation,
  type EvaluationStore,
} from '../evaluations/evaluation.ts';

/** Evaluations, at most one for an event. */
export class SqliteEvaluationStore extends SqliteDocuments<Evaluation> implements EvaluationStore {
  constructor(database: DatabaseSync) {
    super(database, {
      table: 'evaluation',
      kind: '评估',
      schema: EvaluationSchema,
      columns: { eventId: 'TEXT' },
      valuesOf: ({ eventId }) => ({ eventId }),
      indexes: ['(eventId)'],
    });
  }

  async findByEvent(eventId: string): Promise<Evaluation | undefined> {
    return this.select('WHERE eventId = ?', eventId)[0];
  }
}
