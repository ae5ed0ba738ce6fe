import type { DatabaseSync } from 'node:sqlite';
import { SqliteDocuments } from '#core/sqlite';
import { OpinionEventSchema, type OpinionEvent } from '../events/opinion-event.ts';
import type { OpinionEventStore } from '../ports.ts';

/** Events, open ones and newest ones. */
const OPEN = `state NOT IN ('closed', 'merged', 'archived')`;

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
    return this.select(`WHERE ${OPEN} ORDER BY lastPostAt DESC`);
  }

  async listOpenSince(at: Date): Promise<readonly OpinionEvent[]> {
    return this.select(`WHERE lastPostAt >= ? AND ${OPEN} ORDER BY lastPostAt DESC`, at.getTime());
  }

  async listNewest(limit: number): Promise<readonly OpinionEvent[]> {
    return this.select('ORDER BY lastPostAt DESC LIMIT ?', limit);
  }
}
