import type { DatabaseSync } from 'node:sqlite';
import { SqliteDocuments } from '#core/sqlite';
import {
  ConsultationSchema,
  type Consultation,
  type ConsultationStore,
} from '../consultations/consultation.ts';

/** Consultation records, found by event. */
export class SqliteConsultationStore
  extends SqliteDocuments<Consultation>
  implements ConsultationStore
{
  constructor(database: DatabaseSync) {
    super(database, {
      table: 'consultation',
      kind: '会商',
      schema: ConsultationSchema,
      columns: { eventId: 'TEXT', createdAt: 'INTEGER' },
      valuesOf: ({ eventId, createdAt }) => ({ eventId, createdAt: createdAt.getTime() }),
      indexes: ['(eventId, createdAt)'],
    });
  }

  async listByEvent(eventId: string): Promise<readonly Consultation[]> {
    return this.select('WHERE eventId = ? ORDER BY createdAt', eventId);
  }
}
