import { z } from 'zod';
import { written, type FeedEntry } from './feed-entry.ts';
import { resolveUrl } from '../read-item.ts';

const Text = z.string().optional().catch(undefined);
const Person = z.object({ name: Text, url: Text });
/** An item of JSON Feed 1.0 or 1.1; a field of another kind than it should be counts as missing. */
const Item = z.object({
  id: z
    .union([z.string(), z.number().transform(String)])
    .optional()
    .catch(undefined),
  url: Text,
  title: Text,
  content_html: Text,
  content_text: Text,
  summary: Text,
  date_published: Text,
  date_modified: Text,
  author: Person.optional().catch(undefined),
  authors: z.array(Person).optional().catch(undefined),
});
const Feed = z.object({ items: z.array(z.unknown()) });

/**
 * Entries of a JSON feed, whatever version it says it is.
 *
 * @param mostEntries no more are taken
 * @throws when it is no JSON, or holds no list of items
 */
export function jsonEntries(text: string, base: string, mostEntries: number): FeedEntry[] {
  const { items } = Feed.parse(JSON.parse(text));
  return items.slice(0, mostEntries).map((value) => {
    const { success, data: item } = Item.safeParse(value);
    return success ? toEntry(item, base) : {};
  });
}

function toEntry(item: z.infer<typeof Item>, base: string): FeedEntry {
  const { id, url, author } = item;
  const address = url ?? (id && /^https?:/i.test(id) ? id : undefined);
  return {
    id,
    link: address && resolveUrl(address, base),
    title: written(item.title),
    text: written(item.content_html) ?? written(item.content_text, 'text') ?? written(item.summary),
    published: item.date_published ?? item.date_modified,
    author: [...(item.authors ?? []), author ?? {}]
      .map(({ name, url }) => name ?? url)
      .find(Boolean),
  };
}
