import RssParser from 'rss-parser';
import { written, type FeedEntry } from './feed-entry.ts';

const MOST_CHARACTERS = 1_000_000;
const BARE_AMPERSAND = /&(?!#?\w{1,10};)/g;
/** rss-parser looks for the end of each tag up to the end of its text: tags times characters is what it may cost. */
const TAG = /<|&lt;/g;
const MOST_STEPS = 200_000_000;
/** Its XML parser reads a declaration that it does not know anew with each character. */
const DECLARATION = /<!(?!--|\[CDATA\[|DOCTYPE\s)/i;
/** It puts the text of inline markup out of order. */
const XHTML = /\btype\s*=\s*["'](?:xhtml|application\/xhtml\+xml)/i;

/**
 * Entries of a small feed that is almost well-formed, by rss-parser.
 *
 * @throws when rss-parser does, or when the feed is none for it
 */
export async function rssParserEntries(text: string, base: string): Promise<readonly FeedEntry[]> {
  const isHarmless =
    text.length <= MOST_CHARACTERS && !DECLARATION.test(text) && stepsFor(text) <= MOST_STEPS;
  if (!isHarmless || XHTML.test(text)) throw new RangeError('not for rss-parser');
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

const stepsFor = (text: string): number => (text.match(TAG)?.length ?? 0) * text.length;

/** Elements with attributes come as objects where nothing was expected. */
const string = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value : undefined;
