import { AppError } from '#core';
import { decodeText } from '#ingest';
import { claimedDate } from '../../../ingest/dates/claimed-date.ts';
import { readMoment } from '../../../ingest/dates/read-date.ts';
import { parsePush } from '../../../ingest/intake/push.ts';
import { readRetryAfter } from '../../../ingest/polling/retry-after.ts';
import { parseRobots } from '../../../ingest/polling/robots.ts';
import { readCount, resolveUrl } from '../../../ingest/read-item.ts';
import { mask } from '../../../ingest/text/mask.ts';
import { hasSecrecyMark } from '../../../ingest/text/secrecy-mark.ts';
import { encodeAs } from '../../../tests/support/encode.ts';
import { CONTENT_TYPES, fuzzInput, takeThrough } from '../../../tests/support/fuzz.ts';
import { mutate } from '../../../tests/support/mutate.ts';
import { seeded } from '../../support/texts.ts';

/** A parser of what strangers write. */
export interface FuzzTarget {
  /** How many of a million inputs it gets: what is quick gets most, for it costs little. */
  readonly ofMillion: number;
  /** Makes the input of a seed and takes it. @throws what nobody foresaw */
  readonly take: (seed: number) => unknown;
}

const NOW = new Date('2026-03-02T04:00:00Z');
/** Short texts stay short: what is long is the pages' part. */
const MOST_REPEATS = 60;

/** Dates as feeds, pages and headers write them; small seeds, so that a mutation hits what matters. */
const DATES = [
  'Mon, 02 Mar 2026 10:00:00 +0800',
  '2026-03-02T10:00:00.123+08:00',
  '发布时间：2026年3月2日 10:23',
  '二〇二六年三月二日上午十时',
  '昨天 15:04',
  '3分钟前',
  '03-02 10:23',
  '星期三 下午3点',
  '农历正月十五',
  '1772416980',
  '1772416980000',
  '2026/3/2 10:23:59 GMT',
].map(toBytes);
const HEADERS = [
  ...CONTENT_TYPES,
  '120',
  'Mon, 02 Mar 2026 04:10:00 GMT',
  '/a/../b?x=%e4%bd%a0#c',
  '//user:pw@[::1]:80/x',
  '1,234.5万 次阅读',
].map(toBytes);
const ROBOTS = [
  'User-agent: *\nDisallow: /private/\nAllow: /private/open.html$\nCrawl-delay: 5\n',
  '\ufeffuser agent: Huiying\r\ndisalow: /*.php$\r\n\r\nSitemap: https://x.test/s.xml\r\n',
  'User-agent: a\nUser-agent: b\nDisallow:\n# 注释\nDisallow: /中文/%e4*?x=1\n',
].map(toBytes);
const SENTENCES =
  '滨河花园今日停水，请致电0571-12345678或13812345678，联系人某某，身份证330106199001011234，住霖江市滨河路12号3幢1单元201室，邮箱a@b.cn，卡号6222021234567890123。机密★10年 〔2026〕3号';
const TEXTS = [
  toBytes(SENTENCES),
  Buffer.from(`\ufeff${SENTENCES}`, 'utf16le'),
  encodeAs(SENTENCES.replaceAll('★', ''), 'gb18030'),
  toBytes(`<?xml version="1.0" encoding="gb2312"?><p>${SENTENCES}</p>`),
  toBytes(`<meta charset="big5">${SENTENCES}`),
];
const PUSHES = [
  '{"items":[{"key":"1","title":"停水","text":"今日停水","url":"https://a.test/1","publishedAt":"2026-03-02 10:00","interactions":3}]}',
  '{"items":[{"text":"路灯不亮","author":"某某"}]}',
].map(toBytes);

export const FUZZ_TARGETS: Readonly<Record<string, FuzzTarget>> = {
  dates: {
    ofMillion: 325_000,
    take: (seed) => {
      const text = textFrom(DATES, seed);
      readMoment(text, NOW);
      claimedDate(text, NOW);
      readRetryAfter(text, NOW.getTime());
    },
  },
  headers: {
    ofMillion: 260_000,
    take: (seed) => {
      const text = textFrom(HEADERS, seed);
      const random = seeded(seed);
      const body = TEXTS[Math.floor(random() * TEXTS.length)] ?? new Uint8Array();
      decodeText(body, text);
      readRetryAfter(text, NOW.getTime());
      readCount(text);
      const url = resolveUrl(text, 'https://fuzz.test/list/');
      if (url !== undefined && !/^https?:\/\//.test(url)) throw new TypeError(`no address: ${url}`);
    },
  },
  robots: {
    ofMillion: 160_000,
    take: (seed) => {
      const robots = parseRobots(textFrom(ROBOTS, seed));
      robots.isAllowed('https://x.test/private/open.html?x=1', 'huiying');
      const delayMs = robots.crawlDelayMs('huiying');
      if (delayMs !== undefined && !(delayMs >= 0)) throw new RangeError(`delay ${delayMs}`);
    },
  },
  encodings: {
    ofMillion: 110_000,
    take: (seed) => decodeText(bytesFrom(TEXTS, seed), ''),
  },
  texts: {
    ofMillion: 60_000,
    take: (seed) => {
      const text = textFrom(TEXTS, seed);
      mask(text);
      hasSecrecyMark(text);
    },
  },
  pushes: {
    ofMillion: 10_000,
    take: (seed) => foreseen(() => parsePush(textFrom(PUSHES, seed))),
  },
  feeds: { ofMillion: 50_000, take: (seed) => takeThrough(fuzzInput(seed, 'feed')) },
  pages: { ofMillion: 25_000, take: (seed) => takeThrough(fuzzInput(seed, 'page')) },
};

function bytesFrom(corpus: readonly Uint8Array[], seed: number): Uint8Array {
  const random = seeded(seed);
  const base = corpus[Math.floor(random() * corpus.length)] ?? new Uint8Array();
  return mutate(base, corpus, random, MOST_REPEATS);
}

/** Broken characters included, as a lenient decoder leaves them. */
const textFrom = (corpus: readonly Uint8Array[], seed: number): string =>
  new TextDecoder().decode(bytesFrom(corpus, seed));

function toBytes(text: string): Uint8Array {
  return Buffer.from(text);
}

function foreseen(step: () => unknown): void {
  try {
    step();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
  }
}
