import { messageOf } from '#core';
import { decodeText } from './text/decode-text.ts';
import type { FunnelColumn } from './funnel.ts';
import { mask } from './text/mask.ts';
import type { Fetcher } from './ports.ts';
import type { ReadItem } from './read-item.ts';
import { readPage, withArticle } from './pages/read-page.ts';
import type { PolledSource } from './source.ts';
import type { FetchProblem } from './source-state.ts';
import { judgeItem, type Judged } from './to-post.ts';

/** What a source would bring, nothing stored. */
export interface Preview {
  /** Absent when the page was read. */
  readonly problem?: { readonly kind: FetchProblem | 'notUnderstood'; readonly message: string };
  readonly encoding?: string;
  readonly items: readonly PreviewItem[];
  /** Rows in which no title or link was found. */
  readonly unparsable: number;
}

export interface PreviewItem {
  readonly title: string;
  readonly url: string;
  /** Head of the text, masked. */
  readonly text: string;
  /** As written on the page. */
  readonly published: string;
  /** As understood; absent when it was not. */
  readonly publishedAt?: Date;
  readonly interactions?: number;
  /** Where it would end in the funnel, if nothing of it had been seen before. */
  readonly column: FunnelColumn;
  /** Its own page could not be read. */
  readonly problem?: string;
}

const SHOWN = 20;
/** Articles read for a look; manners apply. */
const ARTICLES = 2;
const HEAD_CHARACTERS = 160;

/** Reads a source as a poll would and stores nothing. */
export async function previewSource(
  source: PolledSource,
  deps: { readonly fetcher: Pick<Fetcher, 'get'>; readonly now: () => Date },
): Promise<Preview> {
  const { url, requestGapMs, reader } = source;
  const fetched = await deps.fetcher.get({ url, requestGapMs });
  if (fetched.kind === 'notModified') return { items: [], unparsable: 0 };
  if (fetched.kind === 'failed') {
    return {
      problem: { kind: fetched.problem, message: fetched.message },
      items: [],
      unparsable: 0,
    };
  }
  try {
    const { text, encoding } = decoded(fetched.bytes, fetched.contentType);
    const { items, unparsable } = await readPage(text, reader, fetched.finalUrl);
    const shown: PreviewItem[] = [];
    for (const [index, item] of items.slice(0, SHOWN).entries()) {
      const mayRead = item.needsArticle && index < ARTICLES;
      shown.push(
        mayRead ? await withOwnPage(item, source, deps) : toPreview(item, source, deps.now()),
      );
    }
    return { encoding, items: shown, unparsable };
  } catch (error) {
    return {
      problem: { kind: 'notUnderstood', message: messageOf(error) },
      items: [],
      unparsable: 0,
    };
  }
}

async function withOwnPage(
  item: ReadItem,
  source: PolledSource,
  { fetcher, now }: { readonly fetcher: Pick<Fetcher, 'get'>; readonly now: () => Date },
): Promise<PreviewItem> {
  const fetched = await fetcher.get({ url: item.url, requestGapMs: source.requestGapMs });
  if (fetched.kind !== 'ok') {
    const problem = fetched.kind === 'failed' ? fetched.message : '对方未更新';
    return { ...toPreview(item, source, now()), problem };
  }
  try {
    const { text } = decoded(fetched.bytes, fetched.contentType);
    return toPreview(withArticle(item, text, source.reader), source, now());
  } catch (error) {
    return { ...toPreview(item, source, now()), problem: messageOf(error) };
  }
}

function decoded(bytes: Uint8Array, contentType: string): { text: string; encoding: string } {
  const result = decodeText(bytes, contentType);
  if (result.kind === 'undecodable') throw new Error(result.reason);
  return result;
}

function toPreview(item: ReadItem, source: PolledSource, now: Date): PreviewItem {
  const judged = judgeItem(item, undefined, {
    source,
    fetchedAt: now,
    rawItemId: '',
    isDrill: false,
    // An author is dropped here whatever the name.
    pseudonym: () => '',
  });
  return toPreviewItem(item, judged);
}

/** An item for people to look at: where it ends, and the head of its text, masked. */
export function toPreviewItem(item: ReadItem, { column, post }: Judged): PreviewItem {
  return {
    title: post?.title ?? (column === 'refused' ? '（带有密级标志，不显示）' : mask(item.title)),
    url: item.url,
    text: post?.text.slice(0, HEAD_CHARACTERS) ?? '',
    published: item.published,
    ...(post && post.publishedFrom !== 'fetch' && { publishedAt: post.publishedAt }),
    ...(item.interactions !== undefined && { interactions: item.interactions }),
    column,
  };
}
