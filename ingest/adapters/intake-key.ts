import { createHmac, randomBytes } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import { DAY_MS, type Now } from '#core';
import type { Pseudonym } from '../to-post.ts';

const KEPT_MS = 30 * DAY_MS;

/**
 * The key under which individual authors are known at the door. It is replaced every 30 days and the
 * old one is destroyed: nobody, we included, can link an author over a longer time.
 */
export function openIntakeKey(database: DatabaseSync, now: Now): Pseudonym {
  database.exec(`CREATE TABLE IF NOT EXISTS intakeKey (
    only INTEGER PRIMARY KEY CHECK (only = 1), key BLOB NOT NULL, madeAt INTEGER NOT NULL)`);
  // Overwritten bytes are zeroed in the file, not merely forgotten.
  database.exec('PRAGMA secure_delete = ON');
  const find = database.prepare('SELECT key, madeAt FROM intakeKey');
  const replace = database.prepare(
    `INSERT INTO intakeKey (only, key, madeAt) VALUES (1, ?, ?)
     ON CONFLICT (only) DO UPDATE SET key = excluded.key, madeAt = excluded.madeAt`,
  );
  const currentKey = (): Uint8Array => {
    const row = find.get();
    const at = now().getTime();
    if (row && at - Number(row['madeAt']) < KEPT_MS) return row['key'] as Uint8Array;
    const key = randomBytes(32);
    replace.run(key, at);
    return key;
  };
  return (sourceId, author) =>
    createHmac('sha256', currentKey())
      .update(`${sourceId}\u001f${author}`)
      .digest('hex')
      .slice(0, 24);
}
