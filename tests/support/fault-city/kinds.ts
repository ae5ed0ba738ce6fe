import type { FunnelColumn, SourceTrouble } from '#ingest';

/** What a site does instead of answering. */
export type Fault =
  /** Takes the request and never says a word. */
  | 'hang'
  /** Breaks off in the middle of the page. */
  | 'halfPage'
  /** Sends a byte now and then and never comes to an end. */
  | 'drip'
  /** Closes the connection. */
  | 'refuse'
  /** Sends the page, but in pieces. */
  | 'slow'
  | 'bomb'
  /** Answers 200 with a page that is no feed. */
  | 'otherPage'
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>> };

/** How one entry is written, and in which column it has to end when it is first read. */
export interface Entry {
  readonly column: FunnelColumn;
  readonly title?: string;
  readonly text?: string;
  /** As the site writes it, instead of the truth. */
  readonly published?: string;
}

export interface SiteKind {
  readonly what: string;
  /** Of 120 sites. */
  readonly count: number;
  readonly page: 'feed' | 'list';
  /** Sites that cost the test real time wait together. */
  readonly pollEveryMinutes?: number;
  readonly perHour?: number;
  /** Entries on the page, the newest first. */
  readonly shown?: number;
  readonly encoding?: 'gb2312';
  readonly hasEtag?: boolean;
  /** Four weeks of its habit are known before the day begins. */
  readonly isKnownForWeeks?: boolean;
  /** Hours since the day began; what stands for pages, and for the article pages where it says so. */
  readonly fault?: (hour: number) => Fault | undefined;
  readonly articleFault?: (hour: number, number: number) => Fault | undefined;
  /** The last hour in which it publishes. */
  readonly lastHour?: number;
  /** Items published before the day began; they bear negative numbers. */
  readonly backlog?: number;
  /** Items of one minute at hour 11: more than the page shows. */
  readonly burst?: number;
  /** The n-th entry, where it is not an ordinary one. */
  readonly entry?: (number: number) => Entry | undefined;
  /** How the feed names its entries; by their address unless it is said here. */
  readonly guid?: string;
  readonly isEachTwice?: boolean;
  readonly isBrokenXml?: boolean;
  readonly isHttps?: boolean;
  /** Sites with the same word publish the same texts at the same moments. */
  readonly sharedWith?: string;
  /** What the office is told of it in the whole day, in order. */
  readonly news: readonly SourceTrouble['kind'][];
}

const during =
  (from: number, to: number, fault: Fault) =>
  (hour: number): Fault | undefined =>
    hour >= from && hour < to ? fault : undefined;
const always = (fault: Fault) => (): Fault => fault;

const OLD_NOTICE = '关于做好防汛工作的通知，请各单位遵照执行。\n临江市应急管理局\n2021年5月8日';

/** Every way in which sites of a city trouble who reads them, on one day. */
export const SITE_KINDS: readonly SiteKind[] = [
  { what: 'a feed', count: 16, page: 'feed', news: [] },
  {
    what: 'a feed that says when it did not change',
    count: 12,
    page: 'feed',
    hasEtag: true,
    news: [],
  },
  { what: 'a list page', count: 10, page: 'list', news: [] },
  {
    what: 'a list page that says when it did not change',
    count: 6,
    page: 'list',
    hasEtag: true,
    news: [],
  },
  { what: 'a feed in GB2312', count: 3, page: 'feed', encoding: 'gb2312', news: [] },
  { what: 'a list page in GB2312', count: 3, page: 'list', encoding: 'gb2312', news: [] },
  { what: 'a feed with bare ampersands', count: 3, page: 'feed', isBrokenXml: true, news: [] },
  { what: 'feeds of one press agency', count: 4, page: 'feed', sharedWith: 'agency', news: [] },
  {
    what: 'a feed that shows each item twice',
    count: 3,
    page: 'feed',
    isEachTwice: true,
    news: [],
  },
  {
    what: 'a list page that links each item twice',
    count: 2,
    page: 'list',
    isEachTwice: true,
    news: [],
  },
  {
    what: 'a feed that gives all items one guid',
    count: 2,
    page: 'feed',
    guid: 'https://same.test/',
    news: [],
  },
  {
    what: 'a feed with wrong dates, marks of secrecy and empty entries',
    count: 4,
    page: 'feed',
    entry: (number) =>
      (
        [
          undefined,
          // The future is nobody's date, nor is where systems begin to count: both count as just seen.
          { column: 'new', published: 'Fri, 01 Jan 2038 00:00:00 GMT' },
          { column: 'new', published: 'Thu, 01 Jan 1970 00:00:00 GMT' },
          { column: 'old', text: OLD_NOTICE },
          { column: 'refused', text: '机密★一年　某某文件正文' },
          { column: 'unparsable', title: '', text: '' },
          undefined,
        ] as const
      )[number % 7],
    news: [],
  },
  { what: 'a feed that is slow', count: 2, page: 'feed', fault: during(1, 3, 'slow'), news: [] },
  {
    what: 'a site that does not answer for hours',
    count: 3,
    page: 'feed',
    pollEveryMinutes: 40,
    fault: during(3, 4.5, 'hang'),
    news: ['noSuccess', 'recovered'],
  },
  {
    what: 'a site that breaks off in the middle',
    count: 3,
    page: 'feed',
    fault: during(5, 7, 'halfPage'),
    news: ['noSuccess', 'recovered'],
  },
  {
    what: 'a page that never comes to an end',
    count: 2,
    page: 'feed',
    pollEveryMinutes: 40,
    fault: during(16, 17.5, 'drip'),
    news: ['noSuccess', 'recovered'],
  },
  {
    what: 'a page that unpacks to fifty megabytes',
    count: 2,
    page: 'feed',
    fault: during(7, 8.9, 'bomb'),
    news: ['noSuccess', 'recovered'],
  },
  {
    what: 'a site under repair that says 200',
    count: 2,
    page: 'feed',
    fault: during(4, 6, 'otherPage'),
    news: ['noSuccess', 'recovered'],
  },
  {
    what: 'a site that asks to be left alone for 100 minutes',
    count: 3,
    page: 'feed',
    fault: during(6, 7, { status: 429, headers: { 'retry-after': '6000' } }),
    news: ['blocked', 'recovered'],
  },
  {
    what: 'a site that asks to be left alone until nine',
    count: 2,
    page: 'list',
    fault: during(6, 7, {
      status: 429,
      headers: { 'retry-after': 'Mon, 02 Mar 2026 01:00:00 GMT' },
    }),
    news: ['blocked', 'recovered'],
  },
  {
    what: 'a site that refuses us',
    count: 3,
    page: 'feed',
    fault: always({ status: 403 }),
    news: ['blocked'],
  },
  {
    what: 'a site with a certificate nobody vouches for',
    count: 2,
    page: 'feed',
    isHttps: true,
    news: ['noSuccess'],
  },
  {
    what: 'a site that moved to another name',
    count: 3,
    page: 'list',
    fault: always({ status: 301, headers: { location: 'moved' } }),
    news: [],
  },
  {
    what: 'a redirect in a circle',
    count: 2,
    page: 'feed',
    fault: always({ status: 302, headers: { location: '/' } }),
    news: ['noSuccess'],
  },
  {
    what: 'a site that sends us to an address inside from noon',
    count: 2,
    page: 'feed',
    fault: during(12, 24, { status: 302, headers: { location: 'http://10.0.0.1/admin' } }),
    news: ['noSuccess'],
  },
  {
    what: 'article pages that fail for a morning',
    count: 2,
    page: 'list',
    articleFault: during(7, 11, { status: 503 }),
    news: ['noSuccess', 'recovered'],
  },
  {
    what: 'a list page that ends in dead links',
    count: 2,
    page: 'list',
    shown: 40,
    backlog: 25,
    articleFault: (_hour, number) => (number < -2 ? { status: 404 } : undefined),
    news: [],
  },
  {
    what: 'a site known for weeks that goes on',
    count: 4,
    page: 'feed',
    isKnownForWeeks: true,
    hasEtag: true,
    perHour: 2,
    news: [],
  },
  {
    what: 'a site that answers and has nothing new from nine on',
    count: 5,
    page: 'feed',
    isKnownForWeeks: true,
    hasEtag: true,
    perHour: 2,
    lastHour: 9,
    news: ['quiet'],
  },
  {
    what: 'a site that is dead from nine on',
    count: 6,
    page: 'feed',
    fault: during(9, 24, 'refuse'),
    news: ['noSuccess'],
  },
  {
    what: 'a feed that rolls over between two looks',
    count: 2,
    page: 'feed',
    shown: 10,
    burst: 25,
    news: [],
  },
];
