import type { DatabaseSync } from 'node:sqlite';
import { SqliteDocuments } from '#core/sqlite';
import type { SupervisionStore } from '../ports.ts';
import { SupervisionOrderSchema, type SupervisionOrder } from '../supervision/supervision-order.ts';

/** Supervision orders, found by event and by when they climb. */
export class SqliteSupervisionStore
  extends SqliteDocuments<SupervisionOrder>
  implements SupervisionStore
{
  constructor(database: DatabaseSync) {
    super(database, {
      table: 'supervisionOrder',
      kind: '督办单',
      schema: SupervisionOrderSchema,
      columns: { eventId: 'TEXT', createdAt: 'INTEGER', nextUrgeAt: 'INTEGER' },
      valuesOf: ({ eventId, createdAt, nextUrgeAt }) => ({
        eventId: eventId ?? null,
        createdAt: createdAt.getTime(),
        nextUrgeAt: nextUrgeAt?.getTime() ?? null,
      }),
      indexes: ['(eventId, createdAt)', '(createdAt)', '(nextUrgeAt) WHERE nextUrgeAt IS NOT NULL'],
    });
  }

  async listByEvent(eventId: string): Promise<readonly SupervisionOrder[]> {
    return this.select('WHERE eventId = ? ORDER BY createdAt, rowid', eventId);
  }

  async listNewest(limit: number): Promise<readonly SupervisionOrder[]> {
    return this.select('ORDER BY createdAt DESC, rowid DESC LIMIT ?', limit);
  }

  async listDue(until: Date, limit: number): Promise<readonly SupervisionOrder[]> {
    return this.select('WHERE nextUrgeAt <= ? ORDER BY nextUrgeAt LIMIT ?', until.getTime(), limit);
  }
}
