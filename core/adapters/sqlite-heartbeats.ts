import type { DatabaseSync } from 'node:sqlite';
import type { Heartbeat, HeartbeatStore } from '../heartbeat.ts';
import { inTransaction } from './sqlite-database.ts';

/** One row a component; moments as ms since 1970, for an onlooker of whatever make. */
export class SqliteHeartbeatStore implements HeartbeatStore {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
    database.exec(`CREATE TABLE IF NOT EXISTS heartbeat (
      component TEXT PRIMARY KEY, at INTEGER NOT NULL, monotonicMs INTEGER NOT NULL,
      bootId TEXT NOT NULL) WITHOUT ROWID`);
  }

  async beat(heartbeats: readonly Heartbeat[], bootId: string): Promise<void> {
    if (heartbeats.length === 0) return;
    inTransaction(this.#database, () => {
      this.#database.prepare('DELETE FROM heartbeat WHERE bootId <> ?').run(bootId);
      const put = this.#database.prepare(
        'INSERT OR REPLACE INTO heartbeat (component, at, monotonicMs, bootId) VALUES (?, ?, ?, ?)',
      );
      for (const { component, at, monotonicMs } of heartbeats) {
        put.run(component, at.getTime(), Math.round(monotonicMs), bootId);
      }
    });
  }

  async list(): Promise<readonly (Heartbeat & { readonly bootId: string })[]> {
    const rows = this.#database.prepare('SELECT * FROM heartbeat ORDER BY component').all();
    return rows.map((row) => ({
      component: String(row['component']),
      at: new Date(Number(row['at'])),
      monotonicMs: Number(row['monotonicMs']),
      bootId: String(row['bootId']),
    }));
  }
}
