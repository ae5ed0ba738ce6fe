import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { Unreadable } from '#core';
import { PostSchema, type Post } from '#ingest';

/**
 * Posts stored since a moment, in order of arrival; reads beside a running product and writes nothing.
 *
 * @param path of the database of a SqlitePostStore; without one there are no posts
 */
export function readStoredPosts(path: string, since: Date): Post[] {
  if (!existsSync(path)) return [];
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    return database
      .prepare('SELECT body FROM post WHERE fetchedAt >= ? ORDER BY fetchedAt, number')
      .all(since.getTime())
      .map((row) => {
        const { eventId: _eventId, ...body } = JSON.parse(String(row['body']));
        const parsed = PostSchema.safeParse(body);
        if (!parsed.success) throw new Unreadable('信息', parsed.error);
        return parsed.data;
      });
  } finally {
    database.close();
  }
}
