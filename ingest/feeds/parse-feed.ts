import { digestOf, Unreadable } from '#core';
import type { FeedEntry, Written } from './feed-entry.ts';
import { feedTreeEntries } from './feed-tree.ts';
import { feedsmithEntries } from './feedsmith-entries.ts';
import { htmlToText, tidy } from '../pages/page-text.ts';
import { oneLine, resolveUrl, type ReadItem } from '../read-item.ts';
import { rssParserEntries } from './rss-parser-entries.ts';

// eslint-disable-next-line no-control-regex -- these are what breaks XML parsers
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g;
/** What feedsmith does not give back: addresses and encodings of single elements, and authors in markup. */
const FINER =
  /\bxml:base\s*=|\bmode\s*=\s*["']base64|\btype\s*=\s*["'](?:application\/(?!xhtml)|audio|image|video)|<dc:author\b|<author>\s*(?:<!\[CDATA\[\s*)?(?:<|&lt;)[a-z]/i;
const OPENED = /<(?:[a-z]\w*:)?(?:item|entry)[\s>]/gi;
/** More than any feed has; what comes after them is left. */
const MOST_ENTRIES = 5_000;
/** Beyond it feedsmith takes too long; the tree has a limit of its own. */
const MOST_TAGS = 200_000;
const TITLE_FROM_TEXT = 40;

/** What a feed holds; `unparsable` counts entries with neither title nor text. */
export interface ParsedFeed {
  readonly items: readonly ReadItem[];
  readonly unparsable: number;
}

/**
 * Reads RSS, Atom, RDF and JSON feeds.
 *
 * @param base address of the feed, for relative links
 * @throws {Unreadable} when it is no feed
 */
export async function parseFeed(text: string, base: string): Promise<ParsedFeed> {
  const entries = await feedEntries(text, base);
  const items = entries.flatMap((entry): ReadItem[] => {
    const item = toItem(entry, base);
    return item ? [item] : [];
  });
  return { items, unparsable: entries.length - items.length };
}

/**
 * The entries of a feed: by feedsmith, else by rss-parser, else by what its tree of elements shows.
 *
 * @throws {Unreadable} when it is no feed
 */
export async function feedEntries(text: string, base: string): Promise<readonly FeedEntry[]> {
  const clean = text.replace(CONTROL, '');
  const byTree = (): readonly FeedEntry[] | undefined => feedTreeEntries(clean, base, MOST_ENTRIES);
  const opened = count(clean, OPENED);
  const isForTree = FINER.test(clean) || opened > MOST_ENTRIES || count(clean, /</g) > MOST_TAGS;
  const first = isForTree ? byTree() : undefined;
  if (first) return first;
  try {
    return completed(feedsmithEntries(clean, base, MOST_ENTRIES), opened, byTree);
  } catch (cause) {
    const second = await secondReading(clean, base);
    if (second.length > 0) return completed(second, opened, byTree);
    const entries = byTree();
    if (!entries) throw new Unreadable('订阅源', cause);
    return entries;
  }
}

/** The libraries may stop where a feed is broken and be content with what they have; and they know fewer places for texts. */
function completed(
  entries: readonly FeedEntry[],
  opened: number,
  byTree: () => readonly FeedEntry[] | undefined,
): readonly FeedEntry[] {
  if (entries.length >= opened && entries.every(({ text }) => text)) return entries;
  const more = byTree() ?? [];
  if (more.length > entries.length) return more;
  if (more.length < entries.length) return entries;
  return entries.map((entry, index) => ({
    ...entry,
    title: entry.title ?? more[index]?.title,
    text: entry.text ?? more[index]?.text,
  }));
}

/** Nothing when rss-parser cannot help; what it says of a broken feed helps nobody. */
async function secondReading(text: string, base: string): Promise<readonly FeedEntry[]> {
  try {
    return (await rssParserEntries(text, base)).slice(0, MOST_ENTRIES);
  } catch {
    return [];
  }
}

const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

function toItem(entry: FeedEntry, feedUrl: string): ReadItem | undefined {
  const title = oneLine(textOf(entry.title));
  const text = textOf(entry.text);
  if (title === '' && text === '') return undefined;
  const link = entry.link ? resolveUrl(entry.link, entry.base) : undefined;
  return {
    // Without either, entries would all be one under the feed's own address.
    key: entry.id ?? link ?? (title || digestOf(text)),
    url: link ?? feedUrl,
    title: title || text.slice(0, TITLE_FROM_TEXT),
    text,
    published: oneLine(entry.published ?? ''),
    publishedFrom: 'feed',
    ...(entry.author && { author: entry.author }),
    needsArticle: false,
  };
}

function textOf(written: Written | undefined): string {
  if (!written) return '';
  return written.isMarkup ? htmlToText(written.value) : tidy(written.value);
}
