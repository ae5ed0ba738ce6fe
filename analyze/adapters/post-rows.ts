import type { DatabaseSync, StatementSync } from 'node:sqlite';

/** A post as it is written: its columns, itself as JSON, and its words as the index holds them. */
export interface PostRow {
  readonly id: string;
  readonly eventId: string | null;
  /** Epoch milliseconds, as `publishedAt`. */
  readonly fetchedAt: number;
  readonly publishedAt: number;
  readonly body: string;
  /** Joined by spaces; empty for a post that is held already, whose words stay. */
  readonly words: string;
}

export function createPostTables(database: DatabaseSync): void {
  database.exec(`
    CREATE TABLE IF NOT EXISTS post (
      number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, eventId TEXT,
      fetchedAt INTEGER NOT NULL, publishedAt INTEGER NOT NULL, body TEXT NOT NULL);
    CREATE INDEX IF NOT EXISTS post_event ON post (eventId, publishedAt) WHERE eventId IS NOT NULL;
    CREATE INDEX IF NOT EXISTS post_fetched ON post (fetchedAt);
    CREATE VIRTUAL TABLE IF NOT EXISTS postWords USING fts5 (
      words, content='', contentless_delete=1, detail='full',
      tokenize="unicode61 remove_diacritics 0");
  `);
}

/** Writes posts into the tables of one database; the caller holds the transaction. */
export class PostRows {
  readonly #insert: StatementSync;
  readonly #index: StatementSync;
  readonly #findHeld: StatementSync;
  readonly #update: StatementSync;

  constructor(database: DatabaseSync) {
    this.#insert = database.prepare(
      `INSERT INTO post (id, eventId, fetchedAt, publishedAt, body) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (id) DO NOTHING RETURNING number`,
    );
    this.#index = database.prepare('INSERT INTO postWords (rowid, words) VALUES (?, ?)');
    this.#findHeld = database.prepare('SELECT eventId, fetchedAt FROM post WHERE id = ?');
    this.#update = database.prepare('UPDATE post SET eventId = ?, body = ? WHERE id = ?');
  }

  put(post: PostRow): void {
    const { id, eventId, fetchedAt, publishedAt, body, words } = post;
    const row = this.#insert.get(id, eventId, fetchedAt, publishedAt, body);
    if (row) this.#index.run(Number(row['number']), words);
    else this.#grow(post);
  }

  /** Figures and event are news; an event it has, and the moment at which it was first held, stay. */
  #grow(post: PostRow): void {
    const held = this.#findHeld.get(post.id);
    const eventId = post.eventId ?? held?.['eventId'] ?? null;
    const fetchedAt = new Date(Number(held?.['fetchedAt']));
    const grown = { ...JSON.parse(post.body), fetchedAt, ...(eventId !== null && { eventId }) };
    this.#update.run(eventId, JSON.stringify(grown), post.id);
  }
}
