import { Buffer } from 'node:buffer';
import { written, type FeedEntry, type Written } from './feed-entry.ts';
import { htmlToText, textOf } from '../pages/page-text.ts';
import { isElement, parseXml, type MarkupElement, type MarkupTree } from '../pages/parse-markup.ts';
import { resolveUrl } from '../read-item.ts';

/** Vocabularies by a part of their address, whatever prefix a feed gives them; '' is RSS itself. */
const VOCABULARIES: readonly (readonly [RegExp, string])[] = [
  [/purl\.org\/rss\/1\.0\/modules\/content/i, 'content'],
  [/purl\.org\/dc\/terms/i, 'dcterms'],
  [/purl\.org\/dc\/elements/i, 'dc'],
  [/w3\.org\/2005\/atom|purl\.org\/atom\/ns/i, 'atom'],
  [/itunes\.com\/dtds\/podcast/i, 'itunes'],
  [/search\.yahoo\.com\/mrss/i, 'media'],
  [/w3\.org\/1999\/xhtml/i, 'xhtml'],
  [/w3\.org\/1999\/02\/22-rdf/i, 'rdf'],
  [/purl\.org\/rss\/1\.0\/?$|netscape\.com\/rdf\/simple|userland\.com\/rss/i, ''],
];
const DECLARED = /\sxmlns:([\w.-]{1,100})\s*=\s*["']([^"']{1,200})/gi;
const ROOTS = new Set(['rss', 'rdf:rdf', 'feed', 'atom:feed', 'channel']);
const ENTRIES = new Set(['item', 'entry', 'atom:entry']);

/** Where each field stands, the best first. */
const TITLES = ['title', 'atom:title', 'dc:title', 'media:title'];
const TEXTS = [
  'content:encoded',
  'content',
  'atom:content',
  'xhtml:body',
  'body',
  'fullitem',
  'description',
  'summary',
  'atom:summary',
  'itunes:summary',
  'dc:description',
  'media:description',
];
const MOMENTS = [
  'pubdate',
  'published',
  'atom:published',
  'issued',
  'atom:issued',
  'dc:date',
  'dcterms:issued',
  'created',
  'atom:created',
  'dcterms:created',
  'updated',
  'atom:updated',
  'modified',
  'atom:modified',
  'dcterms:modified',
];
const AUTHORS = ['author', 'atom:author', 'dc:creator', 'dc:author', 'itunes:author'];
const MOST_OF_A_NAME = 200;
const LINKS = ['link', 'atom:link'];
/** Of Atom's links these lead elsewhere than to the entry's own page. */
const OTHER_LINKS = new Set(['enclosure', 'self', 'edit', 'replies', 'via', 'related', 'license']);

type Prefixes = ReadonlyMap<string, string>;
type Parts = ReadonlyMap<string, readonly MarkupElement[]>;

/**
 * Entries of RSS, Atom and RDF, well-formed or not, from the tree of elements.
 *
 * @param mostEntries no more are taken
 * @returns undefined when it is no feed
 */
export function xmlEntries(
  xml: string,
  base: string,
  mostEntries: number,
): readonly FeedEntry[] | undefined {
  const tree = parseXml(xml);
  const prefixes = prefixesOf(xml);
  const isFeed = tree.children.some((node) => isElement(node) && ROOTS.has(nameOf(node, prefixes)));
  if (!isFeed) return undefined;

  const entries: FeedEntry[] = [];
  const walk = (part: MarkupTree | MarkupElement, outerBase: string): void => {
    for (const node of part.children) {
      if (!isElement(node) || entries.length >= mostEntries) continue;
      const ownBase = baseOf(node, outerBase);
      if (ENTRIES.has(nameOf(node, prefixes))) entries.push(toEntry(node, ownBase, prefixes));
      // On into an entry too: where one is not closed, the others stand in it.
      walk(node, ownBase);
    }
  };
  walk(tree, base);
  return entries;
}

function toEntry(element: MarkupElement, base: string, prefixes: Prefixes): FeedEntry {
  const parts = new Map<string, MarkupElement[]>();
  for (const node of element.children) {
    if (!isElement(node)) continue;
    const name = nameOf(node, prefixes);
    const alike = parts.get(name);
    if (alike) alike.push(node);
    else parts.set(name, [node]);
  }
  const id = idOf(parts, element, base);
  return {
    id,
    link: linkOf(parts, base) ?? permalinkOf(parts, element, base, id),
    title: firstOf(parts, TITLES, writtenIn),
    text: firstOf(parts, TEXTS, writtenIn),
    published: firstOf(parts, MOMENTS, rawText),
    author: firstOf(parts, AUTHORS, authorOf),
  };
}

/** What the best place shows that shows anything. */
function firstOf<Found>(
  parts: Parts,
  names: readonly string[],
  read: (part: MarkupElement) => Found,
): Found | undefined {
  for (const name of names) {
    for (const part of parts.get(name) ?? []) {
      const found = read(part);
      if (found) return found;
    }
  }
  return undefined;
}

/** A guid, else an id; one that a feed's own xml:base completes is told apart by the whole address alone. */
function idOf(parts: Parts, { parent, attribs }: MarkupElement, base: string): string | undefined {
  const guid = firstOf(parts, ['guid'], rawText) ?? firstOf(parts, ['guid'], shortMarkupIn);
  const id = guid ?? firstOf(parts, ['id', 'atom:id'], rawText);
  const hasBase =
    attribs['xml:base'] ?? (parent && 'attribs' in parent && parent.attribs['xml:base']);
  const isRelative = id && !guid && hasBase && !/^[a-z][\w+.-]*:/i.test(id);
  return isRelative ? (resolveUrl(id, base) ?? id) : id;
}

function linkOf(parts: Parts, base: string): string | undefined {
  const links = LINKS.flatMap((name) => parts.get(name) ?? []);
  const own = links.filter((link) => relationOf(link) === 'alternate');
  const others = links.filter((link) => !OTHER_LINKS.has(relationOf(link)));
  for (const link of [...own, ...others]) {
    const address = link.attribs['href'] ?? rawText(link);
    const url = address && resolveUrl(address, baseOf(link, base));
    if (url) return url;
  }
  return undefined;
}

const relationOf = ({ attribs }: MarkupElement): string =>
  attribs['rel']?.toLowerCase() ?? 'alternate';

/** A guid stands for the link unless it says otherwise, and an id that is an address; RDF names the item by its own. */
function permalinkOf(
  parts: Parts,
  { attribs }: MarkupElement,
  base: string,
  id: string | undefined,
): string | undefined {
  const isNoLink = parts.get('guid')?.[0]?.attribs['ispermalink']?.toLowerCase() === 'false';
  const named = [isNoLink ? undefined : id, attribs['rdf:about']];
  const address = named.find((one) => one && /^https?:/i.test(one));
  return address && resolveUrl(address, base);
}

function writtenIn(element: MarkupElement): Written | undefined {
  const { type, mode } = element.attribs;
  if (element.children.some(isElement)) {
    // What is written as elements is text already, in its order, unless it is called HTML all the same.
    return type === 'html' ? written(markupIn(element)) : written(textOf(element, isEntry), 'text');
  }
  const text = rawText(element);
  const isCoded = mode === 'base64' || type === 'base64' || isBinary(type, text);
  return written(isCoded ? Buffer.from(text, 'base64').toString('utf8') : text, type);
}

/** Atom: what is neither text nor XML is written in base64. */
const isBinary = (type = 'text', text: string): boolean =>
  /^(?:audio|image|video)\/|^application\/octet-stream$/.test(type) &&
  /^[A-Za-z0-9+/\s]+={0,2}$/.test(text);

/** Where a text is not closed, the next entries stand in it. */
const isEntry = ({ name }: MarkupElement): boolean => ENTRIES.has(name);

function markupIn({ children }: MarkupElement): string {
  let markup = '';
  for (const node of children) {
    if ('data' in node) markup += node.data;
    else if (isElement(node)) markup += `<${node.name}>${markupIn(node)}</${node.name}>`;
  }
  return markup;
}

/** What is longer is no name, but an element that was not closed. */
function shortMarkupIn(element: MarkupElement): string {
  const markup = markupIn(element);
  return markup.length <= MOST_OF_A_NAME ? markup : '';
}

function authorOf(element: MarkupElement): string {
  const named = (names: readonly string[]): string => {
    const part = element.children.find((node) => isElement(node) && names.includes(node.name));
    return part && isElement(part) ? rawText(part) : '';
  };
  const name = named(['name', 'atom:name']);
  const address = name || named(['email', 'atom:email']) || named(['uri', 'url', 'homepage']);
  return address || personName(htmlToText(rawText(element)) || textOf(element));
}

/** RSS writes a person as one string: a@b.cn (某某), 某某 <a@b.cn>. */
function personName(person: string): string {
  const name = person
    .slice(0, MOST_OF_A_NAME)
    .split(/[\s<>()]+/)
    .filter((word) => word !== '' && !word.includes('@'))
    .join(' ');
  return name || person.slice(0, MOST_OF_A_NAME).trim();
}

/** The characters directly inside, CDATA among them. */
function rawText(element: MarkupElement): string {
  let text = '';
  for (const node of element.children) {
    if ('data' in node) text += node.data;
    else if (!isElement(node)) {
      for (const inner of node.children) if ('data' in inner) text += inner.data;
    }
  }
  return text.trim();
}

function baseOf({ attribs }: MarkupElement, base: string): string {
  const own = attribs['xml:base'];
  return own === undefined ? base : (resolveUrl(own, base) ?? base);
}

/** Which of the vocabularies a feed's prefixes stand for, wherever it declares them. */
function prefixesOf(xml: string): Prefixes {
  const prefixes = new Map<string, string>();
  for (const { 1: prefix = '', 2: address = '' } of xml.matchAll(DECLARED)) {
    const vocabulary = VOCABULARIES.find(([pattern]) => pattern.test(address.trim()));
    if (vocabulary) prefixes.set(prefix.toLowerCase(), vocabulary[1]);
  }
  return prefixes;
}

function nameOf({ name }: MarkupElement, prefixes: Prefixes): string {
  const at = name.indexOf(':');
  if (at < 0) return name;
  const vocabulary = prefixes.get(name.slice(0, at)) ?? name.slice(0, at);
  const local = name.slice(at + 1);
  return vocabulary === '' ? local : `${vocabulary}:${local}`;
}
