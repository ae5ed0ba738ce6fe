import type { DatabaseSync } from 'node:sqlite';
import { SqliteDocuments } from '#core/sqlite';
import { CountdownSchema, type Countdown } from '../countdown.ts';
import { isOpen, nextDueAt } from '../countdown-state.ts';
import type { CountdownStore } from '../ports.ts';

/** Countdowns, with the time at which each speaks next beside it. */
export class SqliteCountdownStore extends SqliteDocuments<Countdown> implements CountdownStore {
  constructor(database: DatabaseSync) {
    super(database, {
      table: 'countdown',
      kind: '时限',
      schema: CountdownSchema,
      columns: { eventId: 'TEXT', openDueAt: 'INTEGER', milestoneAt: 'INTEGER' },
      valuesOf: (countdown) => ({
        eventId: countdown.eventId ?? countdown.target ?? null,
        // A trial rings as any other does, and is nobody's duty.
        openDueAt:
          isOpen(countdown) && !countdown.isTrial ? countdown.statutoryDueAt.getTime() : null,
        milestoneAt: nextDueAt(countdown)?.getTime() ?? null,
      }),
      waitsIn: ['milestoneAt'],
      indexes: [
        '(eventId)',
        '(openDueAt) WHERE openDueAt IS NOT NULL',
        '(milestoneAt) WHERE milestoneAt IS NOT NULL',
      ],
    });
  }

  async listByEvent(eventId: string): Promise<readonly Countdown[]> {
    return this.select('WHERE eventId = ? ORDER BY rowid', eventId);
  }

  async listOpen(): Promise<readonly Countdown[]> {
    return this.select('WHERE openDueAt IS NOT NULL ORDER BY openDueAt');
  }

  async listEndedLate(limit: number): Promise<readonly Countdown[]> {
    return this.select(
      `WHERE openDueAt IS NULL AND json_extract(body, '$.breachedAt') IS NOT NULL
       ORDER BY json_extract(body, '$.breachedAt') DESC LIMIT ?`,
      limit,
    );
  }

  /** Trials that ended before then are dropped: they prove nothing any more. @returns how many */
  dropTrialsBefore(before: Date): number {
    const result = this.database
      .prepare(
        `DELETE FROM countdown WHERE eventId >= 'trial:' AND eventId < 'trial;'
         AND milestoneAt IS NULL AND effectsNo = 0 AND json_extract(body, '$.armedAt') < ?`,
      )
      .run(before.toISOString());
    return Number(result.changes);
  }

  async findDue(now: Date, limit: number): Promise<readonly Countdown[]> {
    return this.select(
      'WHERE milestoneAt IS NOT NULL AND milestoneAt <= ? ORDER BY milestoneAt LIMIT ?',
      now.getTime(),
      limit,
    );
  }
}
