import { parseFeed as parseWithFeedsmith } from 'feedsmith';
import RssParser from 'rss-parser';
import { parseFeed } from '../../ingest/feeds/parse-feed.ts';
import { withArticle } from '../../ingest/pages/read-page.ts';
import { median, type Figure } from '../figure.ts';
import { articlePageOf, feedOf, ITEMS_OF_FEED, makeTexts, textOfItem } from './feed-pages.ts';
import { readabilityArticle } from './readability.ts';

const FEEDS = 200;
const NEWEST = 100;
const PAGES = 200;
const ROUNDS = 5;
const texts = makeTexts();

type Work = (nth: number) => unknown;

/** Median seconds for one pass of each, taken in turns so that a busy moment of the machine hits all alike. */
async function inTurns(
  works: Readonly<Record<string, Work>>,
  count: number,
): Promise<Map<string, number>> {
  const seconds = new Map<string, number[]>(Object.keys(works).map((name) => [name, []]));
  // The first round only warms up.
  for (let round = 0; round <= ROUNDS; round += 1) {
    for (const [name, work] of Object.entries(works)) {
      const startedAt = performance.now();
      for (let nth = 0; nth < count; nth += 1) await work(nth);
      if (round > 0) seconds.get(name)?.push((performance.now() - startedAt) / 1_000);
    }
  }
  return new Map([...seconds].map(([name, all]) => [name, median(all)]));
}

/** Good feeds: what we read beside the two libraries alone. */
export async function measureFeeds(): Promise<Figure> {
  const feeds = Array.from({ length: FEEDS }, (_, site) => feedOf(texts, site, NEWEST, new Date()));
  const megabytes = feeds.reduce((sum, feed) => sum + Buffer.byteLength(feed), 0) / 1_000_000;
  const feedAt = (nth: number): string => feeds[nth] ?? '';
  checkReading(feedAt(0));
  const rssParser = new RssParser();
  const seconds = await inTurns(
    {
      ours: (nth) => parseFeed(feedAt(nth), 'http://s0.test/'),
      feedsmith: (nth) => parseWithFeedsmith(feedAt(nth)),
      'rss-parser': async (nth) => await rssParser.parseString(feedAt(nth)),
    },
    FEEDS,
  );
  const speedOf = (name: string): number => megabytes / (seconds.get(name) ?? Number.NaN);
  return {
    what: '解析订阅源的速度',
    asked: '≥ 80 MB/秒',
    measured: `${speedOf('ours').toFixed(1)} MB/秒`,
    isMet: speedOf('ours') >= 80,
    how: `${FEEDS} 个订阅源共 ${megabytes.toFixed(1)} MB，每个 ${ITEMS_OF_FEED} 条，含取出纯文本；轮流 ${ROUNDS} 次取中位数；只用 feedsmith ${speedOf('feedsmith').toFixed(1)}，只用 rss-parser ${speedOf('rss-parser').toFixed(1)}（都不取纯文本）`,
  };
}

/** What is measured has to be whole: every item, with the plain text that was written into it. */
function checkReading(feed: string): void {
  const { items } = parseFeed(feed, 'http://s0.test/');
  const wanted = Array.from({ length: ITEMS_OF_FEED }, (_, nth) =>
    textOfItem(texts, 0, NEWEST - nth),
  );
  const isWhole = wanted.every(
    ({ title, text }, nth) => items[nth]?.title === title && items[nth].text === text,
  );
  if (!isWhole || items.length !== ITEMS_OF_FEED) throw new Error('a feed is not read whole');
}

/** Articles without a selector, beside Readability. */
export async function measureArticles(): Promise<Figure> {
  const pages = Array.from({ length: PAGES }, (_, number) => articlePageOf(texts, number));
  const characters = Math.round(pages.reduce((sum, page) => sum + page.length, 0) / PAGES);
  const pageAt = (nth: number): string => pages[nth] ?? '';
  const row = {
    key: 'http://s1.test/news/1.html',
    url: 'http://s1.test/news/1.html',
    title: '通知',
    text: '',
    published: '',
    publishedFrom: 'page',
    needsArticle: true,
  } as const;
  const rule = {
    kind: 'listPage',
    itemSelector: 'li',
    linkSelector: 'a',
    interactionSelectors: [],
  } as const;
  const ours: Work = (nth) => withArticle(row, pageAt(nth), rule as never);
  const seconds = await inTurns(
    { ours, readability: (nth) => readabilityArticle(pageAt(nth)) },
    PAGES,
  );
  const speedOf = (name: string): number => Math.round(PAGES / (seconds.get(name) ?? Number.NaN));
  return {
    what: '从网页取出正文的速度',
    asked: '≥ 800 页/秒',
    measured: `${speedOf('ours')} 页/秒`,
    isMet: speedOf('ours') >= 800,
    how: `${PAGES} 个文章页，平均 ${characters} 字符，不用选择器；轮流 ${ROUNDS} 次取中位数；Readability 加 linkedom ${speedOf('readability')} 页/秒`,
  };
}
