import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { inTransaction } from '#core/sqlite';
import type { SignInTries, SignInTryStore } from '../ports.ts';

const RowSchema = z.object({ count: z.int(), lastAt: z.int() });

/** Failed tries as rows; a row nobody adds to is dropped once it no longer counts. */
export class SqliteSignInTryStore implements SignInTryStore {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
    database.exec(`CREATE TABLE IF NOT EXISTS signInTry (
      key TEXT PRIMARY KEY, count INTEGER NOT NULL, lastAt INTEGER NOT NULL) WITHOUT ROWID`);
  }

  async countTry(key: string, at: Date, most: number, forgetAfterMs: number): Promise<SignInTries> {
    return inTransaction(this.#database, () => {
      this.#database
        .prepare('DELETE FROM signInTry WHERE lastAt <= ?')
        .run(at.getTime() - forgetAfterMs);
      const found = this.#database
        .prepare('SELECT count, lastAt FROM signInTry WHERE key = ?')
        .get(key);
      const before = found ? RowSchema.parse(found) : { count: 0, lastAt: at.getTime() };
      if (before.count > most) return { count: before.count, lastAt: new Date(before.lastAt) };
      // The try beyond the last allowed one is refused unseen; it must not make the lock longer.
      const lastAt = before.count === most ? before.lastAt : at.getTime();
      this.#database
        .prepare(
          `INSERT INTO signInTry VALUES (?, ?, ?)
           ON CONFLICT (key) DO UPDATE SET count = excluded.count, lastAt = excluded.lastAt`,
        )
        .run(key, before.count + 1, lastAt);
      return { count: before.count + 1, lastAt: new Date(lastAt) };
    });
  }

  async clear(key: string): Promise<void> {
    this.#database.prepare('DELETE FROM signInTry WHERE key = ?').run(key);
  }
}
