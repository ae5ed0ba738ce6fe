import type { DatabaseSync } from 'node:sqlite';

/** Posts that have the words, looked at beyond those wanted: posts are stored nearly in the order of fetching. */
const BEYOND = 200;
/** Among so many posts stored last before a moment the one with the highest number is looked for. */
const LAST_STORED = 500;

interface Wanted {
  /** As FTS5 reads it. */
  readonly match: string;
  /** Epoch milliseconds; posts fetched before. */
  readonly until: number;
  readonly limit: number;
}

/**
 * Numbers of the newest posts that have the words, without looking at all that have them: a frequent word stands in
 * hundreds of thousands. FTS5 gives posts by number, so the last stored come first; then it is made sure that none
 * stored at another time belongs among them.
 *
 * @returns undefined when few posts have the words, or the order of storing says too little
 */
export function findNewest(
  database: DatabaseSync,
  { match, until, limit }: Wanted,
): readonly number[] | undefined {
  const last = database
    .prepare(
      `SELECT max(number) AS number FROM
       (SELECT number FROM post WHERE fetchedAt < ? ORDER BY fetchedAt DESC LIMIT ?)`,
    )
    .get(until, LAST_STORED);
  const highest = Number(last?.['number'] ?? 0);
  const found = database
    .prepare(
      `SELECT number, fetchedAt FROM
       (SELECT rowid AS found FROM postWords WHERE postWords MATCH ? AND rowid <= ?
        ORDER BY rowid DESC LIMIT ?) JOIN post ON number = found`,
    )
    .all(match, highest, limit + BEYOND)
    .map((row) => ({ number: Number(row['number']), fetchedAt: Number(row['fetchedAt']) }));
  if (found.length < limit + BEYOND) return undefined;

  const newest = found
    .filter(({ fetchedAt }) => fetchedAt < until)
    .sort((a, b) => b.fetchedAt - a.fetchedAt || b.number - a.number)
    .slice(0, limit);
  const oldest = newest.at(-1);
  if (newest.length < limit || !oldest) return undefined;
  const among = database
    .prepare(
      `SELECT min(number) AS least, max(number) AS most FROM post
       WHERE fetchedAt >= ? AND fetchedAt < ?`,
    )
    .get(oldest.fetchedAt, until);
  const lowest = Math.min(...found.map(({ number }) => number));
  const isWhole = Number(among?.['least']) >= lowest && Number(among?.['most']) <= highest;
  return isWhole ? newest.map(({ number }) => number) : undefined;
}
