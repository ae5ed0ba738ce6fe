import { messageOf } from '#core';
import { decodeText } from './text/decode-text.ts';
import { keep, quarantine } from './keep.ts';
import type { PollDeps } from './polling/poll-source.ts';
import type { FetchResult } from './ports.ts';
import type { ReadItem } from './read-item.ts';
import { withArticle } from './pages/read-page.ts';
import type { PolledSource } from './source.ts';
import { judgeItem, type Judged } from './to-post.ts';

/** Article pages read in one poll; rows beyond it stay unseen and come with the next. */
const MOST_ARTICLES = 20;
/** Rows that failed before and fail again in one poll; a list's dead links must cost nobody much. */
const MOST_FAILED_AGAIN = 3;

export type FailedFetch = Extract<FetchResult, { kind: 'failed' }>;

export interface TakenArticles {
  /** What was read, by the row's key. */
  readonly judged: ReadonlyMap<string, Judged>;
  /** The site asks to be left alone for a time; the rows after it were not tried. */
  readonly leaveAlone?: FailedFetch;
}

/**
 * Reads the articles of new rows, the oldest first: they are the next to leave the list. Rows that failed before
 * come last, so that a dead link keeps no other from being read. Each is kept as soon as it is read.
 *
 * @param rows newest first, as lists show them
 */
export async function takeArticles(
  rows: readonly ReadItem[],
  source: PolledSource,
  deps: PollDeps,
): Promise<TakenArticles> {
  const failedBefore = deps.failedArticles?.get(source.id) ?? [];
  const failed = new Set(failedBefore.filter((key) => rows.some((row) => row.key === key)));
  const fresh = rows.filter(({ key }) => !failed.has(key)).toReversed();
  const again = [...failed].flatMap((key) => rows.find((row) => row.key === key) ?? []);
  const judged = new Map<string, Judged>();
  let leaveAlone: FailedFetch | undefined;
  let failedAgain = 0;
  for (const row of [...fresh, ...again].slice(0, MOST_ARTICLES)) {
    if (leaveAlone || failedAgain >= MOST_FAILED_AGAIN || deps.isStopping?.()) break;
    const taken = await takeArticle(row, source, deps);
    // Whatever came of it: among those that failed it is now the one tried last.
    const isAgain = failed.delete(row.key);
    if ('column' in taken) judged.set(row.key, taken);
    else {
      failed.add(row.key);
      if (isAgain) failedAgain += 1;
      if (taken.retryAfterMs !== undefined) leaveAlone = taken;
    }
  }
  deps.failedArticles?.set(source.id, [...failed]);
  return { judged, ...(leaveAlone && { leaveAlone }) };
}

/** Reads an item's own page and keeps it; a failure when it could not be fetched just now and stays for the next poll. */
async function takeArticle(
  item: ReadItem,
  source: PolledSource,
  deps: PollDeps,
): Promise<Judged | FailedFetch> {
  const { fetcher, rawItems, now, pseudonym, isDrill } = deps;
  const { url, key } = item;
  const kept = async (judged: Judged): Promise<Judged> => {
    await keep(source, [judged], deps);
    return judged;
  };
  const giveUp = async (reason: string, bytes: Uint8Array): Promise<Judged> => {
    const held = await quarantine(source, { url, bytes, reason }, deps);
    return await kept({ ...held, seen: { key, contentDigest: '', interactions: 0 } });
  };
  const fetched = await fetcher.get({ url, requestGapMs: source.requestGapMs });
  if (fetched.kind === 'notModified') {
    return { kind: 'failed', problem: 'status', message: '没有要求，对方却答未更新' };
  }
  if (fetched.kind === 'failed') {
    const isForGood = fetched.problem === 'encoding' || fetched.problem === 'tooLarge';
    return isForGood ? await giveUp(fetched.message, fetched.bytes ?? new Uint8Array()) : fetched;
  }
  const { bytes, contentType } = fetched;
  const decoded = decodeText(bytes, contentType);
  if (decoded.kind === 'undecodable') return await giveUp(decoded.reason, bytes);
  let whole: ReadItem;
  try {
    whole = withArticle(item, decoded.text, source.reader);
  } catch (error) {
    return await giveUp(messageOf(error), bytes);
  }
  const intake = { source, fetchedAt: now(), rawItemId: '', isDrill, pseudonym };
  const probe = judgeItem(whole, undefined, intake);
  // What bears a mark of secrecy leaves no bytes behind either.
  if (probe.column === 'refused') return await kept(probe);
  const rawItemId = await rawItems.put({ sourceId: source.id, url, bytes, at: now() });
  return await kept(judgeItem(whole, undefined, { ...intake, fetchedAt: now(), rawItemId }));
}
