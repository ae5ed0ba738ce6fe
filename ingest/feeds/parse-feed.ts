import { digestOf, Unreadable } from '#core';
import type { FeedEntry, Written } from './feed-entry.ts';
import { jsonEntries } from './json-entries.ts';
import { xmlEntries } from './xml-entries.ts';
import { htmlToText, tidy } from '../pages/page-text.ts';
import { oneLine, type ReadItem } from '../read-item.ts';

// eslint-disable-next-line no-control-regex -- these are what breaks XML parsers
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g;
/** More than any feed has; what comes after them is left. */
const MOST_ENTRIES = 5_000;
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
export function parseFeed(text: string, base: string): ParsedFeed {
  const entries = feedEntries(text, base);
  const items = entries.flatMap((entry): ReadItem[] => {
    const item = toItem(entry, base);
    return item ? [item] : [];
  });
  return { items, unparsable: entries.length - items.length };
}

/**
 * The entries of a feed of any format.
 *
 * @throws {Unreadable} when it is no feed
 */
export function feedEntries(text: string, base: string): readonly FeedEntry[] {
  const clean = text.replace(CONTROL, '');
  try {
    const entries = /^\s*\{/.test(clean)
      ? jsonEntries(clean, base, MOST_ENTRIES)
      : xmlEntries(clean, base, MOST_ENTRIES);
    if (entries) return entries;
  } catch (cause) {
    throw new Unreadable('订阅源', cause);
  }
  throw new Unreadable('订阅源', undefined);
}

function toItem(entry: FeedEntry, feedUrl: string): ReadItem | undefined {
  const title = oneLine(textOf(entry.title));
  const text = textOf(entry.text);
  if (title === '' && text === '') return undefined;
  return {
    // Without either, entries would all be one under the feed's own address.
    key: entry.id ?? entry.link ?? (title || digestOf(text)),
    url: entry.link ?? feedUrl,
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
