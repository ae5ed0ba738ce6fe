import { expect, test } from 'vitest';
import { isDefaultDate, publishedMoment } from '../../../ingest/dates/published-moment.ts';
import type { ReadItem } from '../../../ingest/read-item.ts';
import { NOON } from '../../support/posts.ts';

const anItem = (changes: Partial<ReadItem>): ReadItem => ({
  key: '1',
  url: 'https://city.test/1.html',
  title: '停水通知',
  text: '清河街道今日停水。',
  published: '2026-03-02 10:00',
  publishedFrom: 'feed',
  needsArticle: false,
  ...changes,
});
const beijing = (written: string): Date => new Date(`${written}+08:00`);
const DATED_URL = 'https://city.test/202603/t20260301_77.html';

test.for([
  { what: 'its own date', item: {}, at: '2026-03-02T10:00:00', confidence: 'minute' },
  {
    what: 'an old date of its own, which may well be',
    item: { published: '2021-05-08', url: DATED_URL },
    at: '2021-05-08T00:00:00',
    confidence: 'day',
  },
  {
    what: 'the day in its address instead of 1970',
    item: { published: '1970-01-01 08:00:00', url: DATED_URL, text: '正文\n2026年2月28日' },
    at: '2026-03-01T00:00:00',
    confidence: 'inferred',
  },
  {
    what: 'what its text claims instead of 1900',
    item: { published: '1900-01-01T00:00:00Z', text: '正文\n2026年2月28日' },
    at: '2026-02-28T00:00:00',
    confidence: 'inferred',
  },
])('an item is dated by $what', ({ item, at, confidence }) => {
  expect(publishedMoment(anItem(item), NOON)).toEqual({ at: beijing(at), confidence });
});

test.for(['0000000000', '1970-01-01', '1900-01-01', '1999-12-31T16:00:00Z', '2000-01-01'])(
  '%s says nothing of when it was published',
  (published) => {
    expect(publishedMoment(anItem({ published }), NOON)).toBeUndefined();
  },
);

test.for([
  ['1970-01-01 08:00', true],
  ['1999-06-01', false],
  ['2026-03-02', false],
] as const)('%s is what a system writes where it has no date: %s', ([written, expected]) => {
  expect(isDefaultDate(written)).toBe(expected);
});
