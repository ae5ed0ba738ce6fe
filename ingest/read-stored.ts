import { distinctItems } from './distinct-items.ts';
import { parsePush } from './intake/push.ts';
import { parseTable } from './intake/parse-table.ts';
import { readPage, withArticle } from './pages/read-page.ts';
import type { ReadItem } from './read-item.ts';
import { isPolled, type Source } from './source.ts';
import type { StoredRawItem } from './source-state.ts';
import { decodeText } from './text/decode-text.ts';

/** What stored bytes say, read by the reader of today. */
export interface StoredReading {
  /** Items whose text is there, each once. */
  readonly items: readonly ReadItem[];
  /** Rows of a list whose text stands on their own pages. */
  readonly rows: readonly ReadItem[];
  /** Items that the page shows again. */
  readonly repeats: number;
  /** Rows in which no title or link was found. */
  readonly unparsable: number;
}

/**
 * Takes stored bytes apart: pages of a source that is polled, else what was handed in.
 *
 * @param rowOf the row of the list that led to an article's page, by the page's address
 * @throws when nothing of it can be understood
 */
export async function readStored(
  { url, contentType, finalUrl }: Pick<StoredRawItem, 'url' | 'contentType' | 'finalUrl'>,
  source: Source,
  bytes: Uint8Array,
  rowOf: (url: string) => ReadItem | undefined,
): Promise<StoredReading> {
  if (!isPolled(source)) {
    const { items, unparsable } =
      source.reader.kind === 'table'
        ? await parseTable(bytes, source.reader.columns)
        : { ...parsePush(new TextDecoder().decode(bytes)), unparsable: 0 };
    return { items, rows: [], repeats: 0, unparsable };
  }
  const decoded = decodeText(bytes, contentType ?? '');
  if (decoded.kind === 'undecodable') throw new Error(decoded.reason);
  if (source.reader.kind === 'listPage' && url !== source.url) {
    const item = withArticle(rowOf(url) ?? rowWithout(url), decoded.text, source.reader, finalUrl);
    return { items: [item], rows: [], repeats: 0, unparsable: 0 };
  }
  const base = finalUrl ?? source.url;
  const { items: shown, unparsable } = readPage(decoded.text, source.reader, base);
  const { items, repeatedKeys } = distinctItems(shown);
  return {
    items: items.filter(({ needsArticle }) => !needsArticle),
    rows: items.filter(({ needsArticle }) => needsArticle),
    repeats: repeatedKeys.length,
    unparsable,
  };
}

/** An article whose list is not at hand: its own page has to say everything. */
const rowWithout = (url: string): ReadItem => ({
  key: url,
  url,
  title: '',
  text: '',
  published: '',
  publishedFrom: 'page',
  needsArticle: true,
});
