import type { DatabaseSync } from 'node:sqlite';
import { SqliteDocuments } from '#core/sqlite';
import { PressConferenceSchema, type PressConference } from '../conferences/conference.ts';
import type { ConferenceStore } from '../ports.ts';

/** Press conferences, found by event. */
export class SqliteConferenceStore
  extends SqliteDocuments<PressConference>
  implements ConferenceStore
{
  constructor(database: DatabaseSync) {
    super(database, {
      table: 'conference',
      kind: '新闻发布会',
      schema: PressConferenceSchema,
      columns: { eventId: 'TEXT', heldAt: 'INTEGER' },
      // One that is planned stands where it will be held.
      valuesOf: ({ eventId, heldAt, plan }) => ({
        eventId,
        heldAt: (heldAt ?? plan?.plannedAt)?.getTime() ?? null,
      }),
      indexes: ['(eventId, heldAt)'],
    });
  }

  async listByEvent(eventId: string): Promise<readonly PressConference[]> {
    return this.select('WHERE eventId = ? ORDER BY heldAt', eventId);
  }
}
