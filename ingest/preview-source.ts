import { publishedMoment } from './dates/published-moment.ts';
import type { FunnelColumn } from './funnel.ts';
import { mask } from './text/mask.ts';
import type { Fetcher } from './ports.ts';
import type { ReadItem } from './read-item.ts';
import { readFetched, UNASKED } from './pages/read-fetched.ts';
import { readPage, withArticle } from './pages/read-page.ts';
import type { PolledSource } from './source.ts';
import type { FetchProblem } from './source-state.ts';
import { askFor } from './to-request.ts';
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

type PreviewDeps = { readonly fetcher: Pick<Fetcher, 'get'>; readonly now: () => Date };

/** Reads a source as a poll would and stores nothing. */
export async function previewSource(source: PolledSource, deps: PreviewDeps): Promise<Preview> {
  const ask = askFor(source, deps);
  const fetched = await ask(source.url);
  if (fetched.kind === 'notModified') return { items: [], unparsable: 0 };
  if (fetched.kind === 'failed') return notRead(fetched.problem, fetched.message);
  const reading = await readFetched(
    fetched,
    (text, url) => readPage(text, source.reader, url),
    ask,
  );
  if (reading.kind === 'notFetched') return notRead(reading.failed.problem, reading.failed.message);
  if (reading.kind === 'unreadable') return notRead('notUnderstood', reading.reason);
  const { items, unparsable } = reading.value;
  const shown: PreviewItem[] = [];
  for (const [index, item] of items.slice(0, SHOWN).entries()) {
    const mayRead = item.needsArticle && index < ARTICLES;
    shown.push(
      mayRead ? await withOwnPage(item, source, deps) : toPreview(item, source, deps.now()),
    );
  }
  return { encoding: reading.encoding, items: shown, unparsable };
}

const notRead = (kind: FetchProblem | 'notUnderstood', message: string): Preview => ({
  problem: { kind, message },
  items: [],
  unparsable: 0,
});

async function withOwnPage(
  item: ReadItem,
  source: PolledSource,
  deps: PreviewDeps,
): Promise<PreviewItem> {
  const ask = askFor(source, deps);
  const asListed = (problem: string): PreviewItem => ({
    ...toPreview(item, source, deps.now()),
    problem,
  });
  const fetched = await ask(item.url);
  if (fetched.kind === 'notModified') return asListed(UNASKED.message);
  if (fetched.kind === 'failed') return asListed(fetched.message);
  const reading = await readFetched(
    fetched,
    (text, url) => withArticle(item, text, source.reader, url),
    ask,
  );
  if (reading.kind === 'notFetched') return asListed(reading.failed.message);
  if (reading.kind === 'unreadable') return asListed(reading.reason);
  return toPreview(reading.value, source, deps.now());
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
  return toPreviewItem(item, judged, now);
}

/** An item for people to look at: where it ends, and the head of its text, masked. */
export function toPreviewItem(
  item: ReadItem,
  { column, post }: Judged,
  fetchedAt: Date,
): PreviewItem {
  // An old item becomes no post; what was understood of its date is just what one wants to see.
  const moment = publishedMoment(item, fetchedAt);
  return {
    title: post?.title ?? (column === 'refused' ? '（带有密级标志，不显示）' : mask(item.title)),
    url: item.url,
    text: post?.text.slice(0, HEAD_CHARACTERS) ?? '',
    published: item.published,
    ...(moment && column !== 'refused' && { publishedAt: moment.at }),
    ...(item.interactions !== undefined && { interactions: item.interactions }),
    column,
  };
}
