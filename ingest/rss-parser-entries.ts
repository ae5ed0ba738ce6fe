import RssParser from 'rss-parser';
import { written, type FeedEntry } from './feed-entry.ts';

const MOST_CHARACTERS = 1_000_000;
const BARE_AMPERSAND = /&(?!#?\w{1,10};)/g;
/** rss-parser looks for the end of each tag inside a text up to the text's end: tags times characters, as it costs. */
const TAG = /<\/?(?:h|br|p|ul|ol|li|blockquote|section|table|tr|div)|&lt;\/?[a-z]/gi;
const MOST_STEPS = 50_000_000;
/** It puts the text of inline markup out of order. */
const XHTML = /\btype\s*=\s*["'](?:xhtml|application\/xhtml\+xml)/i;

/**
 * Entries of a small feed that is almost well-formed, by rss-parser.
 *
 * @throws when rss-parser does, or when the feed is none for it
 */
export async function rssParserEntries(text: string, base: string): Promise<readonly FeedEntry[]> {
  if (text.length > MOST_CHARACTERS || XHTML.test(text) || stepsFor(text) > MOST_STEPS) {
    throw new RangeError('not for rss-parser');
  }
  const feed = await new RssParser().parseString(text.replace(BARE_AMPERSAND, '&amp;'));
  return feed.items.map((item) => ({
    base,
    id: string(item.guid) ?? string(item['id']),
    link: string(item.link),
    title: written(string(item.title)),
    text: written(string(item['content:encoded']) ?? string(item.content) ?? string(item.summary)),
    published: string(item.pubDate) ?? string(item['dc:date']) ?? string(item.isoDate),
    author: string(item.creator) ?? string(item['author']),
  }));
}

function stepsFor(text: string): number {
  return text
    .split(/<(?:\w+:)?(?:item|entry)\b/i)
    .reduce((sum, entry) => sum + (entry.match(TAG)?.length ?? 0) * entry.length, 0);
}

/** Elements with attributes come as objects where nothing was expected. */
const string = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value : undefined;
