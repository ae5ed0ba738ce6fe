import type { ReadItem } from './read-item.ts';

/** What a page shows, each item once. */
export interface DistinctItems {
  readonly items: readonly ReadItem[];
  /** Keys of what it shows again, once for each time. */
  readonly repeatedKeys: readonly string[];
}

/**
 * Tells the items of one page apart: the same item shown again is a repeat, and a key that a site gives to
 * different items names none of them, so that their address and title are added to it.
 */
export function distinctItems(shown: readonly ReadItem[]): DistinctItems {
  const namesOf = Map.groupBy(shown, ({ key }) => key);
  const items = new Map<string, ReadItem>();
  const repeatedKeys: string[] = [];
  for (const item of shown) {
    const others = namesOf.get(item.key) ?? [];
    const isShared = others.some((other) => nameOf(other) !== nameOf(item));
    const key = isShared ? `${item.key}\n${nameOf(item)}` : item.key;
    if (items.has(key)) repeatedKeys.push(key);
    else items.set(key, { ...item, key });
  }
  return { items: [...items.values()], repeatedKeys };
}

/** A row of a list is its link, whatever the link is called: a picture and a title may lead to one article. */
const nameOf = ({ url, title, needsArticle }: ReadItem): string =>
  needsArticle ? url : `${url}\n${title}`;
