import { amend, idOf, messageOf, MINUTE_MS, type Log, type LogEntry, type Now } from '#core';
import { decodeText } from './decode-text.ts';
import { toFunnel } from './funnel.ts';
import { POSTS_TOPIC, type Post } from './post.ts';
import type { Fetcher, FetchResult, RawItemStore, SourceStateStore } from './ports.ts';
import type { ReadItem } from './read-item.ts';
import type { ParsedFeed } from './parse-feed.ts';
import { readPage, withArticle } from './read-page.ts';
import { hasSecrecyMark } from './secrecy-mark.ts';
import { BASELINE_MS, type HourCount } from './silence.ts';
import type { Source } from './source.ts';
import type { FetchProblem, Run, SeenItem, SourceState } from './source-state.ts';
import { stateAfter, type Look, type Surroundings } from './state-after.ts';
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
  /** Since when nobody can be reached, this source's failure included; undefined while somebody answers. */
  readonly outageWith: (source: Source, fetchProblem: FetchProblem | undefined) => Date | undefined;
}

/** Article pages read in one poll; rows beyond it stay unseen and come with the next. */
const MOST_ARTICLES = 20;

interface Took extends Pick<
  Look,
  'outcome' | 'problem' | 'fetchProblem' | 'retryAfterMs' | 'etag' | 'lastModified'
> {
  readonly judged: readonly Judged[];
}

/** How often a source that brings nothing is asked whether that is its habit. */
const SILENCE_EVERY_MS = 15 * MINUTE_MS;
/** Fewer items than this say nothing of a gap. */
const LEAST_ITEMS_FOR_GAP = 3;

/**
 * One look at one source. Posts are in the log before anything remembers that they were seen, so a
 * crash in between reads them again, under the same ids.
 */
export async function pollSource(source: Source, deps: PollDeps): Promise<Run> {
  const { states, now } = deps;
  const startedAt = now();
  await states.create(newState(source, startedAt));
  const state = (await states.findById(source.id)) ?? newState(source, startedAt);
  const took = await take(source, state, deps);
  const isGapPossible = state.lastOkAt !== undefined && areAllNew(took.judged);

  const run: Run = {
    id: idOf('run', source.id, startedAt.toISOString()),
    sourceId: source.id,
    startedAt,
    endedAt: now(),
    outcome: took.outcome,
    ...(took.problem !== undefined && { problem: took.problem }),
    funnel: toFunnel(took.judged.map(({ column }) => column)),
    isGapPossible,
  };
  await states.recordRun(run);
  const look = toLook(took, isGapPossible, startedAt);
  const around: Surroundings = {
    outageSince: deps.outageWith(source, look.fetchProblem),
    hours: await hoursToJudge(source, state, look, deps),
    random: deps.random(),
    isDrill: deps.isDrill,
  };
  // The state may have changed meanwhile: its news were passed on, a person paused it.
  await amend(states, source.id, (current) => stateAfter(current, source, look, around));
  return run;
}

const areAllNew = (judged: readonly Judged[]): boolean =>
  judged.length >= LEAST_ITEMS_FOR_GAP && judged.every(({ column }) => column === 'new');

function toLook({ judged, ...took }: Took, isGapPossible: boolean, at: Date): Look {
  const posts = judged.flatMap(({ column, post }) => (column === 'new' && post ? [post] : []));
  return {
    ...took,
    at,
    ...(judged.length > 0 && { newRatio: posts.length / judged.length }),
    publishedAt: posts
      .filter(({ publishedFrom }) => publishedFrom !== 'fetch')
      .map(({ publishedAt }) => publishedAt),
    isGapPossible,
  };
}

/** The source's habit, when it brought nothing and it is time to ask; a source known to be quiet is asked each time. */
async function hoursToJudge(
  { id }: Source,
  { lastNewAt, lastTryAt, health }: SourceState,
  { outcome, at }: Look,
  { states }: PollDeps,
): Promise<readonly HourCount[] | undefined> {
  const isQuiet = outcome === 'nothingNew' || outcome === 'notModified';
  if (!isQuiet || !lastNewAt) return undefined;
  const slot = (moment: Date): number => Math.floor(moment.getTime() / SILENCE_EVERY_MS);
  const isTime = !lastTryAt || slot(at) !== slot(lastTryAt) || health === 'silent';
  if (!isTime) return undefined;
  const hours = await states.hourCounts(id, new Date(lastNewAt.getTime() - BASELINE_MS));
  return hours.filter(({ hourAt }) => hourAt <= lastNewAt);
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
  let text = '';
  try {
    text = decoded(bytes, contentType);
    page = await readPage(text, source.reader, fetched.finalUrl);
  } catch (error) {
    const problem = messageOf(error);
    // What bears a mark of secrecy is not kept, understood or not.
    if (hasSecrecyMark(text))
      return { outcome: 'nothingUnderstood', problem, judged: [{ column: 'refused' }] };
    // The whole page could not be understood: it is kept, and the source says so.
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
    fetchProblem: failed.problem,
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
  // Bytes that hold one marked item are not kept for the sake of the others.
  const isMarked = items.some(({ title, text }) => hasSecrecyMark(`${title}\n${text}`));
  const listId = isMarked
    ? ''
    : await rawItems.put({ sourceId: source.id, url: source.url, bytes, at: now() });
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
    newestAt: [],
  };
}
