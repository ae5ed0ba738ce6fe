import type { SourceView } from '#contract';
import {
  isPolled,
  outletOf,
  waiverInForce,
  WEAKNESS_WORDS,
  worstDiscoveryMs,
  type Run,
  type Source,
  type SourceState,
} from '#ingest';
import type { SourceHealth } from '#server';

/** Bars of a heartbeat. */
export const BEATS_SHOWN = 60;
const RUNS_SHOWN = 10;
const PROBLEMS_SHOWN = 5;

const KIND_WORDS: Readonly<Record<Source['kind'], string>> = {
  portal: '门户网站',
  forum: '论坛',
  postBar: '贴吧',
  blog: '博客',
  weibo: '微博',
  wechat: '微信',
  shortVideo: '短视频',
  app: '客户端',
  newspaper: '报刊',
  broadcast: '广播电视',
  hotline: '热线',
  mailbox: '信箱',
  vendor: '数据供应商',
  manual: '人工录入',
};
const HEALTH_WORDS: Readonly<Record<SourceState['health'], string>> = {
  ok: '正常',
  late: '延迟',
  silent: '读不到',
  blocked: '被拒绝',
  disabled: '已停用',
};

/** A source as its settings, its state and its last runs have it. */
export interface KnownSource {
  readonly source: Source;
  /** Absent before the first look. */
  readonly state: SourceState | undefined;
  /** Newest first. */
  readonly runs: readonly Run[];
}

/** A source as its page shows it. */
export function toSourceView(known: KnownSource, now: Date): SourceView {
  const { runs } = known;
  return {
    ...toSourceHealth(known, now),
    runs: runs.slice(0, RUNS_SHOWN).map(toRunView),
    heartbeat: runs
      .slice(0, BEATS_SHOWN)
      .map(({ startedAt, outcome, funnel }) => ({
        at: startedAt.toISOString(),
        outcome,
        new: funnel.new,
      }))
      .toReversed(),
    problems: toProblems(runs),
  };
}

/** What can be said of a source by its last run. */
export function toSourceHealth({ source, state, runs }: KnownSource, now: Date): SourceHealth {
  const { id, name, kind, url, mediaTier, inputPath, seenAt, lawfulNote, pollEveryMs } = source;
  const { discoveryBudgetMs } = source;
  // A look that was under way when somebody stopped the source writes down its own health.
  const health = state?.paused ? 'disabled' : (state?.health ?? 'late');
  const never = isPolled(source) ? '尚未读过' : '尚未收到';
  const worstMs = worstOf({ source, state, runs }, now);
  return {
    id,
    name,
    kind,
    kindName: KIND_WORDS[kind],
    isPolled: isPolled(source),
    readerKind: source.reader.kind,
    url,
    outlet: outletOf(source),
    mediaTier,
    inputPath,
    seenAt: [seenAt, lawfulNote].filter(Boolean).join('；'),
    health,
    healthName: state?.lastTryAt || state?.paused ? HEALTH_WORDS[health] : never,
    isVerified: state?.isVerified ?? false,
    ...(state?.lastOkAt && { lastOkAt: state.lastOkAt.toISOString() }),
    ...(state?.lastTryAt && { lastTryAt: state.lastTryAt.toISOString() }),
    // What is stopped, or comes by itself, is not waited for.
    ...(state && isRead(source, state) && { nextTryAt: state.nextTryAt.toISOString() }),
    failuresInARow: state?.failuresInARow ?? 0,
    ...(state?.problem !== undefined && !state.paused && { problem: state.problem }),
    pollEveryMs,
    intervalMs: state?.intervalMs ?? pollEveryMs,
    ...(worstMs !== undefined && { worstDiscoveryMs: worstMs }),
    discoveryBudgetMs,
    isOverBudget: worstMs !== undefined && worstMs > discoveryBudgetMs,
    ...(state?.possibleGapAt && { possibleGapAt: state.possibleGapAt.toISOString() }),
    ...(state?.lastNewAt && { lastNewAt: state.lastNewAt.toISOString() }),
    ...(source.tlsWaiver && { tlsWaiver: toWaiverView(source.tlsWaiver, now) }),
    ...(state?.paused && {
      paused: {
        by: state.paused.by.name,
        at: state.paused.at.toISOString(),
        reason: state.paused.reason,
      },
    }),
  };
}

const toWaiverView = (waiver: NonNullable<Source['tlsWaiver']>, now: Date) => ({
  ...waiver,
  weaknesses: waiver.weaknesses.map((one) => WEAKNESS_WORDS[one]),
  isOver: waiverInForce(waiver, now) === undefined,
});

const isRead = (source: Source, state: SourceState): boolean => isPolled(source) && !state.paused;

/** 最长发现时间 of a source, ms; undefined for one that was never read, is stopped, or is not polled. */
export function worstOf({ source, state, runs }: KnownSource, now: Date): number | undefined {
  if (!state || !isRead(source, state)) return undefined;
  const [last] = runs;
  const lookMs = last ? last.endedAt.getTime() - last.startedAt.getTime() : 0;
  return worstDiscoveryMs(state, lookMs, now);
}

function toRunView({ id, startedAt, endedAt, outcome, problem, funnel, reparsedAt }: Run) {
  return {
    id,
    startedAt: startedAt.toISOString(),
    endedAt: endedAt.toISOString(),
    outcome,
    ...(problem !== undefined && { problem }),
    funnel,
    ...(reparsedAt && { reparsedAt: reparsedAt.toISOString() }),
  };
}

/** Each problem once, by the last time it came; the newest first. */
function toProblems(runs: readonly Run[]): SourceView['problems'] {
  const bad = runs.filter(({ problem }) => problem !== undefined);
  return [...Map.groupBy(bad, ({ problem }) => problem ?? '')]
    .slice(0, PROBLEMS_SHOWN)
    .map(([text, same]) => ({
      at: (same[0]?.startedAt ?? new Date(0)).toISOString(),
      text,
      times: same.length,
    }));
}
