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

    test('keywords come heaviest first, each once, and no more than asked for', () => {
      const found = segmenter.keywords(`${SENTENCE}${SENTENCE}停水何时结束？`, 5);
      const [words, weights] = [found.map(([word]) => word), found.map(([, weight]) => weight)];
      expect(words).toHaveLength(5);
      expect(new Set(words).size).toBe(5);
      expect(words).toContain('停水');
      expect(weights).toEqual(weights.toSorted((a, b) => b - a));
      expect(Math.min(...weights)).toBeGreaterThan(0);
      expect(segmenter.keywords(SENTENCE, 1)).toHaveLength(1);
      expect(segmenter.keywords(SENTENCE, 0)).toEqual([]);
    });

    test.for([
      '停水\r\n\r\n爆管',
      '停水\n\n爆管',
      '停水　　爆管',
      '停水……！！爆管',
      '停水😀😀爆管',
    ])('what stands between words is no keyword: %j', (text) => {
      const words = segmenter.keywords(text, 10).map(([word]) => word);
      expect(words.toSorted()).toEqual(['停水', '爆管']);
    });

    test('an empty text gives nothing', () => {
      expect(segmenter.cut('')).toEqual([]);
      expect(segmenter.keywords('', 5)).toEqual([]);
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
      expect(segmenter.keywords(text, 5).length).toBeLessThanOrEqual(5);
    });
  });
}
