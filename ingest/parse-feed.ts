import { parseFeed as parseWithFeedsmith } from 'feedsmith';
import RssParser from 'rss-parser';
import { z } from 'zod';
import { Unreadable } from '#core';
import { htmlToText } from './page-text.ts';
import { resolveUrl, type ReadItem } from './read-item.ts';

/** rss-parser is slow on hostile input: it only sees small feeds that feedsmith could not read. */
const MOST_SALVAGED_CHARACTERS = 1_000_000;
// eslint-disable-next-line no-control-regex -- these are what breaks XML parsers
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g;
const BARE_AMPERSAND = /&(?!#?\w{1,10};)/g;

const Value = z.union([
  z.string(),
  z.object({ value: z.string() }).transform(({ value }) => value),
]);
const Maybe = Value.optional().catch(undefined);
/** The fields we store, under the names the formats give them. */
const EntrySchema = z.looseObject({
  title: Maybe,
  link: Maybe,
  url: Maybe,
  links: z
    .array(z.object({ href: z.string().optional(), rel: z.string().optional() }))
    .optional()
    .catch(undefined),
  guid: Maybe,
  id: Maybe,
  pubDate: Maybe,
  published: Maybe,
  updated: Maybe,
  date_published: Maybe,
  dc: z.looseObject({ date: Maybe, creator: Maybe }).optional().catch(undefined),
  description: Maybe,
  summary: Maybe,
  content: z
    .union([Value, z.looseObject({ encoded: Maybe })])
    .optional()
    .catch(undefined),
  content_html: Maybe,
  content_text: Maybe,
  author: Maybe,
});
type Entry = z.infer<typeof EntrySchema>;

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
  const entries = await entriesOf(text.replace(CONTROL, ''));
  const items: ReadItem[] = [];
  let unparsable = 0;
  for (const entry of entries) {
    const item = toItem(entry, base);
    if (item) items.push(item);
    else unparsable += 1;
  }
  return { items, unparsable };
}

async function entriesOf(text: string): Promise<unknown[]> {
  try {
    const { feed } = parseWithFeedsmith(text) as {
      feed: { items?: unknown[]; entries?: unknown[] };
    };
    return feed.items ?? feed.entries ?? [];
  } catch (cause) {
    return await salvage(text, cause);
  }
}

async function salvage(text: string, cause: unknown): Promise<unknown[]> {
  if (text.length > MOST_SALVAGED_CHARACTERS) throw new Unreadable('订阅源', cause);
  try {
    const parser = new RssParser();
    const feed = await parser.parseString(text.replace(BARE_AMPERSAND, '&amp;'));
    return feed.items.map((item) => ({ ...item, id: item.guid, published: item.isoDate }));
  } catch {
    throw new Unreadable('订阅源', cause);
  }
}

function toItem(value: unknown, base: string): ReadItem | undefined {
  const parsed = EntrySchema.safeParse(value);
  if (!parsed.success) return undefined;
  const entry = parsed.data;
  const title = htmlToText(entry.title ?? '');
  const text = htmlToText(bodyOf(entry));
  if (title === '' && text === '') return undefined;
  const url = linkOf(entry, base) ?? base;
  const author = entry.author ?? entry.dc?.creator;
  return {
    key: entry.guid ?? entry.id ?? url,
    url,
    title: title || text.slice(0, 40),
    text,
    published:
      entry.pubDate ??
      entry.published ??
      entry.date_published ??
      entry.dc?.date ??
      entry.updated ??
      '',
    publishedFrom: 'feed',
    ...(author && { author }),
    needsArticle: false,
  };
}

function bodyOf({ content, content_html, content_text, description, summary }: Entry): string {
  const inner = typeof content === 'string' ? content : content?.encoded;
  return inner ?? content_html ?? content_text ?? description ?? summary ?? '';
}

function linkOf({ link, url, links, guid }: Entry, base: string): string | undefined {
  const alternate =
    links?.find(({ rel }) => rel === undefined || rel === 'alternate') ?? links?.[0];
  const written = link ?? url ?? alternate?.href ?? (guid?.startsWith('http') ? guid : undefined);
  return written === undefined ? undefined : resolveUrl(written, base);
}
