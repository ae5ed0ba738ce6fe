import { dict } from '@node-rs/jieba/dict.js';
import type { Watch } from '#analyze';
import { compileWatches } from '../../analyze/watches/compile-watches.ts';
import { normaliseFully, normaliseText } from '../../analyze/text/normalise-text.ts';
import { toPostText } from '../../analyze/text/post-text.ts';
import { handOver, median } from '../figure.ts';
import { makePost, rareWord, seeded } from '../support/texts.ts';

/** Ten thousand watches, and normalising before them, each beside the plain way in the same run. */
const WATCHES = 10_000;
const POSTS = 2_000;
/** An `includes` for each word of each watch is slow: it gets fewer posts. */
const PLAIN_POSTS = 20;
const ROUNDS = 7;

const random = seeded(5);
/** Frequent words of the dictionary, the hard case: they occur in many posts, and together in few. */
const FREQUENT = Buffer.from(dict)
  .toString()
  .split('\n')
  .map((line) => line.split(' '))
  .filter(([word = '', often]) => /^\p{Script=Han}{2,4}$/u.test(word) && Number(often) > 2_000)
  .map(([word = '']) => word);
const frequent = (): string => FREQUENT[Math.floor(random() * FREQUENT.length)] ?? '';
const PLACES = Array.from({ length: 300 }, () => `${rareWord(random).slice(0, 2)}镇`);
const place = (): string => PLACES[Math.floor(random() * PLACES.length)] ?? '';

const watches: Watch[] = Array.from({ length: WATCHES }, (_, number) => ({
  id: `watch-${number}`,
  name: `方案${number}`,
  places: [place(), place()],
  subjects: number % 2 === 0 ? [frequent(), frequent(), rareWord(random)] : [],
  matters: [frequent(), frequent(), rareWord(random)],
  exclude: ['演练', rareWord(random)],
}));
/** Posts as the other measures have them, with frequent words of the watches in them, one in five with a place. */
const raw = Array.from({ length: POSTS }, (_, number) => {
  const { title, text } = makePost(random, number, new Date(0));
  const told = Array.from({ length: 12 }, () => frequent()).join('');
  return { title, text: `${number % 5 === 0 ? place() : ''}${told}。${text}`.slice(0, 520) };
});
const posts = raw.map(({ title, text }) => toPostText(title, text));
const characters = Math.round(posts.reduce((sum, { normal }) => sum + normal.length, 0) / POSTS);

const match = compileWatches(watches);
const has = (text: string, words: readonly string[]): boolean =>
  words.length === 0 || words.some((word) => text.includes(word));
const plainly = (text: string): string[] =>
  watches
    .filter(
      (watch) =>
        has(text, watch.places) &&
        has(text, watch.subjects) &&
        has(text, watch.matters) &&
        !watch.exclude.some((word) => text.includes(word)),
    )
    .map(({ id }) => id);

let met = 0;
for (const post of posts.slice(0, PLAIN_POSTS)) {
  const found = match(post).map(({ watchId }) => watchId);
  met += found.length;
  if (found.toSorted().join() !== plainly(post.normal).toSorted().join()) {
    throw new Error(`watches met differ: ${post.normal}`);
  }
}
if (met === 0) throw new Error('no watch was met');

/** Posts a second, the median of rounds in turns. */
function inTurns(works: Readonly<Record<string, () => number>>): (name: string) => number {
  const rates = new Map<string, number[]>(Object.keys(works).map((name) => [name, []]));
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const [name, work] of Object.entries(works)) {
      const startedAt = performance.now();
      const done = work();
      // The first round only warms up.
      if (round > 0) rates.get(name)?.push((done / (performance.now() - startedAt)) * 1_000);
    }
  }
  return (name) => median(rates.get(name) ?? []);
}

const each = <T>(list: readonly T[], work: (one: T) => unknown): number => {
  for (const one of list) work(one);
  return list.length;
};
const rateOf = inTurns({
  watches: () => each(posts, match),
  includes: () => each(posts.slice(0, PLAIN_POSTS), ({ normal }) => plainly(normal)),
  normalise: () => each(raw, ({ text }) => normaliseText(text)),
  definition: () => each(raw, ({ text }) => normaliseFully(text)),
});
const [ours, includes] = [rateOf('watches'), rateOf('includes')];
const [normalise, definition] = [rateOf('normalise'), rateOf('definition')];
handOver([
  {
    what: '一万个监测方案对照一条信息',
    asked: '≥ 100000 条/秒',
    measured: `${Math.round(ours)} 条/秒`,
    isMet: ours >= 100_000,
    how: `${POSTS} 条平均 ${characters} 字、已规整的文本，词取自常用词；轮流 ${ROUNDS} 次取中位数；逐个方案 includes ${Math.round(includes)} 条/秒，相差 ${Math.round(ours / includes)} 倍`,
  },
  {
    what: '把文字规整成便于对照的样子（NFKC、简体、去掉词间符号）',
    asked: '≥ 60000 条/秒',
    measured: `${Math.round(normalise)} 条/秒`,
    isMet: normalise >= 60_000,
    how: `同上的 ${POSTS} 条原文；按定义逐步做 ${Math.round(definition)} 条/秒`,
  },
]);
