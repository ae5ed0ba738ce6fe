import { array, assert, constantFrom, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { normaliseText } from '../../../analyze/text/normalise-text.ts';
import { compileWatches, type Watch } from '../../../analyze/watches/watch.ts';
import { WordFinder } from '../../../analyze/text/word-finder.ts';

const water: Watch = {
  id: 'water',
  name: '供水',
  places: ['江北区', '江北'],
  subjects: [],
  matters: ['停水', '爆管'],
  exclude: ['演习'],
};
const match = compileWatches([water]);

test('a watch is met when every group has a word', () => {
  expect(match(normaliseText('江北一带又停水')).map((m) => m.watchId)).toEqual(['water']);
  expect(match(normaliseText('江南一带又停水'))).toEqual([]);
});

test('an excluded word takes it back', () => {
  expect(match(normaliseText('江北停水应急演习'))).toEqual([]);
});

test('separators and invisible characters inside a word do not hide it', () => {
  expect(match(normaliseText('江*北区停\u200b水'))).toHaveLength(1);
});

test('the match says where each word stands', () => {
  const text = normaliseText('江北停水');
  const [found] = match(text);
  for (const { term, start, end } of found?.found ?? []) expect(text.slice(start, end)).toBe(term);
});

test('finds exactly what looking for each word in turn finds', () => {
  const letters = constantFrom('停', '水', '江', '北');
  const texts = string({ unit: letters, maxLength: 40 });
  const words = array(string({ unit: letters, minLength: 1, maxLength: 4 }), {
    minLength: 1,
    maxLength: 8,
  });
  assert(
    property(texts, words, (text, wanted) => {
      const found = new WordFinder(wanted).find(text);
      const naive = wanted.flatMap((word, number) =>
        [...text.matchAll(new RegExp(`(?=${word})`, 'g'))].map(({ index }) => `${number}@${index}`),
      );
      expect(found.map(({ word, start }) => `${word}@${start}`).toSorted()).toEqual(
        naive.toSorted(),
      );
    }),
  );
});
