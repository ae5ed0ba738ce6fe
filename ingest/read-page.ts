import { Unreadable } from '#core';
import { articleText, loadPage, tidy } from './page-text.ts';
import { parseFeed, type ParsedFeed } from './parse-feed.ts';
import { readCount, resolveUrl, type ReadItem } from './read-item.ts';
import type { ReaderRule } from './source.ts';

type ListPage = Extract<ReaderRule, { kind: 'listPage' }>;
type JsonList = Extract<ReaderRule, { kind: 'jsonList' }>;

/**
 * Takes a source's page apart into items.
 *
 * @param base address the page came from
 * @throws {Unreadable} when nothing of it can be understood
 */
export async function readPage(
  text: string,
  reader: ReaderRule,
  base: string,
): Promise<ParsedFeed> {
  switch (reader.kind) {
    case 'feed':
      return await parseFeed(text, base);
    case 'listPage':
      return readListPage(text, reader, base);
    case 'jsonList':
      return readJsonList(text, reader, base);
    default:
      return reader satisfies never;
  }
}

function readListPage(html: string, rule: ListPage, base: string): ParsedFeed {
  const $ = loadPage(html);
  const rows = $(rule.itemSelector).toArray();
  if (rows.length === 0)
    throw new Unreadable(`列表（选择器 ${rule.itemSelector} 没有取到任何行）`, undefined);
  const items = rows.flatMap((row): ReadItem[] => {
    const part = (selector: string | undefined): string =>
      selector ? tidy($(row).find(selector).first().text()) : '';
    const link = $(row).find(rule.linkSelector).first();
    const url = resolveUrl(link.attr('href') ?? '', base);
    const title = part(rule.titleSelector) || tidy(link.attr('title') ?? link.text());
    if (!url || title === '') return [];
    const author = part(rule.authorSelector);
    const counts = rule.interactionSelectors.map((selector) => readCount(part(selector)));
    return [
      {
        key: url,
        url,
        title,
        text: '',
        published: part(rule.dateSelector),
        publishedFrom: 'page',
        ...(author && { author }),
        ...(counts.length > 0 && { interactions: counts.reduce((sum, count) => sum + count, 0) }),
        needsArticle: true,
      },
    ];
  });
  return { items, unparsable: rows.length - items.length };
}

function readJsonList(text: string, rule: JsonList, base: string): ParsedFeed {
  let rows: unknown;
  try {
    rows = at(JSON.parse(text), rule.itemsPath);
  } catch (cause) {
    throw new Unreadable('JSON 列表', cause);
  }
  if (!Array.isArray(rows))
    throw new Unreadable(`JSON 列表（${rule.itemsPath} 不是列表）`, undefined);
  const items = rows.flatMap((row: unknown, index): ReadItem[] => {
    const field = (path: string | undefined): string => (path ? words(at(row, path)) : '');
    const title = tidy(field(rule.fields.title));
    if (title === '') return [];
    const url = resolveUrl(field(rule.fields.url), base) ?? base;
    const counts = rule.interactionFields.map((path) => readCount(words(at(row, path))));
    const rank = readCount(field(rule.fields.rank)) || index + 1;
    return [
      {
        key: rule.fields.url ? url : title,
        url,
        title,
        text: tidy(field(rule.fields.text)),
        published: field(rule.fields.publishedAt),
        publishedFrom: 'feed',
        ...(counts.length > 0 && { interactions: counts.reduce((sum, count) => sum + count, 0) }),
        ...(rule.hotListScope && { hotRank: rank }),
        needsArticle: false,
      },
    ];
  });
  return { items, unparsable: rows.length - items.length };
}

/** The item with the text of its own page. @throws {Unreadable} when the page has none */
export function withArticle(item: ReadItem, html: string, rule: ReaderRule): ReadItem {
  if (rule.kind !== 'listPage') return item;
  const $ = loadPage(html);
  const part = (selector: string | undefined): string =>
    selector ? tidy($(selector).first().text()) : '';
  const title = part(rule.articleTitleSelector) || item.title;
  const published = part(rule.articleDateSelector) || item.published;
  const text = articleText($, rule.articleSelector);
  if (text === '') throw new Unreadable('文章正文', undefined);
  return { ...item, title, published, text, needsArticle: false };
}

function at(value: unknown, path: string): unknown {
  return path
    .split('.')
    .filter(Boolean)
    .reduce<unknown>(
      (inner, key) =>
        typeof inner === 'object' && inner !== null && Object.hasOwn(inner, key)
          ? (inner as Record<string, unknown>)[key]
          : undefined,
      value,
    );
}

const words = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';
