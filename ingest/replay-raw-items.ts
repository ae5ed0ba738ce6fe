import { messageOf } from '#core';
import { decodeText } from './text/decode-text.ts';
import type { RawItemStore } from './ports.ts';
import { parsePush } from './intake/push.ts';
import { parseTable } from './intake/parse-table.ts';
import type { ReadItem } from './read-item.ts';
import { readPage, withArticle } from './pages/read-page.ts';
import { isPolled, type Source } from './source.ts';
import type { StoredRawItem } from './source-state.ts';
import { judgeItem, type Intake, type Judged } from './to-post.ts';

/** What became of one stored page when it was read again. */
export interface Replayed {
  readonly raw: StoredRawItem;
  readonly judged: readonly Judged[];
  /** It could not be understood, or its source is not in the settings any more. */
  readonly problem?: string;
}

/**
 * Reads stored bytes again by the readers of today: the same readers give the same posts under the same
 * ids; a mended one gives what the old one missed. Nothing is written.
 *
 * @param raws oldest first, so that a list comes before the articles it names
 */
export async function* replayRawItems(
  raws: readonly StoredRawItem[],
  sources: readonly Source[],
  deps: Pick<Intake, 'pseudonym' | 'isDrill'> & { readonly rawItems: Pick<RawItemStore, 'read'> },
): AsyncGenerator<Replayed> {
  const byId = new Map(sources.map((source) => [source.id, source]));
  const rows = new Map<string, ReadItem>();
  for (const raw of raws) {
    const source = byId.get(raw.sourceId);
    const bytes = await deps.rawItems.read(raw.id);
    if (!source || !bytes) {
      const problem = source ? '原始字节已过保留期' : `设置里已没有信息源 ${raw.sourceId}`;
      yield { raw, judged: [], problem };
      continue;
    }
    try {
      const intake = { ...deps, source, fetchedAt: raw.at, rawItemId: raw.id };
      const items = await itemsOf(raw, source, bytes, rows);
      yield { raw, judged: items.map((item) => judgeItem(item, undefined, intake)) };
    } catch (error) {
      yield { raw, judged: [], problem: messageOf(error) };
    }
  }
}

async function itemsOf(
  raw: StoredRawItem,
  source: Source,
  bytes: Uint8Array,
  rows: Map<string, ReadItem>,
): Promise<readonly ReadItem[]> {
  if (!isPolled(source)) {
    if (source.reader.kind === 'table')
      return (await parseTable(bytes, source.reader.columns)).items;
    return parsePush(new TextDecoder().decode(bytes)).items;
  }
  const decoded = decodeText(bytes, raw.contentType ?? '');
  if (decoded.kind === 'undecodable') throw new Error(decoded.reason);
  if (raw.url !== source.url) {
    const row = rows.get(raw.url) ?? rowOf(raw.url);
    return [withArticle(row, decoded.text, source.reader, raw.finalUrl)];
  }
  const { items } = await readPage(decoded.text, source.reader, raw.finalUrl ?? source.url);
  for (const item of items) if (item.needsArticle) rows.set(item.url, item);
  return items.filter(({ needsArticle }) => !needsArticle);
}

/** An article whose list is not among the pages read again: its own page has to say everything. */
const rowOf = (url: string): ReadItem => ({
  key: url,
  url,
  title: '',
  text: '',
  published: '',
  publishedFrom: 'page',
  needsArticle: true,
});
