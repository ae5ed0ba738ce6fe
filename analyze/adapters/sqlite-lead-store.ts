import type { DatabaseSync } from 'node:sqlite';
import { SqliteDocuments } from '#core/sqlite';
import { LeadSchema, type Lead } from '../events/lead.ts';
import type { LeadStore } from '../ports.ts';

/** Leads, found by event and by age. */
export class SqliteLeadStore extends SqliteDocuments<Lead> implements LeadStore {
  constructor(database: DatabaseSync) {
    super(database, {
      table: 'lead',
      kind: '线索',
      schema: LeadSchema,
      columns: { eventId: 'TEXT', firstSeenAt: 'INTEGER' },
      valuesOf: ({ eventId, firstSeenAt }) => ({ eventId, firstSeenAt: firstSeenAt.getTime() }),
      indexes: ['(eventId)', '(firstSeenAt)'],
    });
  }

  async listByEvent(eventId: string): Promise<readonly Lead[]> {
    return this.select('WHERE eventId = ? ORDER BY firstSeenAt', eventId);
  }

  async listSince(at: Date): Promise<readonly Lead[]> {
    return this.select('WHERE firstSeenAt >= ? ORDER BY firstSeenAt', at.getTime());
  }
}
