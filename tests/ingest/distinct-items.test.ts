import { expect, test } from 'vitest';
import { distinctItems } from '../../ingest/distinct-items.ts';
import type { ReadItem } from '../../ingest/read-item.ts';

const item = (key: string, changes: Partial<ReadItem> = {}): ReadItem => ({
  key,
  url: `https://news.test/${key}`,
  title: `停水通知 ${key}`,
  text: '江北区停水。',
  published: '',
  publishedFrom: 'feed',
  needsArticle: false,
  ...changes,
});
const keysOf = (shown: readonly ReadItem[]): string[] =>
  distinctItems(shown).items.map(({ key }) => key);

test('a page without repeats is left as it is', () => {
  const shown = [item('a'), item('b')];
  expect(distinctItems(shown)).toEqual({ items: shown, repeatedKeys: [] });
});

test('an item that is shown twice is one item and one repeat; the first stands', () => {
  const corrected = item('a', { text: '江北区停水，已恢复。' });
  const { items, repeatedKeys } = distinctItems([corrected, item('b'), item('a')]);
  expect(items).toEqual([corrected, item('b')]);
  expect(repeatedKeys).toEqual(['a']);
});

test('items that a site gives one guid stay different items, under the same keys at every look', () => {
  const guid = { key: 'https://same.test/' };
  const [first, second, third] = ['a', 'b', 'c'].map((name) => item(name, guid));
  if (!first || !second || !third) throw new Error('three were made');
  const before = keysOf([first, second]);
  expect(new Set(before).size).toBe(2);
  expect(keysOf([third, first, second]).slice(1)).toEqual(before);
});

test('items without an address of their own are told apart by their titles', () => {
  const home = { key: 'https://same.test/', url: 'https://same.test/' };
  const shown = [item('a', { ...home, title: '停水' }), item('b', { ...home, title: '停电' })];
  expect(distinctItems(shown).items).toHaveLength(2);
});

test('a picture and a title that lead to one article are one row', () => {
  const row = item('https://news.test/a', { url: 'https://news.test/a', needsArticle: true });
  const { items, repeatedKeys } = distinctItems([{ ...row, title: '图' }, row]);
  expect(items).toHaveLength(1);
  expect(repeatedKeys).toHaveLength(1);
});
