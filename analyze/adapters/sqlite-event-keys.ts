import { createHmac, randomBytes } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { Rekey } from '../stage.ts';

/**
 * One key per event for the pseudonyms of individual authors inside it.
 * Two events' pseudonyms of one author have nothing in common.
 */
export function openEventKeys(database: DatabaseSync): Rekey {
  database.exec(
    'CREATE TABLE IF NOT EXISTS eventKey (eventId TEXT PRIMARY KEY, key BLOB NOT NULL)',
  );
  const find = database.prepare('SELECT key FROM eventKey WHERE eventId = ?');
  const create = database.prepare(
    'INSERT INTO eventKey (eventId, key) VALUES (?, ?) ON CONFLICT (eventId) DO NOTHING',
  );
  const keyOf = (eventId: string): Uint8Array => {
    const row = find.get(eventId);
    if (row) return row['key'] as Uint8Array;
    create.run(eventId, randomBytes(32));
    return keyOf(eventId);
  };
  return (eventId, pseudonym) =>
    createHmac('sha256', keyOf(eventId)).update(pseudonym).digest('hex').slice(0, 24);
}
