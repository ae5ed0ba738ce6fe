import type { DatabaseSync } from 'node:sqlite';
import { SqliteDocuments } from '#core/sqlite';
import { HandlingOrderSchema, type HandlingOrder } from '../orders/order.ts';
import type { OrderStore } from '../ports.ts';

/** Orders, found by event, by whether they are over, and by when they must be signed. */
export class SqliteOrderStore extends SqliteDocuments<HandlingOrder> implements OrderStore {
  constructor(database: DatabaseSync) {
    super(database, {
      table: 'handlingOrder',
      kind: '处置单',
      schema: HandlingOrderSchema,
      columns: { eventId: 'TEXT', createdAt: 'INTEGER', unsignedUntil: 'INTEGER' },
      valuesOf: ({ eventId, createdAt, state, acceptDueAt }) => ({
        eventId,
        createdAt: createdAt.getTime(),
        unsignedUntil: state === 'issued' ? acceptDueAt.getTime() : null,
      }),
      indexes: [
        '(eventId, createdAt)',
        '(createdAt)',
        '(unsignedUntil) WHERE unsignedUntil IS NOT NULL',
      ],
    });
  }

  async listByEvent(eventId: string): Promise<readonly HandlingOrder[]> {
    return this.select('WHERE eventId = ? ORDER BY createdAt, rowid', eventId);
  }

  async listNewest(limit: number): Promise<readonly HandlingOrder[]> {
    return this.select('ORDER BY createdAt DESC, rowid DESC LIMIT ?', limit);
  }

  async listUnsigned(until: Date, limit: number): Promise<readonly HandlingOrder[]> {
    return this.select(
      'WHERE unsignedUntil <= ? ORDER BY unsignedUntil LIMIT ?',
      until.getTime(),
      limit,
    );
  }
}
