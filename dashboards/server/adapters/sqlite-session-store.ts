import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import type { Session, SessionStore } from '../ports.ts';

const RowSchema = z.object({
  digest: z.string(),
  personId: z.string(),
  csrfToken: z.string(),
  openedAt: z.int().transform((ms) => new Date(ms)),
  lastUsedAt: z.int().transform((ms) => new Date(ms)),
});

/** Sessions as rows; times are milliseconds. */
export class SqliteSessionStore implements SessionStore {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
    database.exec(`CREATE TABLE IF NOT EXISTS session (
      digest TEXT PRIMARY KEY, personId TEXT NOT NULL, csrfToken TEXT NOT NULL,
      openedAt INTEGER NOT NULL, lastUsedAt INTEGER NOT NULL) WITHOUT ROWID`);
  }

  async create({ digest, personId, csrfToken, openedAt, lastUsedAt }: Session): Promise<void> {
    this.#database
      .prepare('INSERT INTO session VALUES (?, ?, ?, ?, ?)')
      .run(digest, personId, csrfToken, openedAt.getTime(), lastUsedAt.getTime());
  }

  async findByDigest(digest: string): Promise<Session | undefined> {
    const row = this.#database.prepare('SELECT * FROM session WHERE digest = ?').get(digest);
    return row && RowSchema.parse(row);
  }

  async touch(digest: string, usedAt: Date): Promise<void> {
    this.#database
      .prepare('UPDATE session SET lastUsedAt = ? WHERE digest = ?')
      .run(usedAt.getTime(), digest);
  }

  async remove(digest: string): Promise<void> {
    this.#database.prepare('DELETE FROM session WHERE digest = ?').run(digest);
  }

  async removeOfPerson(personId: string): Promise<void> {
    this.#database.prepare('DELETE FROM session WHERE personId = ?').run(personId);
  }

  async removeOpenedBefore(at: Date): Promise<void> {
    this.#database.prepare('DELETE FROM session WHERE openedAt < ?').run(at.getTime());
  }
}
