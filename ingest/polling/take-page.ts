import { distinctItems } from '../distinct-items.ts';
import { articleTrouble, type ArticleFate, type ArticleTrouble } from '../article-trouble.ts';
import { keep, quarantine } from '../keep.ts';
import type { FailedFetch, FetchedPage } from '../ports.ts';
import type { ReadItem } from '../read-item.ts';
import { withOlderPages } from '../pages/older-pages.ts';
import { readFetched } from '../pages/read-fetched.ts';
import { readPage } from '../pages/read-page.ts';
import { hasSecrecyMark } from '../text/secrecy-mark.ts';
import type { PolledSource, Source } from '../source.ts';
import type { SeenItem, SourceState } from '../source-state.ts';
import type { PollDeps } from './poll-source.ts';
import type { Look } from './state-after.ts';
import { takeArticles } from '../take-articles.ts';
import { askFor, toRequest } from '../to-request.ts';
import { contentDigest, judgeItem, judgeKnownRow, type Judged } from '../to-post.ts';

/** What one look at a source gave. */
export interface Took extends Pick<
  Look,
  'outcome' | 'problem' | 'fetchProblem' | 'retryAfterMs' | 'wantsRest' | 'etag' | 'lastModified'
> {
  readonly judged: readonly Judged[];
}

/** Fetches a source's page, reads it, and gives each of its items its column. */
export async function takePage(
  source: PolledSource,
  state: SourceState,
  deps: PollDeps,
): Promise<Took> {
  const { fetcher, now } = deps;
  const fetched = await fetcher.get({
    ...toRequest(source, source.url, now()),
    etag: state.etag,
    lastModified: state.lastModified,
  });
  if (fetched.kind === 'notModified') return { outcome: 'notModified', judged: [] };
  if (fetched.kind === 'failed') return await notFetched(source, fetched, deps);
  const reading = await readFetched(
    fetched,
    (text, url) => readPage(text, source.reader, url),
    askFor(source, deps),
  );
  if (reading.kind === 'notFetched') return await notFetched(source, reading.failed, deps);
  const { bytes, contentType, finalUrl } = reading.page;
  const { text } = reading;
  if (reading.kind === 'unreadable') {
    const { reason } = reading;
    // What bears a mark of secrecy is not kept, understood or not.
    const judged: Judged = hasSecrecyMark(text)
      ? { column: 'refused' }
      : // The whole page could not be understood: it is kept, and the source says so.
        await quarantine(source, { url: source.url, bytes, contentType, finalUrl, reason }, deps);
    return { outcome: 'nothingUnderstood', problem: reason, judged: [judged] };
  }
  const first = { text, url: finalUrl, page: reading.value };
  const page = await withOlderPages(first, source, state, deps);
  const {
    judged: read,
    isComplete,
    leaveAlone,
    trouble,
  } = await judgeAll(source, page.items, { bytes, contentType, finalUrl }, deps);
  const lost: Judged[] = Array.from({ length: page.unparsable }, () => ({ column: 'unparsable' }));
  const judged = [...read, ...lost];
  if (leaveAlone) return { ...failureOf(leaveAlone), judged };
  const isNews = judged.some(({ column }) => column === 'new');
  if (!isNews && trouble) return { ...failureOfArticles(trouble), judged };
  const outcome = isNews ? 'ok' : 'nothingNew';
  // Rows that wait for the next poll must not be hidden from it by an answer "not modified".
  // Nor must what stands in a frame by an unchanged page round it.
  if (!isComplete || reading.isFrame) return { outcome, judged };
  const { etag, lastModified } = fetched;
  return { outcome, judged, etag, lastModified };
}

async function notFetched(source: Source, failed: FailedFetch, deps: PollDeps): Promise<Took> {
  const { message: reason, bytes } = failed;
  const judged = bytes ? [await quarantine(source, { url: source.url, bytes, reason }, deps)] : [];
  return { ...failureOf(failed), judged };
}

function failureOf({
  problem,
  message,
  retryAfterMs,
  wantsRest,
}: FailedFetch): Omit<Took, 'judged'> {
  const isBlocked = problem === 'blocked' || problem === 'robots';
  return {
    outcome: isBlocked ? 'blocked' : 'fetchFailed',
    problem: message,
    fetchProblem: problem,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
    ...(wantsRest && { wantsRest }),
  };
}

/** The list itself was fetched: what stops its articles says nothing of the line to the site. */
function failureOfArticles({ failed, message }: ArticleTrouble): Omit<Took, 'judged'> {
  if (!failed) return { outcome: 'nothingUnderstood', problem: message };
  const { fetchProblem: _ofAnArticle, ...failure } = failureOf(failed);
  return { ...failure, problem: message };
}

type Received = Pick<FetchedPage, 'bytes' | 'contentType' | 'finalUrl'>;

interface JudgedPage {
  readonly judged: readonly Judged[];
  /** No row waits for the next poll. */
  readonly isComplete: boolean;
  readonly leaveAlone: FailedFetch | undefined;
  readonly trouble: ArticleTrouble | undefined;
}

async function judgeAll(
  source: PolledSource,
  shown: readonly ReadItem[],
  received: Received,
  deps: PollDeps,
): Promise<JudgedPage> {
  const { states, rawItems, now, pseudonym, isDrill } = deps;
  const { items, repeatedKeys } = distinctItems(shown);
  const known = await states.findSeen(
    source.id,
    items.map(({ key }) => key),
  );
  await states.noteShown(source.id, [...known.keys()], now());
  // Bytes that hold one marked item are not kept for the sake of the others; bytes of which all is known say nothing.
  const isMarked = items.some(({ title, text }) => hasSecrecyMark(`${title}\n${text}`));
  const isWorthKeeping = !isMarked && items.some((item) => isUnseen(item, known.get(item.key)));
  const listId = isWorthKeeping
    ? await rawItems.put({ sourceId: source.id, url: source.url, ...received, at: now() })
    : '';
  // Stamped and appended without a pause in between: the log's order is the order of the stamps,
  // and no countdown's start has to move because of two polls that overlap.
  const fetchedAt = now();
  const intake = { source, fetchedAt, rawItemId: listId, isDrill, pseudonym };
  const judgedByKey = new Map<string, Judged>();
  for (const item of items) {
    const seen = known.get(item.key);
    if (!item.needsArticle) judgedByKey.set(item.key, judgeItem(item, seen, intake));
    else if (seen) judgedByKey.set(item.key, judgeKnownRow(item, seen, fetchedAt));
  }
  await keep(source, [...judgedByKey.values()], deps);
  const unread = items.filter(({ key }) => !judgedByKey.has(key));
  const { judged: read, failed, leaveAlone } = await takeArticles(unread, source, deps);
  for (const [key, one] of read) judgedByKey.set(key, one);
  const fateOf = ({ key }: ReadItem): ArticleFate => {
    const one = judgedByKey.get(key);
    if (!one) return failed.get(key) ?? 'waits';
    const isLost = one.column === 'quarantined' || known.get(key)?.contentDigest === '';
    return isLost ? 'notUnderstood' : 'read';
  };
  const repeats = repeatedKeys.filter((key) => judgedByKey.has(key));
  return {
    judged: [...judgedByKey.values(), ...repeats.map((): Judged => ({ column: 'duplicate' }))],
    isComplete: judgedByKey.size === items.length,
    leaveAlone,
    trouble: articleTrouble(
      items.filter(({ needsArticle }) => needsArticle).map(fateOf),
      deps.rhythm.failures.newestArticles,
    ),
  };
}

/** Whether it, its text or its figures were not seen yet; of a row that is known only the figures are on the page. */
const isUnseen = (item: ReadItem, seen: SeenItem | undefined): boolean =>
  !seen ||
  (!item.needsArticle &&
    (seen.contentDigest !== contentDigest(item) || seen.interactions !== (item.interactions ?? 0)));
