import { parseFeed } from 'feedsmith';
import { z } from 'zod';
import { written, type FeedEntry, type Written } from './feed-entry.ts';
import { personName } from './feed-tree.ts';
import { resolveUrl } from '../read-item.ts';

const Text = z.string().optional().catch(undefined);
const Texts = z.array(z.string()).optional().catch(undefined);
/** Atom says what a text is; the other formats give the text alone. */
const Typed = z
  .union([
    z.string().transform((value) => ({ value, type: undefined })),
    z.object({ value: z.string(), type: z.string().optional() }),
  ])
  .optional()
  .catch(undefined);
const Person = z.object({ name: Text, email: Text, uri: Text, url: Text });
const Persons = z.array(Person).optional().catch(undefined);
const Links = z
  .array(z.object({ href: Text, rel: Text }))
  .optional()
  .catch(undefined);
const Xml = z.object({ base: Text }).optional().catch(undefined);

const Atom = z.object({
  title: Typed,
  content: Typed,
  summary: Typed,
  id: Text,
  links: Links,
  authors: Persons,
  author: Person.optional().catch(undefined),
  published: Text,
  updated: Text,
});
/** The fields we store, under the names that feedsmith gives them for the formats it reads. */
const Entry = Atom.extend({
  title: Typed,
  link: Text,
  url: Text,
  guid: z.object({ value: Text, isPermaLink: z.boolean().optional() }).optional().catch(undefined),
  id: z
    .union([z.string(), z.number().transform(String)])
    .optional()
    .catch(undefined),
  description: Text,
  content: z
    .union([z.object({ encoded: z.string() }), Typed])
    .optional()
    .catch(undefined),
  content_html: Text,
  content_text: Text,
  pubDate: Text,
  date_published: Text,
  date_modified: Text,
  atom: Atom.optional().catch(undefined),
  dc: z
    .object({ titles: Texts, descriptions: Texts, creators: Texts, dates: Texts })
    .optional()
    .catch(undefined),
  dcterms: z.object({ created: Texts, issued: Texts, modified: Texts }).optional().catch(undefined),
  itunes: z.object({ author: Text, summary: Text }).optional().catch(undefined),
  rdf: z.object({ about: Text }).optional().catch(undefined),
  xml: Xml,
});
type Entry = z.infer<typeof Entry>;
const PERSON = /<(author|managingeditor|webmaster)\b/g;
/** feedsmith looks through a person's brackets again and again. */
const MOST_OF_A_PERSON = 1_000;
const Feed = z.object({
  items: z.array(z.unknown()).optional(),
  entries: z.array(z.unknown()).optional(),
  xml: Xml,
});
const JsonFeed = z.object({ items: z.array(z.unknown()) });

/**
 * Entries of a well-formed feed of any format, by feedsmith.
 *
 * @param mostEntries no more are taken
 * @throws when feedsmith does, or when JSON holds no list of items
 */
export function feedsmithEntries(
  text: string,
  base: string,
  mostEntries: number,
): readonly FeedEntry[] {
  const feed = Feed.parse(read(text, mostEntries));
  const feedBase = resolved(feed.xml?.base, base);
  return (feed.items ?? feed.entries ?? []).slice(0, mostEntries).map((value) => {
    const parsed = Entry.safeParse(value);
    return parsed.success ? toEntry(parsed.data, feedBase) : { base };
  });
}

function read(text: string, maxItems: number): unknown {
  // JSON feeds have the same names in feedsmith as in themselves; those without the right version only here.
  if (/^\s*\{/.test(text)) return JsonFeed.parse(JSON.parse(text));
  if (hasLongPerson(text)) throw new RangeError('not for feedsmith');
  return parseFeed(text, { maxItems }).feed;
}

function hasLongPerson(text: string): boolean {
  const lower = text.toLowerCase();
  for (const { 1: name = '', index } of lower.matchAll(PERSON)) {
    const end = lower.indexOf(`</${name}`, index);
    if (end < 0 || end - index > MOST_OF_A_PERSON) return true;
  }
  return false;
}

function toEntry(entry: Entry, feedBase: string): FeedEntry {
  const { atom, dc, dcterms, itunes } = entry;
  const author = [...(entry.authors ?? []), ...(atom?.authors ?? []), entry.author ?? {}]
    .map(({ name, email, uri, url }) => name ?? email ?? uri ?? url)
    .find(Boolean);
  return {
    base: resolved(entry.xml?.base, feedBase),
    id: entry.guid?.value ?? entry.id ?? atom?.id,
    link: linkOf(entry),
    title: typed(entry.title) ?? typed(atom?.title) ?? written(dc?.titles?.[0]),
    text: textOf(entry),
    published:
      entry.pubDate ??
      entry.published ??
      entry.date_published ??
      atom?.published ??
      dc?.dates?.[0] ??
      dcterms?.issued?.[0] ??
      dcterms?.created?.[0] ??
      entry.updated ??
      atom?.updated ??
      dcterms?.modified?.[0] ??
      entry.date_modified,
    author: author ?? personName(dc?.creators?.[0] ?? itunes?.author ?? ''),
  };
}

function textOf(entry: Entry): Written | undefined {
  const { content, atom, dc, itunes } = entry;
  return (
    (content && 'encoded' in content ? written(content.encoded) : typed(content)) ??
    typed(atom?.content) ??
    written(entry.content_html) ??
    written(entry.content_text, 'text') ??
    written(entry.description) ??
    typed(entry.summary) ??
    typed(atom?.summary) ??
    written(itunes?.summary) ??
    written(dc?.descriptions?.[0])
  );
}

function linkOf({ link, url, links = [], atom, guid, id, rdf }: Entry): string | undefined {
  const all = [...links, ...(atom?.links ?? [])];
  const alternate = all.find(({ rel, href }) => href && (rel === undefined || rel === 'alternate'));
  const permalink = guid?.isPermaLink === false ? undefined : guid?.value;
  const named = [permalink, rdf?.about, id].find((one) => /^https?:/i.test(one ?? ''));
  return link ?? url ?? alternate?.href ?? named;
}

const typed = (text: { value: string; type?: string | undefined } | undefined) =>
  written(text?.value, text?.type);

const resolved = (own: string | undefined, base: string): string =>
  own === undefined ? base : (resolveUrl(own, base) ?? base);
