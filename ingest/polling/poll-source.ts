import { amend, idOf, messageOf, MINUTE_MS, type Log, type Now } from '#core';
import { decodeText } from '../text/decode-text.ts';
import { distinctItems } from '../distinct-items.ts';
import { toFunnel } from '../funnel.ts';
import { keep, quarantine } from '../keep.ts';
import type { Fetcher, RawItemStore, SourceStateStore } from '../ports.ts';
import type { ReadItem } from '../read-item.ts';
import { withOlderPages } from '../pages/older-pages.ts';
import type { ParsedFeed } from '../feeds/parse-feed.ts';
import { readPage } from '../pages/read-page.ts';
import { hasSecrecyMark } from '../text/secrecy-mark.ts';
import { BASELINE_MS, type HourCount } from './silence.ts';
import type { PolledSource, Source } from '../source.ts';
import type { Run, SeenItem, SourceState } from '../source-state.ts';
import { stateAfter, type Look, type Surroundings } from './state-after.ts';
import { takeArticles, type FailedFetch } from '../take-articles.ts';
import {
  contentDigest,
  judgeItem,
  judgeKnownRow,
  type Judged,
  type Pseudonym,
} from '../to-post.ts';

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
  /** The process is ending: the article in hand is finished, the others come with the next poll. */
  readonly isStopping?: () => boolean;
  /** Since when nobody can be reached, this look included; undefined while somebody answers. */
  readonly outageWith: (source: Source, before: SourceState, look: Look) => Date | undefined;
  /** Keys of the articles that could not be read lately, by source; the one that was tried last comes last. */
  readonly failedArticles?: Map<string, readonly string[]>;
}

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
export async function pollSource(source: PolledSource, deps: PollDeps): Promise<Run> {
  const { states, now } = deps;
  const startedAt = now();
  const known = await states.findById(source.id);
  const state = known ?? newState(source, startedAt);
  if (!known) await states.create(state);
  const took = await take(source, state, deps);
  const isGapPossible = state.lastOkAt !== undefined && areAllNew(took.judged);
  const quarantinedIds = took.judged.flatMap((one) => one.quarantinedId ?? []);

  const run: Run = {
    id: idOf('run', source.id, startedAt.toISOString()),
    sourceId: source.id,
    startedAt,
    endedAt: now(),
    outcome: took.outcome,
    ...(took.problem !== undefined && { problem: took.problem }),
    funnel: toFunnel(took.judged.map(({ column }) => column)),
    isGapPossible,
    ...(quarantinedIds.length > 0 && { quarantinedIds }),
  };
  await states.recordRun(run);
  const look = toLook(took, isGapPossible, startedAt);
  const around: Surroundings = {
    outageSince: deps.outageWith(source, state, look),
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

async function take(source: PolledSource, state: SourceState, deps: PollDeps): Promise<Took> {
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
    const held = await quarantine(source, { url: source.url, bytes, reason: problem }, deps);
    return { outcome: 'nothingUnderstood', problem, judged: [held] };
  }
  page = await withOlderPages({ text, url: fetched.finalUrl, page }, source, state, deps);
  const { judged: read, isComplete, leaveAlone } = await judgeAll(source, page.items, bytes, deps);
  const lost: Judged[] = Array.from({ length: page.unparsable }, () => ({ column: 'unparsable' }));
  const judged = [...read, ...lost];
  if (leaveAlone) return { ...failureOf(leaveAlone), judged };
  const outcome = judged.some(({ column }) => column === 'new') ? 'ok' : 'nothingNew';
  // Rows that wait for the next poll must not be hidden from it by an answer "not modified".
  return isComplete ? { outcome, judged, etag, lastModified } : { outcome, judged };
}

async function notFetched(source: Source, failed: FailedFetch, deps: PollDeps): Promise<Took> {
  const { message: reason, bytes } = failed;
  const judged = bytes ? [await quarantine(source, { url: source.url, bytes, reason }, deps)] : [];
  return { ...failureOf(failed), judged };
}

function failureOf({ problem, message, retryAfterMs }: FailedFetch): Omit<Took, 'judged'> {
  const isBlocked = problem === 'blocked' || problem === 'robots';
  return {
    outcome: isBlocked ? 'blocked' : 'fetchFailed',
    problem: message,
    fetchProblem: problem,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  };
}

interface JudgedPage {
  readonly judged: readonly Judged[];
  /** No row waits for the next poll. */
  readonly isComplete: boolean;
  readonly leaveAlone: FailedFetch | undefined;
}

async function judgeAll(
  source: PolledSource,
  shown: readonly ReadItem[],
  bytes: Uint8Array,
  deps: PollDeps,
): Promise<JudgedPage> {
  const { states, rawItems, now, pseudonym, isDrill } = deps;
  const { items, repeatedKeys } = distinctItems(shown);
  const known = await states.findSeen(
    source.id,
    items.map(({ key }) => key),
  );
  // Bytes that hold one marked item are not kept for the sake of the others; bytes of which all is known say nothing.
  const isMarked = items.some(({ title, text }) => hasSecrecyMark(`${title}\n${text}`));
  const isWorthKeeping = !isMarked && items.some((item) => isNews(item, known.get(item.key)));
  const listId = isWorthKeeping
    ? await rawItems.put({ sourceId: source.id, url: source.url, bytes, at: now() })
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
  const { judged: read, leaveAlone } = await takeArticles(unread, source, deps);
  for (const [key, one] of read) judgedByKey.set(key, one);
  const repeats = repeatedKeys.filter((key) => judgedByKey.has(key));
  return {
    judged: [...judgedByKey.values(), ...repeats.map((): Judged => ({ column: 'duplicate' }))],
    isComplete: judgedByKey.size === items.length,
    leaveAlone,
  };
}

/** Whether it, its text or its figures were not seen yet; of a row that is known only the figures are on the page. */
const isNews = (item: ReadItem, seen: SeenItem | undefined): boolean =>
  !seen ||
  (!item.needsArticle &&
    (seen.contentDigest !== contentDigest(item) || seen.interactions !== (item.interactions ?? 0)));

function decoded(bytes: Uint8Array, contentType: string): string {
  const result = decodeText(bytes, contentType);
  if (result.kind === 'undecodable') throw new Error(result.reason);
  return result.text;
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
