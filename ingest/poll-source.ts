import { beijingMinute, idOf, messageOf, type Log, type LogEntry, type Now } from '#core';
import { backOffMs } from './back-off.ts';
import { decodeText } from './decode-text.ts';
import { toFunnel } from './funnel.ts';
import { POSTS_TOPIC, type Post } from './post.ts';
import type { Fetcher, FetchResult, RawItemStore, SourceStateStore } from './ports.ts';
import type { ReadItem } from './read-item.ts';
import type { ParsedFeed } from './parse-feed.ts';
import { readPage, withArticle } from './read-page.ts';
import type { Source } from './source.ts';
import type { Run, RunOutcome, SeenItem, SourceState } from './source-state.ts';
import { judgeItem, judgeKnownRow, type Judged, type Pseudonym } from './to-post.ts';

export interface PollDeps {
  readonly fetcher: Fetcher;
  readonly states: SourceStateStore;
  readonly rawItems: RawItemStore;
  readonly log: Log;
  readonly now: Now;
  readonly pseudonym: Pseudonym;
  readonly isDrill: boolean;
  /** 0 to 1, for the spread of retries. */
  readonly random: () => number;
}

/** Article pages read in one poll; rows beyond it stay unseen and come with the next. */
const MOST_ARTICLES = 20;

interface Took {
  readonly outcome: RunOutcome;
  readonly problem?: string;
  readonly retryAfterMs?: number;
  readonly judged: readonly Judged[];
  readonly etag?: string | undefined;
  readonly lastModified?: string | undefined;
}

/**
 * One look at one source. Posts are in the log before anything remembers that they were seen, so a
 * crash in between reads them again, under the same ids.
 */
export async function pollSource(source: Source, deps: PollDeps): Promise<Run> {
  const { states, now } = deps;
  const startedAt = now();
  const state = (await states.findById(source.id)) ?? newState(source, startedAt);
  const took = await take(source, state, deps);

  const run: Run = {
    id: idOf('run', source.id, startedAt.toISOString()),
    sourceId: source.id,
    startedAt,
    endedAt: now(),
    outcome: took.outcome,
    ...(took.problem !== undefined && { problem: took.problem }),
    funnel: toFunnel(took.judged.map(({ column }) => column)),
  };
  await states.recordRun(run);
  const next = stateAfter(state, source, took, startedAt, deps.random());
  if (!(await states.create(next))) await states.replace({ ...next, revision: state.revision + 1 });
  return run;
}

/** Posts go into the log, then into memory; each step may be repeated, none may be left out. */
async function keep(source: Source, judged: readonly Judged[], deps: PollDeps): Promise<void> {
  const posts = judged.flatMap(({ post }) => post ?? []);
  await deps.log.append(POSTS_TOPIC, posts.map(toEntry));
  const seen = judged.flatMap((one): SeenItem[] => (one.seen ? [one.seen] : []));
  await deps.states.markSeen(source.id, seen, deps.now());
}

const toEntry = (post: Post): LogEntry => ({ id: post.id, key: post.sourceId, body: post });

async function take(source: Source, state: SourceState, deps: PollDeps): Promise<Took> {
  const fetched = await deps.fetcher.get({
    url: source.url,
    requestGapMs: source.requestGapMs,
    etag: state.etag,
    lastModified: state.lastModified,
  });
  if (fetched.kind === 'notModified') return { outcome: 'notModified', judged: [] };
  if (fetched.kind === 'failed') return await notFetched(source, fetched, deps);
  const { bytes, contentType, etag, lastModified } = fetched;
  let page: ParsedFeed;
  try {
    page = await readPage(decoded(bytes, contentType), source.reader, fetched.finalUrl);
  } catch (error) {
    // The whole page could not be understood: it is kept, and the source says so.
    const problem = messageOf(error);
    await quarantine(source, source.url, bytes, problem, deps);
    return { outcome: 'nothingUnderstood', problem, judged: [{ column: 'quarantined' }] };
  }
  const { judged: read, isComplete } = await judgeAll(source, page.items, bytes, deps);
  const lost: Judged[] = Array.from({ length: page.unparsable }, () => ({ column: 'unparsable' }));
  const judged = [...read, ...lost];
  const outcome = judged.some(({ column }) => column === 'new') ? 'ok' : 'nothingNew';
  // Rows that wait for the next poll must not be hidden from it by an answer "not modified".
  return isComplete ? { outcome, judged, etag, lastModified } : { outcome, judged };
}

async function notFetched(
  source: Source,
  failed: Extract<FetchResult, { kind: 'failed' }>,
  deps: PollDeps,
): Promise<Took> {
  const { message: problem, retryAfterMs, bytes } = failed;
  if (bytes) await quarantine(source, source.url, bytes, problem, deps);
  const isBlocked = failed.problem === 'blocked' || failed.problem === 'robots';
  return {
    outcome: isBlocked ? 'blocked' : 'fetchFailed',
    problem,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
    judged: bytes ? [{ column: 'quarantined' }] : [],
  };
}

async function judgeAll(
  source: Source,
  items: readonly ReadItem[],
  bytes: Uint8Array,
  deps: PollDeps,
): Promise<{ readonly judged: readonly Judged[]; readonly isComplete: boolean }> {
  const { states, rawItems, now, pseudonym, isDrill } = deps;
  const known = await states.findSeen(
    source.id,
    items.map(({ key }) => key),
  );
  const listId = await rawItems.put({ sourceId: source.id, url: source.url, bytes, at: now() });
  // Stamped and appended without a pause in between: the log's order is the order of the stamps,
  // and no countdown's start has to move because of two polls that overlap.
  const fetchedAt = now();
  const judged = items.flatMap((item): Judged[] => {
    const seen = known.get(item.key);
    if (item.needsArticle) return seen ? [judgeKnownRow(item, seen, fetchedAt)] : [];
    return [judgeItem(item, seen, { source, fetchedAt, rawItemId: listId, isDrill, pseudonym })];
  });
  await keep(source, judged, deps);
  // The oldest first: they are the next to leave the list. Each is kept as soon as it is read.
  const unread = items
    .filter(({ key, needsArticle }) => needsArticle && !known.has(key))
    .toReversed();
  for (const item of unread.slice(0, MOST_ARTICLES)) {
    const one = await takeArticle(item, source, deps);
    if (one) judged.push(one);
  }
  return { judged, isComplete: judged.length === items.length };
}

/** Reads an item's own page and keeps it; undefined when it could not be fetched just now and stays for the next poll. */
async function takeArticle(
  item: ReadItem,
  source: Source,
  deps: PollDeps,
): Promise<Judged | undefined> {
  const { fetcher, rawItems, now, pseudonym, isDrill } = deps;
  const fetched = await fetcher.get({ url: item.url, requestGapMs: source.requestGapMs });
  const giveUp = async (reason: string, bytes: Uint8Array): Promise<Judged> => {
    await quarantine(source, item.url, bytes, reason, deps);
    const seen = { key: item.key, contentDigest: '', interactions: 0 };
    return await kept({ column: 'quarantined', seen });
  };
  const kept = async (judged: Judged): Promise<Judged> => {
    await keep(source, [judged], deps);
    return judged;
  };
  if (fetched.kind === 'notModified') return undefined;
  if (fetched.kind === 'failed') {
    const isForGood = fetched.problem === 'encoding' || fetched.problem === 'tooLarge';
    return isForGood ? await giveUp(fetched.message, fetched.bytes ?? new Uint8Array()) : undefined;
  }
  const { bytes, contentType } = fetched;
  let whole: ReadItem;
  try {
    whole = withArticle(item, decoded(bytes, contentType), source.reader);
  } catch (error) {
    return await giveUp(messageOf(error), bytes);
  }
  const intake = { source, fetchedAt: now(), rawItemId: '', isDrill, pseudonym };
  const probe = judgeItem(whole, undefined, intake);
  // What bears a mark of secrecy leaves no bytes behind either.
  if (probe.column === 'refused') return await kept(probe);
  const rawItemId = await rawItems.put({ sourceId: source.id, url: item.url, bytes, at: now() });
  return await kept(judgeItem(whole, undefined, { ...intake, fetchedAt: now(), rawItemId }));
}

function decoded(bytes: Uint8Array, contentType: string): string {
  const result = decodeText(bytes, contentType);
  if (result.kind === 'undecodable') throw new Error(result.reason);
  return result.text;
}

async function quarantine(
  source: Source,
  url: string,
  bytes: Uint8Array,
  reason: string,
  deps: PollDeps,
): Promise<void> {
  await deps.rawItems.quarantine({ sourceId: source.id, url, bytes, at: deps.now(), reason });
}

export function newState(source: Source, now: Date): SourceState {
  return {
    id: source.id,
    revision: 1,
    effects: [],
    health: 'ok',
    isVerified: false,
    nextTryAt: now,
    failuresInARow: 0,
  };
}

/** A source as a look leaves it: never off, only later; and it says in words what failed and when it is tried again. */
function stateAfter(
  state: SourceState,
  source: Source,
  took: Took,
  at: Date,
  random: number,
): SourceState {
  const isOk = ['ok', 'notModified', 'nothingNew'].includes(took.outcome);
  const { problem: _solved, ...rest } = state;
  if (isOk) {
    const nextTryAt = new Date(at.getTime() + source.pollEveryMs);
    return {
      ...rest,
      health: 'ok',
      isVerified: true,
      lastOkAt: at,
      lastTryAt: at,
      nextTryAt,
      failuresInARow: 0,
      ...(took.etag && { etag: took.etag }),
      ...(took.lastModified && { lastModified: took.lastModified }),
    };
  }
  const failuresInARow = state.failuresInARow + 1;
  const waitMs = Math.max(
    took.retryAfterMs ?? 0,
    backOffMs(source.pollEveryMs, failuresInARow, random),
  );
  const nextTryAt = new Date(at.getTime() + waitMs);
  const again = `${beijingMinute(nextTryAt)} 再试`;
  return {
    ...rest,
    health: took.outcome === 'blocked' ? 'blocked' : failuresInARow > 1 ? 'silent' : 'late',
    lastTryAt: at,
    nextTryAt,
    failuresInARow,
    problem: `${took.problem ?? '没有读到内容'}；${again}`,
  };
}
