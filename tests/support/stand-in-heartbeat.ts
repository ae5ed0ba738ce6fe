import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

/**
 * Loaded into the product's own process before it starts: beats for a release that does not beat by itself,
 * and does nothing at all for one that does. It lives and hangs and dies with the process.
 */
const PATH = 'data/records.db';
const EVERY_MS = 1_000;
const bootId = crypto.randomUUID();
let isOurs: boolean | undefined;

setInterval(() => {
  if (isOurs === false || !existsSync(PATH)) return;
  const database = new DatabaseSync(PATH, { timeout: EVERY_MS });
  // The product makes all its tables in one go: what is not there by now it does not have.
  isOurs ??= !database.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'heartbeat'`).get();
  if (isOurs) {
    database.exec(
      'CREATE TABLE IF NOT EXISTS heartbeat (component TEXT PRIMARY KEY, at INTEGER, bootId TEXT)',
    );
    database
      .prepare('INSERT OR REPLACE INTO heartbeat (component, at, bootId) VALUES (?, ?, ?)')
      .run('standIn', Date.now(), bootId);
  }
  database.close();
}, EVERY_MS).unref();
