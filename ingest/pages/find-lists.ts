import type { CheerioAPI } from 'cheerio';
import { textOf as wholeTextOf, tidy } from './page-text.ts';
import {
  classesOf,
  lineOf,
  MOST_LEVELS,
  selectorIn,
  selectorOfRows,
  type Row,
} from './list-selectors.ts';
import { isElement, isTooBigForRow, type MarkupElement } from './parse-markup.ts';
import { resolveUrl } from '../read-item.ts';

/** Selectors of a list, as a listPage reader takes them. */
export interface FoundList {
  readonly itemSelector: string;
  readonly linkSelector: string;
  /** Only where the link's own text is more than the title. */
  readonly titleSelector?: string;
  /** Absent where the rows have no dates, or none in an element of its own. */
  readonly dateSelector?: string;
  readonly hasDates: boolean;
}

const SHORTEST_TITLE = 6;
const LEAST_ROWS = 3;
/** Menus have no dates either: without dates a list must be longer, and of longer titles. */
const LEAST_ROWS_UNDATED = 4;
const MEAN_TITLE_UNDATED = 12;
/** Of the rows, how many must be made alike. */
const ALIKE_RATIO = 0.7;
const DATE =
  /(?:19|20)\d{2}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}|(?<![\d.])\d{1,2}\s*[-/月]\s*\d{1,2}日?(?![\d.])|(?<!\d)\d{1,4}\s?(?:秒|分钟|小时|天)前|半小时前|昨天|前天|刚刚/;
const LONGEST_DATE = 40;
const BESIDE =
  /(?:^|[\s_-])(?:nav|menu|foot|footer|header|breadcrumb|crumb|friend|friendlink|links|pager|page)(?:$|[\s_-])/i;
/** On pages that no one made by hand, selectors become slow to try: nested without end, or thousands under one parent. */
const MOST_DEPTH = 100;
const MOST_CHILDREN = 1_000;
const MOST_LINKS = 2_000;
const MOST_TRIED = 8;
const MOST_LISTS = 5;
const MOST_ROWS = 200;
const MOST_ROW_CHARACTERS = 2_000;

interface Group {
  readonly rows: readonly Row[];
  readonly meanTitle: number;
  readonly datedRatio: number;
}

/**
 * Finds lists by repeated structure: rows under one parent, of one tag, each with one main link at the same place,
 * and near it a date. The longest, best dated lists with the longest titles come first.
 */
export function findLists($: CheerioAPI, url: string): readonly FoundList[] {
  if (
    !$('html')
      .toArray()
      .every((html) => isOrdinary(html, 0))
  )
    return [];
  const textOf = (element: MarkupElement): string =>
    wholeTextOf(element, undefined, MOST_ROW_CHARACTERS);
  const titleOf = (link: MarkupElement): string => tidy(link.attribs['title'] ?? textOf(link));
  const links = $('a[href]')
    .toArray()
    .slice(0, MOST_LINKS)
    .filter((link) => {
      const title = titleOf(link);
      return (
        title.length >= SHORTEST_TITLE &&
        !isDate(title) &&
        resolveUrl(link.attribs['href'] ?? '', url)
      );
    });
  const known = new Set(links);
  const groups = [...parentsOf(links)]
    .flatMap((parent) => groupsOf(parent, known, titleOf, textOf))
    .filter(isList)
    .toSorted((a, b) => worth(b) - worth(a))
    .slice(0, MOST_TRIED);
  const found = new Map<string, FoundList>();
  for (const group of groups) {
    const list = toList($, group, textOf, titleOf);
    if (list && !found.has(list.itemSelector)) found.set(list.itemSelector, list);
  }
  return [...found.values()].slice(0, MOST_LISTS);
}

function isOrdinary(part: MarkupElement, depth: number): boolean {
  const children = part.children.filter(isElement);
  if (depth > MOST_DEPTH || children.length > MOST_CHILDREN) return false;
  return children.every((child) => isOrdinary(child, depth + 1));
}

const isDate = (text: string): boolean =>
  text.length <= LONGEST_DATE && DATE.test(text) && !/[\u4e00-\u9fff]{5}/.test(text);

const worth = ({ rows, meanTitle, datedRatio }: Group): number =>
  Math.min(rows.length, 30) * (0.2 + datedRatio) * Math.min(meanTitle, 25);

function isList({ rows, meanTitle, datedRatio }: Group): boolean {
  if (rows.length < LEAST_ROWS || rows.some(({ element }) => isBeside(element))) return false;
  if (datedRatio >= ALIKE_RATIO) return true;
  return rows.length >= LEAST_ROWS_UNDATED && meanTitle >= MEAN_TITLE_UNDATED;
}

function isBeside(element: MarkupElement): boolean {
  for (const one of lineOf(element)) {
    if (['nav', 'header', 'footer'].includes(one.name)) return true;
    if (BESIDE.test(`${one.attribs['class'] ?? ''} ${one.attribs['id'] ?? ''}`)) return true;
  }
  return false;
}

/** Every element that may hold the rows of these links. */
function parentsOf(links: readonly MarkupElement[]): Set<MarkupElement> {
  const parents = new Set<MarkupElement>();
  for (const link of links) {
    for (const element of lineOf(link).slice(1, 1 + MOST_LEVELS)) parents.add(element);
  }
  return parents;
}

function groupsOf(
  parent: MarkupElement,
  known: ReadonlySet<MarkupElement>,
  titleOf: (link: MarkupElement) => string,
  textOf: (element: MarkupElement) => string,
): readonly Group[] {
  const byTag = new Map<string, MarkupElement[]>();
  for (const child of parent.children) {
    if (isElement(child) && !isTooBigForRow(child))
      byTag.set(child.name, [...(byTag.get(child.name) ?? []), child].slice(0, MOST_ROWS));
  }
  return [...byTag.values()].flatMap((elements): Group[] => {
    if (elements.length < LEAST_ROWS) return [];
    const rows = mainLinks(elements, known, titleOf);
    if (rows.length < LEAST_ROWS) return [];
    const titles = rows.reduce((sum, { link }) => sum + titleOf(link).length, 0);
    const dated = rows.filter(({ element }) => DATE.test(textOf(element))).length;
    return [{ rows, meanTitle: titles / rows.length, datedRatio: dated / rows.length }];
  });
}

/** The rows that have a link at the place where most have one, of such places the one with the longest titles. */
function mainLinks(
  elements: readonly MarkupElement[],
  known: ReadonlySet<MarkupElement>,
  titleOf: (link: MarkupElement) => string,
): readonly Row[] {
  const byPlace = new Map<string, Row[]>();
  let withLinks = 0;
  for (const element of elements) {
    const places = new Map<string, MarkupElement[]>();
    for (const link of linksIn(element, known)) {
      const place = placeOf(link, element);
      places.set(place, [...(places.get(place) ?? []), link]);
    }
    if (places.size > 0) withLinks += 1;
    for (const [place, [link, ...others]] of places) {
      // Where there are several, the row is itself a list.
      const isOne = others.every(({ attribs }) => attribs['href'] === link?.attribs['href']);
      if (link && isOne) byPlace.set(place, [...(byPlace.get(place) ?? []), { element, link }]);
    }
  }
  const mean = (rows: readonly Row[]): number =>
    rows.reduce((sum, { link }) => sum + Math.min(titleOf(link).length, 60), 0) / rows.length;
  const [best] = [...byPlace.values()]
    .filter((rows) => rows.length >= withLinks * ALIKE_RATIO)
    .toSorted((a, b) => mean(b) - mean(a));
  return best ?? [];
}

function linksIn(
  element: MarkupElement,
  known: ReadonlySet<MarkupElement>,
): readonly MarkupElement[] {
  if (known.has(element)) return [element];
  return element.children.filter(isElement).flatMap((child) => linksIn(child, known));
}

/** The way from a row to a link in it: by tags, since classes change with the state of a row. */
function placeOf(link: MarkupElement, row: MarkupElement): string {
  const line = lineOf(link);
  const way = line.slice(0, line.indexOf(row)).map(({ name }) => name);
  return `${way.toReversed().join(' > ')}.${classesOf(link).join('.')}`;
}

function toList(
  $: CheerioAPI,
  { rows, datedRatio }: Group,
  textOf: (element: MarkupElement) => string,
  titleOf: (link: MarkupElement) => string,
): FoundList | undefined {
  const linkSelector = selectorIn(
    $,
    rows,
    ({ link }) => link,
    (found, { link }) =>
      found === link ||
      (found.attribs['href'] === link.attribs['href'] && titleOf(found).length >= SHORTEST_TITLE),
  );
  if (!linkSelector) return undefined;
  const dated = rows.filter(({ element }) => dateIn(element, textOf));
  const dateSelector =
    dated.length >= rows.length * ALIKE_RATIO
      ? selectorIn(
          $,
          dated,
          ({ element }) => dateIn(element, textOf),
          (found) => isDate(textOf(found)),
        )
      : undefined;
  const isWhole =
    rows.filter(({ link }) => heading(link, textOf)).length >= rows.length * ALIKE_RATIO;
  const titleSelector = isWhole
    ? selectorIn(
        $,
        rows,
        ({ link }) => heading(link, textOf),
        (found, row) => textOf(found) === textOf(heading(row.link, textOf) ?? row.link),
      )
    : undefined;
  const isTitled = (link: MarkupElement): boolean => titleOf(link).length >= SHORTEST_TITLE;
  const itemSelector = selectorOfRows($, rows, { linkSelector, dateSelector, isTitled });
  return {
    itemSelector,
    linkSelector,
    ...(titleSelector && { titleSelector }),
    ...(dateSelector && { dateSelector }),
    hasDates: datedRatio >= ALIKE_RATIO,
  };
}

/** The smallest element in a row whose text is a date. */
function dateIn(
  row: MarkupElement,
  textOf: (element: MarkupElement) => string,
): MarkupElement | undefined {
  for (const child of row.children.filter(isElement)) {
    if (!DATE.test(textOf(child))) continue;
    return dateIn(child, textOf) ?? (isDate(textOf(child)) ? child : undefined);
  }
  return undefined;
}

/** Where a link goes round a whole card, the part of it that is the title. */
function heading(
  link: MarkupElement,
  textOf: (element: MarkupElement) => string,
): MarkupElement | undefined {
  if (link.attribs['title']) return undefined;
  const inner = insideOf(link).filter((one) => textOf(one).length >= SHORTEST_TITLE - 2);
  if (inner.length < 2 && !DATE.test(textOf(link))) return undefined;
  const named = inner.find(
    ({ name, attribs }) => /^h\d$/.test(name) || /title|tit\b/i.test(attribs['class'] ?? ''),
  );
  return named ?? inner.find((one) => !DATE.test(textOf(one)) && insideOf(one).length === 0);
}

function insideOf(element: MarkupElement): readonly MarkupElement[] {
  return element.children.filter(isElement).flatMap((child) => [child, ...insideOf(child)]);
}
