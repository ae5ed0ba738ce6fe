import type { DatabaseSync } from 'node:sqlite';
import { SqliteDocuments } from '#core/sqlite';
import {
  TransferRecordSchema,
  type TransferRecord,
  type TransferStore,
} from '../transfers/transfer-record.ts';

/** 转办登记, newest received first. */
export class SqliteTransferStore extends SqliteDocuments<TransferRecord> implements TransferStore {
  constructor(database: DatabaseSync) {
    super(database, {
      table: 'transferRecord',
      kind: '转办登记',
      schema: TransferRecordSchema,
      columns: { eventId: 'TEXT', receivedAt: 'INTEGER' },
      valuesOf: ({ eventId, receivedAt }) => ({
        eventId: eventId ?? null,
        receivedAt: receivedAt.getTime(),
      }),
      indexes: ['(eventId, receivedAt)', '(receivedAt)'],
    });
  }

  async listByEvent(eventId: string): Promise<readonly TransferRecord[]> {
    return this.select('WHERE eventId = ? ORDER BY receivedAt, rowid', eventId);
  }

  async listNewest(limit: number): Promise<readonly TransferRecord[]> {
    return this.select('ORDER BY receivedAt DESC, rowid DESC LIMIT ?', limit);
  }
}
