import { load } from 'cheerio';
import { findLists } from './find-lists.ts';
import { xmlEntries } from '../feeds/xml-entries.ts';
import { textOf } from './page-text.ts';
import { parseHtml, type MarkupElement } from './parse-markup.ts';
import { resolveUrl } from '../read-item.ts';
import { readListPage } from './read-page.ts';
import { PolledReaderSchema, type ReaderRule } from '../source.ts';

/** One way to read what lies at an address. */
export interface Discovered {
  /** The address to read in this way. */
  readonly url: string;
  readonly reader: ReaderRule;
  /** How many items it would take from the page as it is; absent for a feed, which is yet to be fetched. */
  readonly items?: number;
  /** In Chinese, for the person who chooses. */
  readonly reason: string;
}

const FEED_TYPE = /^(?:application\/(?:rss|atom|rdf)\+xml|application\/feed\+json)/i;
const FEED_ADDRESS = /(?:^|[/._-])(?:rss|atom|feed)s?(?:[/._?=-]|$)/i;
const FEED_WORDS = /^(?:rss|atom)|订阅源|RSS订阅/i;
const OF_COMMENTS = /comment|评论|回复/i;
const MOST_FEED_LINKS = 5;
const MOST_ENTRIES = 500;
const MOST_CHARACTERS = 1_000_000;
const SHOWN_TITLE = 30;

/**
 * Proposes ways to read what lies at an address, the best first: the page as a feed, the feeds it declares, its
 * lists with dates, links that look like feeds, its lists without dates.
 */
export function discoverReaders(html: string, url: string): readonly Discovered[] {
  const text = html.slice(0, MOST_CHARACTERS);
  const itself = asFeed(text, url);
  if (itself) return [itself];
  const $ = load(parseHtml(text));
  const declared = $('link[rel~="alternate"][href]')
    .toArray()
    .filter(({ attribs }) => FEED_TYPE.test(attribs['type'] ?? ''))
    .map(({ attribs }) =>
      feed(attribs['href'] ?? '', url, `页面声明了订阅源“${attribs['title'] ?? ''}”`),
    );
  const linked = $('a[href]')
    .toArray()
    .filter((link) => {
      const path = (link.attribs['href'] ?? '').replace(/^https?:\/\/[^/]*/i, '');
      return FEED_ADDRESS.test(path) || FEED_WORDS.test(shown(link));
    })
    .slice(0, MOST_FEED_LINKS)
    .map((link) => feed(link.attribs['href'] ?? '', url, `链接“${shown(link)}”像是订阅源`));
  const lists = findLists($, url).flatMap((list): (Discovered & { hasDates: boolean })[] => {
    const { itemSelector, linkSelector, titleSelector, dateSelector } = list;
    const reader = PolledReaderSchema.parse({
      kind: 'listPage',
      itemSelector,
      linkSelector,
      ...(titleSelector && { titleSelector }),
      ...(dateSelector && { dateSelector }),
    });
    if (reader.kind !== 'listPage') return [];
    const { items } = readListPage(text, reader, url);
    if (items.length === 0) return [];
    const dates = list.hasDates ? '和日期' : '，没有日期（以文章页为准）';
    const example = items[0]?.title.slice(0, SHOWN_TITLE) ?? '';
    const reason = `${items.length} 行结构相同，每行一条链接${dates}，如“${example}”`;
    return [{ url, reader, items: items.length, reason, hasDates: list.hasDates }];
  });
  const isOfComments = ({ url, reason }: Discovered): boolean => OF_COMMENTS.test(url + reason);
  const feeds = declared.flatMap((one) => one ?? []);
  return distinct([
    ...feeds.filter((one) => !isOfComments(one)),
    ...lists.filter(({ hasDates }) => hasDates),
    ...linked.flatMap((one) => one ?? []),
    ...lists.filter(({ hasDates }) => !hasDates),
    ...feeds.filter(isOfComments),
  ]).map(({ url, reader, items, reason }) => ({
    url,
    reader,
    ...(items !== undefined && { items }),
    reason,
  }));
}

const shown = (link: MarkupElement): string =>
  textOf(link, undefined, SHOWN_TITLE).slice(0, SHOWN_TITLE);

function asFeed(text: string, url: string): Discovered | undefined {
  const items = xmlEntries(text, url, MOST_ENTRIES)?.length;
  if (!items) return undefined;
  return {
    url,
    reader: { kind: 'feed' },
    items,
    reason: `这个地址本身就是订阅源，现有 ${items} 条`,
  };
}

function feed(href: string, base: string, reason: string): Discovered | undefined {
  const url = resolveUrl(href, base);
  return url === undefined ? undefined : { url, reader: { kind: 'feed' }, reason };
}

function distinct(all: readonly Discovered[]): readonly Discovered[] {
  const known = new Set<string>();
  return all.filter(({ url, reader }) => {
    const key = JSON.stringify([url, reader]);
    const isNew = !known.has(key);
    known.add(key);
    return isNew;
  });
}
