import type { DatabaseSync } from 'node:sqlite';
import { SqliteDocuments } from '#core/sqlite';
import {
  KeyMessageSchema,
  type KeyMessage,
  type KeyMessageStore,
} from '../key-messages/key-message.ts';

/** KeyMessage records, found by event. */
export class SqliteKeyMessageStore extends SqliteDocuments<KeyMessage> implements KeyMessageStore {
  constructor(database: DatabaseSync) {
    super(database, {
      table: 'keyMessage',
      kind: '应对口径',
      schema: KeyMessageSchema,
      columns: { eventId: 'TEXT', createdAt: 'INTEGER' },
      valuesOf: ({ eventId, createdAt }) => ({ eventId, createdAt: createdAt.getTime() }),
      indexes: ['(eventId, createdAt)'],
    });
  }

  async listByEvent(eventId: string): Promise<readonly KeyMessage[]> {
    return this.select('WHERE eventId = ? ORDER BY createdAt', eventId);
  }
}
