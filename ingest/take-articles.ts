import { digestOf } from '#core';
import { keep, quarantine } from './keep.ts';
import type { PollDeps } from './polling/poll-source.ts';
import type { FailedFetch, ReceivedBytes } from './ports.ts';
import type { ReadItem } from './read-item.ts';
import { readFetched, UNASKED } from './pages/read-fetched.ts';
import { withArticle } from './pages/read-page.ts';
import type { PolledSource } from './source.ts';
import { askFor } from './to-request.ts';
import { hasSecrecyMark } from './text/secrecy-mark.ts';
import { judgeItem, type Judged } from './to-post.ts';

export interface TakenArticles {
  /** What was read, by the row's key. */
  readonly judged: ReadonlyMap<string, Judged>;
  /** What could not be fetched just now, by the row's key; without a reason what failed before and waits. */
  readonly failed: ReadonlyMap<string, FailedFetch | 'notFetched'>;
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
  const { mostALook, mostFailedAgain } = deps.rhythm.articles;
  const failedBefore = deps.failedArticles?.get(source.id) ?? [];
  const failed = new Set(failedBefore.filter((key) => rows.some((row) => row.key === key)));
  const fresh = rows.filter(({ key }) => !failed.has(key)).toReversed();
  const again = [...failed].flatMap((key) => rows.find((row) => row.key === key) ?? []);
  const judged = new Map<string, Judged>();
  let leaveAlone: FailedFetch | undefined;
  const failures = new Map<string, FailedFetch>();
  let failedAgain = 0;
  for (const row of [...fresh, ...again].slice(0, mostALook)) {
    if (leaveAlone || failedAgain >= mostFailedAgain || deps.isStopping?.()) break;
    const taken = await takeArticle(row, source, deps);
    // Whatever came of it: among those that failed it is now the one tried last.
    const isAgain = failed.delete(row.key);
    if ('column' in taken) judged.set(row.key, taken);
    else {
      failed.add(row.key);
      failures.set(row.key, taken);
      if (isAgain) failedAgain += 1;
      if (taken.wantsRest) leaveAlone = taken;
    }
  }
  deps.failedArticles?.set(source.id, [...failed]);
  return {
    judged,
    failed: new Map([...failed].map((key) => [key, failures.get(key) ?? 'notFetched'])),
    ...(leaveAlone && { leaveAlone }),
  };
}

type Held = Pick<ReceivedBytes, 'bytes' | 'contentType' | 'finalUrl'>;

/** Reads an item's own page and keeps it; a failure when it could not be fetched just now and stays for the next poll. */
async function takeArticle(
  item: ReadItem,
  source: PolledSource,
  deps: PollDeps,
): Promise<Judged | FailedFetch> {
  const { rawItems, now, pseudonym, isDrill } = deps;
  const { url, key } = item;
  const kept = async (judged: Judged): Promise<Judged> => {
    await keep(source, [judged], deps);
    return judged;
  };
  const seen = { key, contentDigest: '', interactions: 0 };
  const giveUp = async (reason: string, received: Held): Promise<Judged> => {
    const held = await quarantine(source, { url, reason, ...received }, deps);
    return await kept({ ...held, seen });
  };
  const notFetched = async (failed: FailedFetch): Promise<Judged | FailedFetch> => {
    const isForGood = failed.problem === 'encoding' || failed.problem === 'tooLarge';
    return isForGood
      ? await giveUp(failed.message, { bytes: failed.bytes ?? new Uint8Array() })
      : failed;
  };
  const ask = askFor(source, deps);
  const fetched = await ask(url);
  if (fetched.kind === 'notModified') return UNASKED;
  if (fetched.kind === 'failed') return await notFetched(fetched);
  const reading = await readFetched(
    fetched,
    (text, from) => withArticle(item, text, source.reader, from),
    ask,
  );
  if (reading.kind === 'notFetched') return await notFetched(reading.failed);
  const { bytes, contentType, finalUrl } = reading.page;
  if (reading.kind === 'unreadable') {
    // What bears a mark of secrecy leaves no bytes behind, understood or not.
    if (hasSecrecyMark(reading.text)) {
      const marked = { ...seen, contentDigest: digestOf(reading.text) };
      return await kept({ column: 'refused', seen: marked });
    }
    return await giveUp(reading.reason, { bytes, contentType, finalUrl });
  }
  const whole = reading.value;
  const intake = { source, fetchedAt: now(), rawItemId: '', isDrill, pseudonym };
  const probe = judgeItem(whole, undefined, intake);
  // What bears a mark of secrecy leaves no bytes behind either.
  if (probe.column === 'refused') return await kept(probe);
  const received = { sourceId: source.id, url, bytes, contentType, finalUrl, at: now() };
  const rawItemId = await rawItems.put(received);
  return await kept(judgeItem(whole, undefined, { ...intake, fetchedAt: now(), rawItemId }));
}
