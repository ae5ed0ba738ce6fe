import type { DatabaseSync } from 'node:sqlite';
import { SqliteDocuments } from '#core/sqlite';
import { RumorCaseSchema, type RumorCase, type RumorStore } from '../rumors/rumor-case.ts';

/** 不实信息核查, found by event. */
export class SqliteRumorStore extends SqliteDocuments<RumorCase> implements RumorStore {
  constructor(database: DatabaseSync) {
    super(database, {
      table: 'rumorCase',
      kind: '不实信息核查',
      schema: RumorCaseSchema,
      columns: { eventId: 'TEXT', createdAt: 'INTEGER' },
      valuesOf: ({ eventId, createdAt }) => ({ eventId, createdAt: createdAt.getTime() }),
      indexes: ['(eventId, createdAt)', '(createdAt)'],
    });
  }

  async listByEvent(eventId: string): Promise<readonly RumorCase[]> {
    return this.select('WHERE eventId = ? ORDER BY createdAt, rowid', eventId);
  }

  async listNewest(limit: number): Promise<readonly RumorCase[]> {
    return this.select('ORDER BY createdAt DESC, rowid DESC LIMIT ?', limit);
  }
}
