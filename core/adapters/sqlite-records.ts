import type { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { AuditEntrySchema, type AuditEntry, type AuditTrail } from '../audit.ts';
import { PersonSchema, type Person } from '../person.ts';
import type { PersonStore } from '../person-store.ts';
import type { SetAsideEntry, SetAsideStore } from '../stage.ts';
import { SqliteChain } from './sqlite-chain.ts';
import { SqliteDocuments } from './sqlite-documents.ts';

/** The append-only record of acts. */
export class SqliteAuditTrail implements AuditTrail {
  readonly #chain: SqliteChain;

  constructor(database: DatabaseSync) {
    this.#chain = new SqliteChain(database, 'audit');
  }

  async append(entry: AuditEntry): Promise<void> {
    this.#chain.append(entry.id, entry.eventId, entry);
  }

  async listByEvent(eventId: string): Promise<readonly AuditEntry[]> {
    return z.array(AuditEntrySchema).parse(this.#chain.listByEvent(eventId));
  }

  async listNewest(limit: number): Promise<readonly AuditEntry[]> {
    return z.array(AuditEntrySchema).parse(this.#chain.listNewest(limit));
  }

  async findBreak(): Promise<number | undefined> {
    return this.#chain.findBreak();
  }
}

/** The people of the office. */
export class SqlitePersonStore extends SqliteDocuments<Person> implements PersonStore {
  constructor(database: DatabaseSync) {
    super(database, {
      table: 'person',
      kind: '人员',
      schema: PersonSchema,
      columns: { signInName: 'TEXT', name: 'TEXT' },
      valuesOf: ({ signInName, name }) => ({ signInName, name }),
      indexes: ['(signInName)'],
    });
  }

  async findBySignInName(signInName: string): Promise<Person | undefined> {
    return this.selectOne('WHERE signInName = ?', signInName);
  }

  async listAll(): Promise<readonly Person[]> {
    return this.select('ORDER BY name');
  }
}

const SetAsideSchema = z.object({
  stage: z.string(),
  entry: z.object({ id: z.string(), key: z.string(), body: z.unknown() }),
  reason: z.string(),
  at: z.coerce.date(),
  isForNextStart: z.boolean().optional(),
});

/** Entries no stage could handle. */
export class SqliteSetAsideStore implements SetAsideStore {
  readonly #database: DatabaseSync;

  constructor(database: DatabaseSync) {
    this.#database = database;
    database.exec(`CREATE TABLE IF NOT EXISTS setAside (
      stage TEXT NOT NULL, id TEXT NOT NULL, body TEXT NOT NULL, PRIMARY KEY (stage, id))`);
  }

  async put(entry: SetAsideEntry): Promise<void> {
    this.#database
      .prepare('INSERT OR IGNORE INTO setAside (stage, id, body) VALUES (?, ?, ?)')
      .run(entry.stage, entry.entry.id, JSON.stringify(entry));
  }

  async count(): Promise<number> {
    return Number(this.#database.prepare('SELECT count(*) AS n FROM setAside').get()?.['n'] ?? 0);
  }

  async listNewest(limit: number): Promise<readonly SetAsideEntry[]> {
    const rows = this.#database
      .prepare('SELECT body FROM setAside ORDER BY rowid DESC LIMIT ?')
      .all(limit);
    return rows.map((row) => SetAsideSchema.parse(JSON.parse(String(row['body']))));
  }

  async listForNextStart(stage: string): Promise<readonly SetAsideEntry[]> {
    const rows = this.#database
      .prepare(
        `SELECT body FROM setAside WHERE stage = ? AND json_extract(body, '$.isForNextStart')
         ORDER BY rowid`,
      )
      .all(stage);
    return rows.map((row) => SetAsideSchema.parse(JSON.parse(String(row['body']))));
  }

  async remove(stage: string, entryId: string): Promise<void> {
    this.#database.prepare('DELETE FROM setAside WHERE stage = ? AND id = ?').run(stage, entryId);
  }
}
