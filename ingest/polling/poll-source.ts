import { amend, idOf, type Log, type Now } from '#core';
import { toFunnel } from '../funnel.ts';
import type { Fetcher, RawItemStore, SourceStateStore } from '../ports.ts';
import type { RhythmPack } from './rhythm.ts';
import { recordWaiver } from './record-waiver.ts';
import type { HourCount } from './silence.ts';
import type { PolledSource, Source } from '../source.ts';
import type { Run, SourceState } from '../source-state.ts';
import { stateAfter, type Look, type Surroundings } from './state-after.ts';
import { takePage, type Took } from './take-page.ts';
import type { Judged, Pseudonym } from '../to-post.ts';

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
  readonly rhythm: RhythmPack;
  /** The process is ending: the article in hand is finished, the others come with the next poll. */
  readonly isStopping?: () => boolean;
  /** Since when nobody can be reached, this look included; undefined while somebody answers. */
  readonly outageWith: (source: Source, before: SourceState, look: Look) => Date | undefined;
  /** Keys of the articles that could not be read lately, by source; the one that was tried last comes last. */
  readonly failedArticles?: Map<string, readonly string[]>;
}

/**
 * One look at one source. Posts are in the log before anything remembers that they were seen, so a
 * crash in between reads them again, under the same ids.
 */
export async function pollSource(source: PolledSource, deps: PollDeps): Promise<Run> {
  const { states, now } = deps;
  const startedAt = now();
  const known = await states.findById(source.id);
  const before = known ?? newState(source, startedAt);
  if (!known) await states.create(before);
  // In the record before it is used.
  const state = recordWaiver(before, source, startedAt)
    ? await amend(states, source.id, (current) => recordWaiver(current, source, startedAt))
    : before;
  const took = await takePage(source, state, deps);
  const isGapPossible = state.lastOkAt !== undefined && areAllNew(took.judged, deps.rhythm);
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
    rhythm: deps.rhythm,
  };
  // The state may have changed meanwhile: its news were passed on, a person paused it.
  await amend(states, source.id, (current) => stateAfter(current, source, look, around));
  return run;
}

const areAllNew = (judged: readonly Judged[], { gap }: RhythmPack): boolean =>
  judged.length >= gap.leastItems && judged.every(({ column }) => column === 'new');

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
  { states, rhythm }: PollDeps,
): Promise<readonly HourCount[] | undefined> {
  const isQuiet = outcome === 'nothingNew' || outcome === 'notModified';
  if (!isQuiet || !lastNewAt) return undefined;
  const slot = (moment: Date): number => Math.floor(moment.getTime() / rhythm.silence.askEveryMs);
  const isTime = !lastTryAt || slot(at) !== slot(lastTryAt) || health === 'silent';
  if (!isTime) return undefined;
  const hours = await states.hourCounts(
    id,
    new Date(lastNewAt.getTime() - rhythm.silence.baselineMs),
  );
  return hours.filter(({ hourAt }) => hourAt <= lastNewAt);
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
