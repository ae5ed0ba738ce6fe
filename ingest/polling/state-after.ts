import { beijingMinute, durationInWords, idOf, type Effect } from '#core';
import { backOffMs } from './back-off.ts';
import { nextIntervalMs } from './next-interval.ts';
import { silenceOf, type HourCount } from './silence.ts';
import { intervalBounds, type Source } from '../source.ts';
import type { FetchProblem, RunOutcome, SourceState } from '../source-state.ts';
import type { RhythmPack } from './rhythm.ts';
import { SOURCE_TROUBLES_TOPIC, type SourceTrouble } from './source-trouble.ts';

/** What one look at a source found, as far as its well-being goes. */
export interface Look {
  readonly at: Date;
  readonly outcome: RunOutcome;
  /** What went wrong, in words. */
  readonly problem?: string;
  readonly fetchProblem?: FetchProblem;
  readonly retryAfterMs?: number;
  /** It asks to be left alone until it is tried again. */
  readonly wantsRest?: boolean;
  readonly etag?: string | undefined;
  readonly lastModified?: string | undefined;
  /** Share of the items shown that were new, 0 to 1; absent when it showed none. */
  readonly newRatio?: number;
  /** Publication moments of the new items. */
  readonly publishedAt: readonly Date[];
  readonly isGapPossible: boolean;
}

/** What stands around the look. */
export interface Surroundings {
  /** The internet is out since then: one fact, and not this source's. */
  readonly outageSince: Date | undefined;
  /** The source's new items by hour; absent when it is not time to ask for its silence. */
  readonly hours: readonly HourCount[] | undefined;
  /** 0 to 1, for the spread of retries. */
  readonly random: number;
  readonly isDrill: boolean;
  readonly rhythm: RhythmPack;
}

const NEWEST_KEPT = 20;

/**
 * A source as a look leaves it: never off, only later; it says in words what failed and when it is tried
 * again. What became of its health goes on as news inside the document.
 */
export function stateAfter(
  state: SourceState,
  source: Source,
  look: Look,
  around: Surroundings,
): SourceState {
  const isOk = ['ok', 'notModified', 'nothingNew'].includes(look.outcome);
  const looked = isOk
    ? afterAnswer(state, source, look, around)
    : afterFailure(state, source, look, around);
  // Somebody stopped it while the look was under way: that stands.
  const next: SourceState = state.paused
    ? { ...looked, health: 'disabled', ...(state.problem && { problem: state.problem }) }
    : looked;
  // While nobody can be reached, no trouble of a source begins, and none ends.
  return !isOk && around.outageSince ? next : withNews(state, next, source, look.at, around);
}

function afterAnswer(
  state: SourceState,
  source: Source,
  look: Look,
  { hours, rhythm }: Surroundings,
): SourceState {
  const { at, etag, lastModified, newRatio, publishedAt } = look;
  const { problem: _solved, lastProblem: _passed, restUntil: _over, ...rest } = state;
  const newestAt = [...state.newestAt, ...publishedAt]
    .toSorted((a, b) => b.getTime() - a.getTime())
    .slice(0, NEWEST_KEPT);
  const previousMs = state.intervalMs ?? source.pollEveryMs;
  // The first look says nothing of the rhythm: everything it shows is new.
  const intervalMs = state.lastOkAt
    ? nextIntervalMs(previousMs, newestAt, newRatio, intervalBounds(source), rhythm.interval)
    : previousMs;
  const lastNewAt = look.outcome === 'ok' ? at : (state.lastNewAt ?? at);
  const silence = hours && silenceOf(hours, lastNewAt, at, rhythm.silence);
  const answered: SourceState = {
    ...rest,
    health: 'ok',
    isVerified: true,
    lastOkAt: at,
    lastTryAt: at,
    lastNewAt,
    nextTryAt: new Date(at.getTime() + intervalMs),
    failuresInARow: 0,
    intervalMs,
    newestAt,
    ...(etag && { etag }),
    ...(lastModified && { lastModified }),
    ...(look.isGapPossible && { possibleGapAt: at }),
  };
  if (silence?.kind !== 'silent') {
    // Not asked this time: what was found before stands until something new comes.
    const isStillQuiet = !hours && isQuiet(state, rhythm) && look.outcome !== 'ok';
    return isStillQuiet && state.problem
      ? { ...answered, health: 'silent', problem: state.problem }
      : answered;
  }
  const quiet = durationInWords(at.getTime() - lastNewAt.getTime());
  return {
    ...answered,
    health: 'silent',
    problem: `读得到，但已有${quiet}没有新信息；按它平时的规律应有约 ${Math.round(silence.expected)} 条`,
  };
}

function afterFailure(
  state: SourceState,
  source: Source,
  look: Look,
  { outageSince, random, rhythm }: Surroundings,
): SourceState {
  const { at, outcome, fetchProblem, retryAfterMs = 0, wantsRest } = look;
  const { problem = '没有读到内容' } = look;
  const intervalMs = state.intervalMs ?? source.pollEveryMs;
  const { silentAfter, longestBackOffMs } = rhythm.failures;
  const wasDead = state.failuresInARow >= silentAfter;
  // Nobody can be reached: that is no failure of this source, nor was the one just before it was known, and
  // it is tried again soon. Who was dead before is dead still.
  const failuresInARow = outageSince
    ? wasDead
      ? state.failuresInARow
      : 0
    : state.failuresInARow + 1;
  const waitMs = Math.max(
    retryAfterMs,
    outageSince ? intervalMs / 2 : backOffMs(intervalMs, failuresInARow, random, longestBackOffMs),
  );
  const nextTryAt = new Date(at.getTime() + waitMs);
  const said = outageSince ? `外网不通（自 ${beijingMinute(outageSince)}）` : problem;
  const isSilent = !outageSince && failuresInARow >= silentAfter;
  const { lastProblem: _before, restUntil: _over, ...rest } = state;
  return {
    ...rest,
    health: healthAfterFailure(state, outcome, isSilent),
    lastTryAt: at,
    nextTryAt,
    failuresInARow,
    problem: `${said}；${beijingMinute(nextTryAt)} 再试`,
    ...(fetchProblem && { lastProblem: fetchProblem }),
    // A refusal means the same, whether it names a time or not.
    ...((wantsRest || fetchProblem === 'blocked') && { restUntil: nextTryAt }),
  };
}

/** A failure ends no trouble: only an answer does. */
function healthAfterFailure(
  { health }: SourceState,
  outcome: RunOutcome,
  isSilent: boolean,
): SourceState['health'] {
  if (outcome === 'blocked') return 'blocked';
  if (isSilent) return 'silent';
  return health === 'ok' ? 'late' : health;
}

const isQuiet = ({ health, failuresInARow }: SourceState, { failures }: RhythmPack): boolean =>
  health === 'silent' && failuresInARow < failures.silentAfter;

/** The source with the news of a trouble that began or ended. */
function withNews(
  before: SourceState,
  after: SourceState,
  source: Source,
  at: Date,
  { isDrill, rhythm }: Surroundings,
): SourceState {
  const was = troubleOf(before, source, rhythm);
  const is = troubleOf(after, source, rhythm);
  if (was === is) return after;
  const trouble: SourceTrouble = {
    sourceId: source.id,
    sourceName: source.name,
    kind: is ?? 'recovered',
    reason: after.problem ?? reasonOf(is, source),
    at,
    isDrill,
  };
  const effect: Effect = {
    topic: SOURCE_TROUBLES_TOPIC,
    id: idOf('trouble', source.id, trouble.kind, at.toISOString()),
    key: source.id,
    body: trouble,
  };
  return { ...after, effects: [...after.effects, effect] };
}

function reasonOf(kind: SourceTrouble['kind'] | undefined, source: Source): string {
  if (kind !== 'overBudget') return `${source.name} 已恢复正常`;
  return `下一次读取排得太远，最长发现时间超过预算${durationInWords(source.discoveryBudgetMs)}`;
}

function troubleOf(
  state: SourceState,
  { discoveryBudgetMs }: Source,
  rhythm: RhythmPack,
): SourceTrouble['kind'] | undefined {
  const { health, failuresInARow, lastOkAt, nextTryAt } = state;
  if (health === 'blocked') return 'blocked';
  if (health === 'silent') return isQuiet(state, rhythm) ? 'quiet' : 'noSuccess';
  // Late without a failure of its own: the internet was out.
  if (health === 'late' && failuresInARow === 0) return undefined;
  const unseenMs = lastOkAt ? nextTryAt.getTime() - lastOkAt.getTime() : 0;
  return unseenMs > discoveryBudgetMs ? 'overBudget' : undefined;
}
