import { load, type CheerioAPI } from 'cheerio';
import { Unreadable } from '#core';
import { articleFacts, dayInAddress, TIME_OF_DAY } from './article-facts.ts';
import { contentFrame } from './content-frame.ts';
import { isDefaultDate } from '../dates/published-moment.ts';
import { findArticle } from './find-article.ts';
import { partText, textOf, tidy } from './page-text.ts';
import { isElement, isTooBigForRow, parseHtml } from './parse-markup.ts';
import { InFrame } from './read-fetched.ts';
import { parseFeed, type ParsedFeed } from '../feeds/parse-feed.ts';
import { oneLine, readCount, resolveUrl, type ReadItem } from '../read-item.ts';
import type { ReaderRule } from '../source.ts';

/** More than any list shows. */
const MOST_ROWS = 2_000;

/** What the link to the older rows says, with or without an arrow. */
const NEXT_PAGE = /^[\s›»>→]*(?:下一?页|下页|后一页|next(?: page)?)[\s›»>→]*$/i;
const MOST_LINK_CHARACTERS = 20;

type ListPage = Extract<ReaderRule, { kind: 'listPage' }>;
type JsonList = Extract<ReaderRule, { kind: 'jsonList' }>;

/**
 * Takes a source's page apart into items.
 *
 * @param base address the page came from
 * @throws {Unreadable} when nothing of it can be understood
 */
export function readPage(text: string, reader: ReaderRule, base: string): ParsedFeed {
  switch (reader.kind) {
    case 'feed':
      return parseFeed(text, base);
    case 'listPage':
      return readListPage(text, reader, base);
    case 'jsonList':
      return readJsonList(text, reader, base);
    default:
      return reader satisfies never;
  }
}

/**
 * Takes a list page apart; a row without a link or a title counts as unparsable.
 *
 * @throws {InFrame} when the page shows the list in a frame, {Unreadable} when the selector finds no row
 */
export function readListPage(html: string, rule: ListPage, url: string): ParsedFeed {
  const page = parseHtml(html);
  const $ = load(page);
  const rows = $(rule.itemSelector).toArray().slice(0, MOST_ROWS);
  if (rows.length === 0) {
    const frame = contentFrame(page, url);
    if (frame) throw new InFrame('列表', frame);
    throw new Unreadable(`列表（选择器 ${rule.itemSelector} 没有取到任何行）`, undefined);
  }
  const base = baseOf($, url);
  const items = rows.flatMap((element): ReadItem[] => {
    if (isElement(element) && isTooBigForRow(element)) return [];
    const row = $(element);
    const part = (selector: string | undefined): string =>
      selector ? row.find(selector).slice(0, 1).toArray().map(partText).join('') : '';
    const link = row.is(rule.linkSelector) ? row : row.find(rule.linkSelector).first();
    const url = resolveUrl(link.attr('href') ?? '', base);
    const title = oneLine(
      part(rule.titleSelector) || tidy(link.attr('title') ?? link.toArray().map(partText).join('')),
    );
    if (!url || title === '') return [];
    const author = part(rule.authorSelector);
    const counts = rule.interactionSelectors.map((selector) => readCount(part(selector)));
    return [
      {
        key: url,
        url,
        title,
        text: '',
        published: oneLine(part(rule.dateSelector)),
        publishedFrom: 'page',
        ...(author && { author }),
        ...(counts.length > 0 && { interactions: counts.reduce((sum, count) => sum + count, 0) }),
        needsArticle: true,
      },
    ];
  });
  return { items, unparsable: rows.length - items.length };
}

/**
 * The address of the page with the older rows.
 *
 * @param pagesRead how many pages of this list were read in this look, the given one counted
 * @returns undefined when there is none, or enough were read
 */
export function olderPageUrl(
  html: string,
  rule: ReaderRule,
  url: string,
  pagesRead: number,
): string | undefined {
  if (rule.kind !== 'listPage' || pagesRead >= rule.mostPages) return undefined;
  if (rule.pageUrl) {
    return rule.pageUrl.replaceAll('{n}', String(rule.secondPageNumber + pagesRead - 1));
  }
  const $ = load(parseHtml(html));
  const [link] = rule.nextPageSelector
    ? $(rule.nextPageSelector).toArray()
    : $('a[href]')
        .toArray()
        .filter((one) => NEXT_PAGE.test(textOf(one, undefined, MOST_LINK_CHARACTERS)));
  const href = link && isElement(link) ? link.attribs['href'] : undefined;
  const older = href ? resolveUrl(href, baseOf($, url)) : undefined;
  // On the last page many sites let the link lead to the page itself.
  const isElsewhere = older !== resolveUrl(url, url);
  return older && isElsewhere && new URL(older).host === new URL(url).host ? older : undefined;
}

/** Against what the page means its links: it may name another address than its own. */
function baseOf($: CheerioAPI, url: string): string {
  const named = $('base[href]').first().attr('href');
  return (named && resolveUrl(named, url)) ?? url;
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
    const title = oneLine(tidy(field(rule.fields.title)));
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

/**
 * The item with the text of its own page. Title and moment are taken by selector, else as the page itself gives them,
 * else as the list gave them.
 *
 * @param url address the page came from
 * @throws {InFrame} when the page shows the text in a frame, {Unreadable} when it has none
 */
export function withArticle(
  item: ReadItem,
  html: string,
  rule: ReaderRule,
  url: string = item.url,
): ReadItem {
  if (rule.kind !== 'listPage') return item;
  const page = parseHtml(html);
  // Most sources need no selector, and building for one costs as much as finding the text.
  let opened: CheerioAPI | undefined;
  const select = (selector: string) => (opened ??= load(page))(selector).first();
  const part = (selector: string | undefined): string =>
    selector ? tidy(select(selector).text()) : '';
  const chosen = rule.articleSelector ? select(rule.articleSelector).get(0) : undefined;
  const text = !rule.articleSelector
    ? findArticle(page).text
    : chosen && isElement(chosen)
      ? textOf(chosen)
      : '';
  if (text === '') {
    const frameUrl = contentFrame(page, url);
    if (frameUrl) throw new InFrame('文章正文', frameUrl);
    const how = rule.articleSelector ? `（选择器 ${rule.articleSelector} 没有取到文字）` : '';
    throw new Unreadable(`文章正文${how}`, undefined);
  }
  const facts = articleFacts(page);
  const title = oneLine(part(rule.articleTitleSelector) || fullTitle(item.title, facts.title));
  const published =
    oneLine(part(rule.articleDateSelector)) ||
    finer(facts.published, item.published) ||
    (dayInAddress(item.url) ?? '');
  return { ...item, title, published, text, needsArticle: false };
}

/** Lists cut long titles short: 关于……的通… */
function fullTitle(listed: string, found: string | undefined): string {
  if (listed === '') return found ?? '';
  const [, stem] = /^(.+?)\s*(?:…+|\.{2,})$/.exec(listed) ?? [];
  return stem && found?.startsWith(stem) ? found : listed;
}

/** A page's own date, unless it is a day only and the list gave the time as well. */
function finer(found: string | undefined, listed: string): string {
  if (found === undefined || isDefaultDate(found)) return listed;
  return !TIME_OF_DAY.test(found) && TIME_OF_DAY.test(listed) ? listed : found;
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
