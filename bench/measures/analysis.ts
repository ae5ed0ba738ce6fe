import { createPostReader, normaliseText, type Watch } from '#analyze';
import type { Post } from '#ingest';
import { openSegmenter } from '../../analyze/adapters/open-segmenter.ts';
import { EventBook } from '../../analyze/events/event-book.ts';
import { linkPost } from '../../analyze/events/link-post.ts';
import { readPacks } from '../../config/packs.ts';
import { openModels } from '../../config/proposal-models.ts';
import { toReaderRules } from '../../config/reader-rules.ts';
import { SettingsSchema } from '../../config/settings.ts';
import { toLexicon } from '../../config/to-lexicon.ts';
import { handOver, median } from '../figure.ts';
import { makePost, makeWatches, seeded } from '../support/texts.ts';

/**
 * All that is made of a post before it is stored, beside what the segmenter alone needs for the same text: matched,
 * cut into words for search, and where it meets a watch read (facts, copies, proposals) and grouped.
 */
const POSTS = 1_500;
const ROUNDS = 7;

const settings = SettingsSchema.parse({});
const packs = readPacks(settings);
const segmenter = await openSegmenter(toLexicon(settings.office, packs.lexicon));
const models = await openModels();
const rules = toReaderRules(settings, packs, { segmenter, models });

/** Time of the processor, so that a busy machine does not count. */
function workedUs(work: () => void): number {
  const before = process.threadCpuUsage();
  work();
  const { user, system } = process.threadCpuUsage(before);
  return user + system;
}

/** Microseconds a post, medians of rounds in turns, and how many of the posts were read and grouped, 0 to 1. */
interface Measured {
  readonly ratio: number;
  readonly wholeUs: number;
  readonly aloneUs: number;
  readonly share: number;
}

function measure(
  posts: readonly Post[],
  more: { readonly watches: readonly Watch[]; readonly takesAll: boolean },
): Measured {
  const read = createPostReader({ ...rules, ...more });
  const texts = posts.map(({ title, text }) => normaliseText(`${title}\n${text}`));
  let grouped = 0;
  const analyse = (): void => {
    const book = new EventBook(packs.grouping, (term) => segmenter.shareOf(term));
    for (const post of posts) {
      segmenter.withInnerWords(segmenter.cut(normaliseText(`${post.title}\n${post.text}`)));
      const found = read(post, book.weights);
      if (!found) continue;
      linkPost(found, book, (_, pseudonym) => pseudonym);
      grouped += 1;
    }
  };
  const cut = (): void => {
    for (const text of texts) segmenter.cut(text);
  };
  const rounds: { readonly whole: number; readonly alone: number }[] = [];
  for (let round = 0; round <= ROUNDS; round += 1) {
    const one = { whole: workedUs(analyse), alone: workedUs(cut) };
    // The first round only warms up.
    if (round > 0) rounds.push(one);
  }
  const per = (pick: (one: (typeof rounds)[number]) => number): number =>
    Math.round(median(rounds.map(pick)) / posts.length);
  return {
    ratio: median(rounds.map(({ whole, alone }) => alone / whole)),
    wholeUs: per(({ whole }) => whole),
    aloneUs: per(({ alone }) => alone),
    share: grouped / (posts.length * (ROUNDS + 1)),
  };
}

const random = seeded(9);
const posts = Array.from({ length: POSTS }, (_, number) => makePost(random, number, new Date()));
const live = measure(posts, { watches: makeWatches(random, 1_000), takesAll: false });
const all = measure(posts.slice(0, POSTS / 5), { watches: [], takesAll: true });
if (live.share === 0) throw new Error('no post met a watch');

const percent = (ratio: number): string => `${Math.round(ratio * 100)} %`;
handOver([
  {
    what: '入库前全部分析的速度，占分词库自身速度之比（每核）',
    asked: '≥ 50 %',
    measured: percent(live.ratio),
    isMet: live.ratio >= 0.5,
    how: `${POSTS} 条约 500 字的文本，1000 个监测方案，${percent(live.share)} 命中并归并；同一线程轮流 ${ROUNDS} 次取中位数，按处理器时间：全部分析 ${live.wholeUs} 微秒，${segmenter.name} 只分词 ${live.aloneUs} 微秒；若每一条都命中，${all.wholeUs} 微秒（${percent(all.ratio)}）`,
  },
]);
