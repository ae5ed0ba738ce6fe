import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import type { DutyNow } from '#core';
import type { DutyStore } from '../ports.ts';

const DutySchema = z.object({ firstId: z.string().optional(), secondId: z.string().optional() });

/** Who is on duty, as one row. */
export class SqliteDutyStore implements DutyStore {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
    database.exec(`CREATE TABLE IF NOT EXISTS duty (
      only INTEGER PRIMARY KEY CHECK (only = 1), body TEXT NOT NULL)`);
  }

  async current(): Promise<DutyNow> {
    const row = this.#database.prepare('SELECT body FROM duty').get();
    return row ? DutySchema.parse(JSON.parse(String(row['body']))) : {};
  }

  async save(duty: DutyNow): Promise<void> {
    this.#database
      .prepare(
        'INSERT INTO duty VALUES (1, ?) ON CONFLICT (only) DO UPDATE SET body = excluded.body',
      )
      .run(JSON.stringify(duty));
  }
}
