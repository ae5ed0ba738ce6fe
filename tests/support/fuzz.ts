import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { AppError } from '#core';
import { SourceSchema } from '#ingest';
import { seeded } from '../../bench/support/texts.ts';
import { decodeText } from '../../ingest/text/decode-text.ts';
import { discoverReaders } from '../../ingest/pages/discover-readers.ts';
import type { ReadItem } from '../../ingest/read-item.ts';
import { olderPageUrl, readPage, withArticle } from '../../ingest/pages/read-page.ts';
import { PolledReaderSchema, type ReaderRule } from '../../ingest/source.ts';
import { judgeItem } from '../../ingest/to-post.ts';
import { mutate } from './mutate.ts';

/** One hostile input and how it came; the same seed gives the same. */
export interface FuzzInput {
  readonly seed: number;
  readonly bytes: Uint8Array;
  readonly contentType: string;
  readonly reader: ReaderRule;
}

const URL_READ = 'https://fuzz.test/list/index.html';
const NOW = new Date('2026-03-02T04:00:00Z');
const MOST_ITEMS = 20;
const FOLDERS = ['pages', 'fuzz-seeds'];
const FEEDS = [
  `<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>霖江</title><link>https://fuzz.test/</link>
   <item><title>停水通知</title><link>/a</link><guid isPermaLink="false">1</guid><description><![CDATA[<p>因检修，今日停水。</p>]]></description><content:encoded>&lt;p&gt;全文&amp;nbsp;&lt;/p&gt;</content:encoded><pubDate>Mon, 02 Mar 2026 10:00:00 +0800</pubDate><author>a@b.cn (某某)</author></item>
   <item><title>第二条 &amp; 其他</title><link>/b</link><dc:date>2026-03-02T09:00:00+08:00</dc:date><description>正文</description></item></channel></rss>`,
  `<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://fuzz.test/x/"><title>t</title><entry><title type="html">&lt;b&gt;标题&lt;/b&gt;</title><link rel="alternate" href="1.html"/><id>urn:1</id><published>2026-03-02T10:00:00+08:00</published><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">正<b>文</b>尾<p>段</p></div></content><author><name>某某</name></author></entry></feed>`,
  `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><channel><title>t</title></channel><item rdf:about="https://fuzz.test/1"><title>标题</title><link>https://fuzz.test/1</link><description>正文</description></item></rdf:RDF>`,
  JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    items: [
      {
        id: '1',
        url: '/1',
        title: '标题',
        content_html: '<p>正文</p>',
        date_published: '2026-03-02',
      },
    ],
    data: { list: [{ word: '停水', url: '/hot/1', num: '1.2万' }] },
  }),
];
export const CONTENT_TYPES = [
  '',
  'text/html',
  'text/html; charset=utf-8',
  'text/html; charset=gb2312',
  'text/html;charset="gbk',
  'application/rss+xml; charset=big5',
  'application/xml; charset=utf-16',
  'text/xml; charset=iso-8859-1',
  'application/json',
  'text/html; charset=x-unknown-\u0000',
];
const READERS: readonly ReaderRule[] = [
  { kind: 'feed' },
  {
    kind: 'listPage',
    itemSelector: 'li, tr, .news-card',
    dateSelector: 'span',
    authorSelector: 'cite',
    interactionSelectors: ['.num a', 'em'],
    mostPages: 3,
  },
  {
    kind: 'jsonList',
    itemsPath: 'data.list',
    fields: { title: 'word', url: 'url' },
    interactionFields: ['num'],
  },
].map((reader) => PolledReaderSchema.parse(reader));

const source = SourceSchema.parse({
  id: 'fuzz',
  name: '模糊测试',
  kind: 'forum',
  inputPath: 'publicPage',
  mediaTier: 'M1',
  outletKind: 'individual',
  url: URL_READ,
  reader: { kind: 'feed' },
});

/** What inputs are made from: feeds of every format, our sample pages, and what once broke something. */
const CORPUS: readonly Uint8Array[] = [
  ...FEEDS.map((feed) => Buffer.from(feed)),
  ...FOLDERS.flatMap((folder) => {
    const path = fileURLToPath(new URL(`../fixtures/${folder}/`, import.meta.url));
    return readdirSync(path)
      .sort()
      .map((name) => readFileSync(path + name));
  }),
];
/** Now and then a page is read as what it is not. */
const MISREAD_RATIO = 0.1;

/** What an input is made from. */
const BASES = {
  any: CORPUS,
  feed: CORPUS.slice(0, FEEDS.length),
  page: CORPUS.slice(FEEDS.length),
};

/** The input of a seed, made from any of the corpus, its feeds only, or its pages only. */
export function fuzzInput(seed: number, from: keyof typeof BASES = 'any'): FuzzInput {
  const random = seeded(seed);
  const one = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const base = one(BASES[from]);
  const bytes = mutate(base, CORPUS, random);
  const fitting = base[0] === '{'.charCodeAt(0) ? 2 : CORPUS.indexOf(base) < FEEDS.length ? 0 : 1;
  const reader = random() < MISREAD_RATIO ? one(READERS) : (READERS[fitting] as ReaderRule);
  return { seed, bytes, contentType: one(CONTENT_TYPES), reader };
}

/**
 * Takes an input the whole pure way from bytes to posts.
 *
 * @returns how reading ended; a foreseen failure is an end like another
 * @throws what nobody foresaw
 */
export function takeThrough({ bytes, contentType, reader }: FuzzInput): string {
  const decoded = decodeText(bytes, contentType);
  if (decoded.kind === 'undecodable') return 'undecodable';
  const { text } = decoded;
  olderPageUrl(text, reader, URL_READ, 1);
  for (const found of discoverReaders(text, URL_READ)) PolledReaderSchema.parse(found.reader);
  foreseen(() => judge(withArticle(ROW, text, READERS[1] as ReaderRule)));
  return foreseen(() => {
    const { items } = readPage(text, reader, URL_READ);
    for (const item of items.slice(0, MOST_ITEMS)) judge(item);
  });
}

function foreseen(step: () => unknown): string {
  try {
    step();
    return 'read';
  } catch (error) {
    if (error instanceof AppError) return error.code;
    throw error;
  }
}

function judge(item: ReadItem): void {
  if (!/^https?:/.test(item.url)) throw new TypeError(`not a web address: ${item.url}`);
  judgeItem(item, undefined, intake());
}

const ROW: ReadItem = {
  key: 'row',
  url: 'https://fuzz.test/list/t20260302_1.html',
  title: '霖江市生态环境局关于…',
  text: '',
  published: '03-02',
  publishedFrom: 'page',
  needsArticle: true,
};

const intake = () => ({
  source,
  fetchedAt: NOW,
  rawItemId: '',
  isDrill: false,
  pseudonym: () => '0',
});
