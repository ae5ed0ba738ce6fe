import type { DatabaseSync } from 'node:sqlite';
import { SqliteDocuments } from '#core/sqlite';
import {
  OutsideNoticeSchema,
  type OutsideNotice,
  type OutsideNoticeStore,
} from '../outside-notices/outside-notice.ts';

/** 外来线索, newest first. */
export class SqliteOutsideNoticeStore
  extends SqliteDocuments<OutsideNotice>
  implements OutsideNoticeStore
{
  constructor(database: DatabaseSync) {
    super(database, {
      table: 'outsideNotice',
      kind: '外来线索',
      schema: OutsideNoticeSchema,
      columns: { learnedAt: 'INTEGER' },
      valuesOf: ({ learnedAt }) => ({ learnedAt: learnedAt.getTime() }),
      indexes: ['(learnedAt)'],
    });
  }

  async listAll(): Promise<readonly OutsideNotice[]> {
    return this.select('ORDER BY learnedAt DESC, rowid DESC');
  }
}
