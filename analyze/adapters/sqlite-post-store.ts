import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite';
import { Unreadable } from '#core';
import { PostSchema } from '#ingest';
import { z } from 'zod';
import { normaliseText } from '../text/normalise-text.ts';
import type { PostQuery, PostStore, Segmenter, StoredPost } from '../ports.ts';
import { findNewest } from './find-newest.ts';
import { createPostTables, type PostRow } from './post-rows.ts';
import { openPostWriter, type PostWriter } from './post-writer.ts';

const StoredPostSchema = PostSchema.extend({ eventId: z.string().optional() });
/** Posts handed to the writer together: enough to outweigh the handing over. */
const BATCH = 32;

/**
 * Posts as rows, found by word through FTS5 over pre-segmented tokens; the end of a query may be the
 * beginning of a longer word (江北 finds 江北区).
 */
export class SqlitePostStore implements PostStore {
  readonly #database: DatabaseSync;
  readonly #segmenter: Segmenter;
  readonly #writer: PostWriter;
  readonly #isHeld: StatementSync;

  /** @param writer of the same database; without one this connection writes, too */
  constructor(database: DatabaseSync, segmenter: Segmenter, writer?: PostWriter) {
    this.#database = database;
    this.#segmenter = segmenter;
    createPostTables(database);
    this.#writer = writer ?? openPostWriter(database);
    this.#isHeld = database.prepare('SELECT 1 FROM post WHERE id = ?');
  }

  async saveMany(posts: readonly StoredPost[]): Promise<void> {
    if (posts.length > 0) await this.#writer.write(this.#rowsOf(posts));
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
    const match = phrases.join(' AND ');
    const newest = findNewest(this.#database, { match, until, limit });
    if (newest) {
      return this.#read(
        'WHERE number IN (SELECT value FROM json_each(?)) ORDER BY fetchedAt DESC, number DESC',
        JSON.stringify(newest),
      );
    }
    return this.#read(
      `WHERE fetchedAt < ? AND number IN (SELECT rowid FROM postWords WHERE postWords MATCH ?)
       ORDER BY fetchedAt DESC, number DESC LIMIT ?`,
      until,
      match,
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

  *#rowsOf(posts: readonly StoredPost[]): Generator<readonly PostRow[]> {
    for (let at = 0; at < posts.length; at += BATCH) {
      yield posts.slice(at, at + BATCH).map((post) => this.#toRow(post));
    }
  }

  #toRow(post: StoredPost): PostRow {
    const { id, eventId = null, fetchedAt, publishedAt, title, text } = post;
    return {
      id,
      eventId,
      fetchedAt: fetchedAt.getTime(),
      publishedAt: publishedAt.getTime(),
      body: JSON.stringify(post),
      words: this.#isHeld.get(id) ? '' : this.#tokens(normaliseText(`${title}\n${text}`)),
    };
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
