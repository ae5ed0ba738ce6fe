import { expect, test } from 'vitest';
import { findNewest } from '../../analyze/adapters/find-newest.ts';
import { createPostTables, PostRows } from '../../analyze/adapters/post-rows.ts';
import { seeded } from '../../bench/support/texts.ts';
import { memoryDatabase } from '../support/temp-database.ts';

const POSTS = 900;
const LIMIT = 20;

/** Posts of which three in four have the word, each fetched up to so many places away from where it was stored. */
function aStore(places: number, random: () => number) {
  const { database } = memoryDatabase();
  createPostTables(database);
  const rows = new PostRows(database);
  for (let number = 1; number <= POSTS; number += 1) {
    const fetchedAt = Math.round(number + (random() - 0.5) * 2 * places);
    const words = number % 4 === 0 ? '来水' : '停水';
    rows.put({ id: `${number}`, eventId: null, fetchedAt, publishedAt: 0, body: '{}', words });
  }
  const plainly = (until: number): number[] =>
    database
      .prepare(
        `SELECT number FROM post WHERE fetchedAt < ? AND number % 4 > 0
         ORDER BY fetchedAt DESC, number DESC LIMIT ?`,
      )
      .all(until, LIMIT)
      .map(({ number }) => Number(number));
  const find = (until: number, match = '"停水"') =>
    findNewest(database, { match, until, limit: LIMIT });
  return { find, plainly };
}

const UNTIL = [Number.MAX_SAFE_INTEGER, 850, 600, 400, 100];

test.for([
  { places: 0, answered: 4 },
  { places: 30, answered: 4 },
  { places: 5_000, answered: 0 },
])(
  'posts fetched up to $places places from where they were stored: the newest, or no answer',
  ({ places, answered }) => {
    const { find, plainly } = aStore(places, seeded(places));
    const answers = UNTIL.map((until) => ({ until, found: find(until) }));
    const sure = answers.flatMap(({ until, found }) => (found ? [{ until, found }] : []));
    for (const { until, found } of sure) expect(found).toEqual(plainly(until));
    expect(sure).toHaveLength(answered);
  },
);

test('where few posts have the words it gives no answer: looking at all of them costs little', () => {
  const { find } = aStore(0, seeded(1));
  expect(find(Number.MAX_SAFE_INTEGER, '"断电"')).toBeUndefined();
});
