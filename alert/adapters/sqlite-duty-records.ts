import type { DatabaseSync } from 'node:sqlite';
import { SqliteDocuments } from '#core/sqlite';
import { DutyDaySchema, type DutyDay, type DutyDayStore } from '../duty/duty-day.ts';
import { HandOverSchema, type HandOver, type HandOverStore } from '../duty/hand-over.ts';

/** Hand-overs, kept for good. */
export class SqliteHandOverStore extends SqliteDocuments<HandOver> implements HandOverStore {
  constructor(database: DatabaseSync) {
    super(database, {
      table: 'handOver',
      kind: '交接班记录',
      schema: HandOverSchema,
      columns: { changeAt: 'INTEGER', unsignedAt: 'INTEGER' },
      valuesOf: ({ changeAt, signed }) => ({
        changeAt: changeAt.getTime(),
        unsignedAt: signed ? null : changeAt.getTime(),
      }),
      indexes: ['(changeAt)', '(unsignedAt) WHERE unsignedAt IS NOT NULL'],
    });
  }

  async listNewest(limit: number): Promise<readonly HandOver[]> {
    return this.select('ORDER BY changeAt DESC LIMIT ?', limit);
  }

  async listUnsigned(): Promise<readonly HandOver[]> {
    return this.select('WHERE unsignedAt IS NOT NULL ORDER BY unsignedAt');
  }
}

/** What each day owed and was told. */
export class SqliteDutyDayStore extends SqliteDocuments<DutyDay> implements DutyDayStore {
  constructor(database: DatabaseSync) {
    super(database, {
      table: 'dutyDay',
      kind: '值班日',
      schema: DutyDaySchema,
      columns: { owedAt: 'INTEGER' },
      valuesOf: ({ report }) => ({
        owedAt: report && !report.filed ? report.dueAt.getTime() : null,
      }),
      indexes: ['(owedAt) WHERE owedAt IS NOT NULL'],
    });
  }

  async listNewest(limit: number): Promise<readonly DutyDay[]> {
    return this.select('ORDER BY id DESC LIMIT ?', limit);
  }

  async listOwed(): Promise<readonly DutyDay[]> {
    return this.select('WHERE owedAt IS NOT NULL ORDER BY owedAt');
  }
}
