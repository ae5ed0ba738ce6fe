import { array, assert, constantFrom, oneof, property, string } from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Segmenter } from '#analyze';

const SENTENCE = '江北区多个小区停水，居民拨打12345热线反映，COVID检测点照常开放。';
const fragment = constantFrom(
  '停水',
  '江北区',
  '人民医院',
  '12345',
  'COVID-19',
  '3.5万人',
  '，',
  '\n',
);
/** Chinese and other text, whole characters only. */
const anyText = array(oneof(fragment, string({ unit: 'binary' }))).map((parts) => parts.join(''));

/** How often each letter and digit stands in a text. */
function lettersOf(text: string): ReadonlyMap<string, number> {
  const letters = text.match(/[\p{L}\p{N}]/gu) ?? [];
  return new Map([...Map.groupBy(letters, String)].map(([letter, all]) => [letter, all.length]));
}

export function describeSegmenter(name: string, open: () => Promise<Segmenter>): void {
  describe(`${name} as a Segmenter`, () => {
    let segmenter: Segmenter;
    beforeAll(async () => {
      segmenter = await open();
    });

    test('it says its name', () => {
      expect(segmenter.name).not.toBe('');
    });

    test('words come in order, numbers and Latin words whole, punctuation too', () => {
      const words = segmenter.cut(SENTENCE);
      expect(words).toEqual(expect.arrayContaining(['停水', '居民', '12345', 'COVID', '，', '。']));
      const places = ['停水', '12345', 'COVID'].map((word) => words.indexOf(word));
      expect(places).toEqual(places.toSorted((a, b) => a - b));
    });

    test('a word inside a longer word is a word to an index', () => {
      expect(segmenter.cut('清华大学')).toEqual(['清华大学']);
      const held = segmenter.withInnerWords(segmenter.cut('在清华大学。'));
      expect(held).toEqual(expect.arrayContaining(['大学', '清华', '清华大学', '。']));
      expect(held.at(-2)).toBe('清华大学');
    });

    test('tagging cuts as cutting does, and knows a place from a verb', () => {
      const tagged = segmenter.tag(SENTENCE);
      expect(tagged.map(({ word }) => word)).toEqual(segmenter.cut(SENTENCE));
      expect(tagged).toContainEqual({ word: '江北区', tag: 'ns' });
      expect(tagged.find(({ word }) => word === '停水')?.tag).toBe('v');
    });

    test('every word is in the text, and no letter or digit of the text is lost', () => {
      assert(
        property(anyText, (text) => {
          const words = segmenter.cut(text);
          expect(words.filter((word) => !text.includes(word))).toEqual([]);
          const kept = lettersOf(words.join(''));
          const lost = [...lettersOf(text)].filter(([one, often]) => (kept.get(one) ?? 0) < often);
          expect(lost).toEqual([]);
        }),
      );
    });

    test('tagging knows a place from what happened there', () => {
      const tagged = segmenter.tag(SENTENCE);
      expect(tagged.map(({ word }) => word).join('')).toBe(SENTENCE);
      expect(tagged).toContainEqual({ word: '江北区', tag: 'ns' });
    });

    test('a common word is in more texts than a rare one, and a rare one in more than an unknown one', () => {
      const shares = ['我们', '受伤', '爆管窨井'].map((word) => segmenter.shareOf(word));
      expect(shares).toEqual(shares.toSorted((a, b) => b - a));
      expect(new Set(shares).size).toBe(3);
      expect(segmenter.shareOf('的')).toBeGreaterThan(segmenter.shareOf('旱'));
    });

    test('an empty text gives nothing', () => {
      expect(segmenter.cut('')).toEqual([]);
      expect(segmenter.tag('')).toEqual([]);
    });

    test.for([
      { what: 'a hundred thousand characters', text: SENTENCE.repeat(3_000).slice(0, 100_000) },
      { what: 'one character a hundred thousand times', text: '哈'.repeat(100_000) },
      { what: 'a number without end', text: '1'.repeat(100_000) },
      { what: 'emoji only', text: '😀👨‍👩‍👧'.repeat(5_000) },
      { what: 'halves of characters', text: '停水\ud83d爆管\udc00'.repeat(1_000) },
      { what: 'NUL', text: '停\0水\0'.repeat(1_000) },
    ])('a hostile text is cut like any other: $what', ({ text }) => {
      expect(segmenter.cut(text).length).toBeGreaterThan(0);
      expect(segmenter.tag(text).length).toBeGreaterThan(0);
    });
  });
}
