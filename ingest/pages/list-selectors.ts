import type { CheerioAPI } from 'cheerio';
import type { MarkupElement } from './parse-markup.ts';

/** A row of a list and its main link; of a list of bare links both are one. */
export interface Row {
  readonly element: MarkupElement;
  readonly link: MarkupElement;
}

/** Classes that rows have by turns. */
const STATE = /^(?:active|cur|current|first|last|odd|even|on|hover|selected|top|new|hot)$|\d/i;
const NAME = /^[A-Za-z_][\w-]*$/;
/** How many elements round a row are looked at. */
export const MOST_LEVELS = 8;
/** Enough rows to see whether a selector leads to the right element, and whether it takes strangers too. */
const MOST_LOOKED_AT = 40;
/** Of the rows, in how many a selector must lead to the right element. */
const RIGHT_RATIO = 0.9;

/** The shortest selector that leads to the wanted element first, in nearly every row. */
export function selectorIn(
  $: CheerioAPI,
  rows: readonly Row[],
  wanted: (row: Row) => MarkupElement | undefined,
  isRight: (found: MarkupElement, row: Row) => boolean,
): string | undefined {
  const [sample] = rows;
  const target = sample && wanted(sample);
  if (!sample || !target) return undefined;
  if (target === sample.element) return tagOf(target);
  const some = rows.slice(0, MOST_LOOKED_AT);
  return selectorsTo(target, sample.element).find((selector) => {
    const right = some.filter((row) => {
      const found = $(row.element).find(selector).first().get(0);
      return found !== undefined && isRight(found, row);
    });
    return right.length >= some.length * RIGHT_RATIO;
  });
}

function selectorsTo(target: MarkupElement, row: MarkupElement): readonly string[] {
  const line = lineOf(target);
  const inner = line.slice(0, line.indexOf(row));
  const [own = target, above] = inner;
  const last = simple(own);
  const place = nth(own);
  return [
    ...new Set([
      tagOf(own),
      last,
      ...(above ? [`${simple(above)} ${last}`, `${nth(above)} ${last}`] : []),
      place,
      inner.map(simple).toReversed().join(' > '),
      inner.map(nth).toReversed().join(' > '),
    ]),
  ];
}

function nth(element: MarkupElement): string {
  const siblings = (element.parent?.children ?? []).filter((node) => 'attribs' in node);
  return `${tagOf(element)}:nth-child(${siblings.indexOf(element) + 1})`;
}

/** The shortest selector that takes these rows, and nothing else that is not made like them. */
export function selectorOfRows(
  $: CheerioAPI,
  rows: readonly Row[],
  how: {
    readonly linkSelector: string;
    readonly dateSelector: string | undefined;
    readonly isTitled: (link: MarkupElement) => boolean;
  },
): string {
  const [{ element: first, link }] = rows as [Row];
  const own = tagOf(first) + commonClass(rows);
  const round = lineOf(first).slice(1, 1 + MOST_LEVELS);
  const inner = lineOf(link).slice(0, lineOf(link).indexOf(first));
  // A row that is the link itself cannot have it inside.
  const marks =
    first === link
      ? []
      : [how.linkSelector, how.dateSelector, `> ${inner.map(nth).toReversed().join(' > ')}`];
  const suffixes = ['', ...marks.flatMap((mark) => (mark ? `:has(${mark})` : []))];
  const strangers = (selector: string): number =>
    $(selector)
      .toArray()
      .slice(0, 2 * MOST_LOOKED_AT)
      .filter((element) => {
        const found = first === link ? element : $(element).find(how.linkSelector).first().get(0);
        return !found || !how.isTitled(found as MarkupElement);
      }).length;
  let best = own;
  let fewest = Number.POSITIVE_INFINITY;
  for (const [level, outer] of round.entries()) {
    const context = round
      .slice(0, level + 1)
      .map(anchor)
      .toReversed()
      .join(' > ');
    for (const suffix of suffixes) {
      const selector = `${context} > ${own}${suffix}`;
      const wrong = strangers(selector);
      if (wrong >= fewest) continue;
      fewest = wrong;
      best = selector;
      if (fewest === 0) break;
    }
    // Two levels without a name could be anywhere on the page.
    if (fewest === 0 && (isNamed(outer) || level >= 2)) return best;
  }
  return best;
}

function commonClass(rows: readonly Row[]): string {
  const [{ element: first }] = rows as [Row];
  const kept = classesOf(first).find((name) =>
    rows.every(({ element }) => classesOf(element).includes(name)),
  );
  return kept ? `.${kept}` : '';
}

const isNamed = (element: MarkupElement | undefined): boolean =>
  element !== undefined && (isStableId(element.attribs['id']) || classesOf(element).length > 0);

/** An element outside a list, by its id, its class, or its place. */
function anchor(element: MarkupElement): string {
  const { id } = element.attribs;
  if (id && isStableId(id)) return `#${id}`;
  const kept = classesOf(element)[0];
  return kept ? `${tagOf(element)}.${kept}` : tagOf(element);
}

const isStableId = (id: string | undefined): boolean =>
  id !== undefined && NAME.test(id) && !/\d{2}/.test(id);

/** tag.class, as far as both can be named and stay the same from row to row. */
function simple(element: MarkupElement): string {
  const kept = classesOf(element)[0];
  return kept ? `${tagOf(element)}.${kept}` : tagOf(element);
}

/** Markup may call its elements anything; not all of it can stand in a selector. */
const tagOf = ({ name }: MarkupElement): string => (NAME.test(name) ? name : '*');

export const classesOf = ({ attribs }: MarkupElement): readonly string[] =>
  (attribs['class'] ?? '').split(/\s+/).filter((name) => NAME.test(name) && !STATE.test(name));

/** The element and those round it, the nearest first, without body and html. */
export function lineOf(element: MarkupElement): MarkupElement[] {
  const line: MarkupElement[] = [];
  let one: MarkupElement['parent'] = element;
  while (one && 'name' in one && one.name !== 'html') {
    line.push(one);
    one = one.parent;
  }
  return line;
}
