import { messageOf } from '#core';
import type { RawItemStore } from './ports.ts';
import type { ReadItem } from './read-item.ts';
import { readStored } from './read-stored.ts';
import type { Source } from './source.ts';
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
  const rowsByUrl = new Map<string, ReadItem>();
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
      const { items, rows } = await readStored(raw, source, bytes, (url) => rowsByUrl.get(url));
      for (const row of rows) rowsByUrl.set(row.url, row);
      yield { raw, judged: items.map((item) => judgeItem(item, undefined, intake)) };
    } catch (error) {
      yield { raw, judged: [], problem: messageOf(error) };
    }
  }
}
