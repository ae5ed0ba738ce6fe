import { array, assert, boolean, constantFrom, option, property, record, string } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toPostText } from '../../../analyze/text/post-text.ts';
import { WordFinder } from '../../../analyze/text/word-finder.ts';
import { compileWatches } from '../../../analyze/watches/compile-watches.ts';
import { explainWatch } from '../../../analyze/watches/explain-watch.ts';
import { WatchSchema, type Watch } from '../../../analyze/watches/watch.ts';

const regions = [
  { code: '990102', name: '江北区', aliases: ['江北', '北区'] },
  { code: '990103', name: '江北新村', aliases: [] },
];
const water: Watch = {
  id: 'water',
  name: '供水',
  places: ['江北区', '江北'],
  subjects: [],
  matters: ['停水', '爆管'],
  exclude: ['演习'],
};

/** What the watch says of a post, by the quick way and by the definition; they must agree. */
function judge(watch: Watch, title: string, text: string) {
  const post = toPostText(title, text);
  const [match] = compileWatches([watch], regions)(post);
  const verdict = explainWatch(watch, post, regions);
  expect(match?.found).toEqual(verdict.isMet ? verdict.found : undefined);
  return verdict.isMet ? '符合' : verdict.sentence;
}

test.for([
  ['江北一带又停水', '符合'],
  ['江南一带又停水', '缺地点词'],
  ['江南一带一切如常', '缺地点词、事项词'],
  ['江北停水应急演习', '被排除词“演习”排除'],
  ['江*北区停\u200b水', '符合'],
  ['江北新村停水', '“江北”在更长的地名“江北新村”里'],
  ['江北新村停水，江北区也停水', '符合'],
] as const)('a watch of places and matters reads %s: %s', ([title, said]) => {
  expect(judge(water, title, '')).toBe(said);
});

describe('a watch that asks for more than words', () => {
  test.for([
    [{ isTitleOnly: true }, '江北停水', '正文', '符合'],
    [{ isTitleOnly: true }, '江北近况', '又停水了', '标题里缺事项词'],
    [{ isTitleOnly: true }, '江北停水', '是一次演习', '被排除词“演习”排除'],
    [{ withinCharacters: 4 }, '江北居民说停水', '', '符合'],
    [{ withinCharacters: 3 }, '江北居民反映停水', '', '相距超过 3 字'],
    [{ withinCharacters: 2 }, '江北居民反映停水', '停水的是江北', '符合'],
    [{ isSameSentence: true }, '江北近况', '江北今天停水。', '符合'],
    [{ isSameSentence: true }, '江北近况', '一切如常。别处停水。', '各组的词不在同一句话里'],
    [{ isSameSentence: true, withinCharacters: 1 }, '江北天热停水', '', '相距超过 1 字'],
    [{ leastMatters: 2 }, '江北停水', '因为爆管', '符合'],
    [{ leastMatters: 3 }, '江北停水', '因为爆管', '事项词只出现 2 次，不足 3 次'],
  ] as const)('%o reads %s %s: %s', ([asked, title, text, said]) => {
    expect(judge({ ...water, ...asked }, title, text)).toBe(said);
  });
});

test('a match says where each word stands in the post as it was written', () => {
  const post = { title: '江*北區消息', text: '昨晚起停\u200b水，至今停水' };
  const [match] = compileWatches([water])(toPostText(post.title, post.text));
  expect(
    match?.found.map(({ term, field, start, end }) => [term, post[field].slice(start, end)]),
  ).toEqual([
    ['江北', '江*北'],
    ['江北区', '江*北區'],
    ['停水', '停\u200b水'],
    ['停水', '停水'],
  ]);
});

test('settings with the plain lists alone mean what they meant', () => {
  const { withinCharacters, isSameSentence, isTitleOnly, leastMatters } = WatchSchema.parse(water);
  expect([withinCharacters, isSameSentence, isTitleOnly, leastMatters]).toEqual(
    Array(4).fill(undefined),
  );
});

const word = string({
  unit: constantFrom('停', '水', '江', '北', '区'),
  minLength: 1,
  maxLength: 3,
});
const words = array(word, { maxLength: 3 });
const anyWatch = record({
  places: words,
  subjects: words,
  matters: words,
  exclude: array(word, { maxLength: 1 }),
  withinCharacters: option(constantFrom(1, 3, 6), { nil: undefined }),
  isSameSentence: boolean(),
  isTitleOnly: boolean(),
  leastMatters: constantFrom(1, 1, 2),
});

test('all watches at once find exactly what each by its definition finds', () => {
  const text = string({ unit: constantFrom(...'停水江北区新村。*,'.split('')), maxLength: 40 });
  let met = 0;
  assert(
    property(array(anyWatch, { maxLength: 8 }), text, text, (bare, title, body) => {
      const watches = bare.map((one, nth): Watch => ({ ...one, id: `w${nth}`, name: '方案' }));
      const places = watches.flatMap((watch) => watch.places);
      const match = compileWatches(watches, regions);
      // Twice: what is remembered from one text must not reach the next.
      for (const post of [toPostText(title, body), toPostText(body, title)]) {
        const expected = watches.flatMap((watch) => {
          const verdict = explainWatch(watch, post, regions, places);
          return verdict.isMet ? [{ watchId: watch.id, found: verdict.found }] : [];
        });
        met += expected.length;
        const found = match(post).toSorted((a, b) => (a.watchId < b.watchId ? -1 : 1));
        expect(found).toEqual(expected);
      }
    }),
    { numRuns: 1_000 },
  );
  expect(met).toBeGreaterThan(300);
});

test('finds exactly what looking for each word in turn finds', () => {
  const letters = constantFrom('停', '水', '江', '北');
  const texts = string({ unit: letters, maxLength: 40 });
  const lists = array(string({ unit: letters, minLength: 1, maxLength: 4 }), {
    minLength: 1,
    maxLength: 8,
  });
  assert(
    property(texts, lists, (text, wanted) => {
      const found = new WordFinder(wanted).find(text);
      const naive = wanted.flatMap((one, number) =>
        [...text.matchAll(new RegExp(`(?=${one})`, 'g'))].map(({ index }) => `${number}@${index}`),
      );
      expect(found.map(({ word: number, start }) => `${number}@${start}`).toSorted()).toEqual(
        naive.toSorted(),
      );
    }),
  );
});

test('ten thousand words, rare units among them, are found each in its own text', () => {
  const many = Array.from({ length: 10_000 }, (_, nth) =>
    String.fromCharCode(0x4e00 + (nth % 5_000), 0x4e00 + ((nth * 7) % 9_000), 0x3400 + (nth >> 2)),
  );
  const finder = new WordFinder(many);
  const lost = many.filter(
    (one, nth) => !finder.find(`前${one}后`).some(({ word: number }) => number === nth),
  );
  expect(lost).toEqual([]);
});
