import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { inTransaction } from '#core/sqlite';
import { Unreadable } from '#core';
import { PostSchema } from '#ingest';
import { z } from 'zod';
import { normaliseText } from '../text/normalise-text.ts';
import type { PostQuery, PostStore, Segmenter, StoredPost } from '../ports.ts';

const StoredPostSchema = PostSchema.extend({ eventId: z.string().optional() });

/**
 * Posts as rows, found by word through FTS5 over pre-segmented tokens; the end of a query may be the
 * beginning of a longer word (江北 finds 江北区).
 */
export class SqlitePostStore implements PostStore {
  readonly #database: DatabaseSync;
  readonly #segmenter: Segmenter;
  readonly #insert: StatementSync;
  readonly #findHeld: StatementSync;
  readonly #update: StatementSync;
  readonly #index: StatementSync;

  constructor(database: DatabaseSync, segmenter: Segmenter) {
    this.#database = database;
    this.#segmenter = segmenter;
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
    this.#insert = database.prepare(
      `INSERT INTO post (id, eventId, fetchedAt, publishedAt, body) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (id) DO NOTHING RETURNING number`,
    );
    this.#findHeld = database.prepare('SELECT eventId, fetchedAt FROM post WHERE id = ?');
    this.#update = database.prepare('UPDATE post SET eventId = ?, body = ? WHERE id = ?');
    this.#index = database.prepare('INSERT INTO postWords (rowid, words) VALUES (?, ?)');
  }

  async saveMany(posts: readonly StoredPost[]): Promise<void> {
    inTransaction(this.#database, () => {
      for (const post of posts) this.#save(post);
    });
  }

  async findById(id: string): Promise<StoredPost | undefined> {
    return this.#read('WHERE id = ?', id)[0];
  }

  async listByEvent(eventId: string, limit: number): Promise<readonly StoredPost[]> {
    return this.#read('WHERE eventId = ? ORDER BY publishedAt LIMIT ?', eventId, limit);
  }

  async search({ words, limit, beforeAt }: PostQuery): Promise<readonly StoredPost[]> {
    const until = beforeAt?.getTime() ?? Number.MAX_SAFE_INTEGER;
    const text = normaliseText(words).trim();
    if (text === '') {
      return this.#read('WHERE fetchedAt < ? ORDER BY fetchedAt DESC LIMIT ?', until, limit);
    }
    const phrases = text.split(/\s+/).map((part) => phraseOf(this.#tokens(part)));
    return this.#read(
      `WHERE fetchedAt < ? AND number IN (SELECT rowid FROM postWords WHERE postWords MATCH ?)
       ORDER BY fetchedAt DESC LIMIT ?`,
      until,
      phrases.join(' AND '),
      limit,
    );
  }

  async count(): Promise<number> {
    return Number(this.#database.prepare('SELECT count(*) AS n FROM post').get()?.['n'] ?? 0);
  }

  async countSince(at: Date): Promise<number> {
    const row = this.#database
      .prepare('SELECT count(*) AS n FROM post WHERE fetchedAt >= ?')
      .get(at.getTime());
    return Number(row?.['n'] ?? 0);
  }

  #save(post: StoredPost): void {
    const body = JSON.stringify(post);
    const { id, eventId = null, fetchedAt, publishedAt } = post;
    const row = this.#insert.get(id, eventId, fetchedAt.getTime(), publishedAt.getTime(), body);
    if (!row) {
      this.#grow(post);
      return;
    }
    const text = normaliseText(`${post.title}\n${post.text}`);
    this.#index.run(Number(row['number']), this.#tokens(text));
  }

  /** Figures and event are news; an event it has, and the moment at which it was first held, stay. */
  #grow(post: StoredPost): void {
    const held = this.#findHeld.get(post.id);
    const eventId = post.eventId ?? held?.['eventId'] ?? null;
    const fetchedAt = new Date(Number(held?.['fetchedAt']));
    const body = JSON.stringify({ ...post, fetchedAt, ...(eventId !== null && { eventId }) });
    this.#update.run(eventId, body, post.id);
  }

  #tokens(text: string): string {
    return this.#segmenter.withInnerWords(this.#segmenter.cut(text)).join(' ');
  }

  #read(where: string, ...values: SQLInputValue[]): StoredPost[] {
    const rows = this.#database.prepare(`SELECT body FROM post ${where}`).all(...values);
    return rows.map((row) => {
      const parsed = StoredPostSchema.safeParse(JSON.parse(String(row['body'])));
      if (!parsed.success) throw new Unreadable('信息', parsed.error);
      const { eventId, ...post } = parsed.data;
      return eventId === undefined ? post : { ...post, eventId };
    });
  }
}

/** A phrase for FTS5 whose last word may go on; what the user typed is text, never an operator. */
function phraseOf(tokens: string): string {
  // NUL would end the query in the middle of the phrase.
  return `"${tokens.replaceAll('"', ' ').replaceAll('\0', ' ')}"*`;
}
