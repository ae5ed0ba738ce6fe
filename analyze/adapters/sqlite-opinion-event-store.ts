import type { DatabaseSync } from 'node:sqlite';
import { SqliteDocuments } from '#core/sqlite';
import { OpinionEventSchema, type OpinionEvent } from '../events/opinion-event.ts';
import type { OpinionEventStore } from '../ports.ts';

/** Events, open ones and newest ones. */
export class SqliteOpinionEventStore
  extends SqliteDocuments<OpinionEvent>
  implements OpinionEventStore
{
  constructor(database: DatabaseSync) {
    super(database, {
      table: 'opinionEvent',
      kind: '舆情事件',
      schema: OpinionEventSchema,
      columns: { state: 'TEXT', lastPostAt: 'INTEGER' },
      valuesOf: ({ state, lastPostAt }) => ({ state, lastPostAt: lastPostAt.getTime() }),
      indexes: ['(lastPostAt)'],
    });
  }

  async listOpen(): Promise<readonly OpinionEvent[]> {
    return this.select(
      `WHERE state NOT IN ('closed', 'merged', 'archived') ORDER BY lastPostAt DESC`,
    );
  }

  async listNewest(limit: number): Promise<readonly OpinionEvent[]> {
    return this.select('ORDER BY lastPostAt DESC LIMIT ?', limit);
  }
}
