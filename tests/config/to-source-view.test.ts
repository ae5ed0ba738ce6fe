import { describe, expect, test } from 'vitest';
import { SourceView } from '#contract';
import { SourceSchema, toFunnel, type Run, type SourceState } from '#ingest';
import { toSourceView } from '../../config/to-source-view.ts';
import { NOON } from '../support/posts.ts';
import { aPolledSource, aRun, aSourceState } from '../support/sources.ts';

const MINUTE_MS = 60_000;
const after = (minutes: number): Date => new Date(NOON.getTime() + minutes * MINUTE_MS);
const daily = aPolledSource({
  id: 'city-daily',
  name: '霖江日报',
  kind: 'newspaper',
  inputPath: 'rss',
  mediaTier: 'M3',
  url: 'https://daily.test/rss.xml',
  reader: { kind: 'feed' },
  discoveryBudgetMs: 30 * MINUTE_MS,
});
/** Runs by minute after noon, newest first. */
const runsAt = (minutes: readonly number[], changes: Partial<Run> = {}): Run[] =>
  minutes
    .map((minute) =>
      aRun(`run-${minute}`, { startedAt: after(minute), endedAt: after(minute), ...changes }),
    )
    .toReversed();
const view = (state: SourceState | undefined, runs: readonly Run[] = [], at = NOON) =>
  SourceView.parse(toSourceView({ source: daily, state, runs }, at));

describe('a source on its page', () => {
  test('shows the waiver for its encryption, who answers for it, and that it is over', () => {
    const tlsWaiver = {
      weaknesses: ['expired' as const],
      reason: '已电话核实',
      by: '信息中心 李主任',
      until: '2026-03-02',
    };
    const shownAt = (at: Date) =>
      SourceView.parse(
        toSourceView({ source: { ...daily, tlsWaiver }, state: undefined, runs: [] }, at),
      ).tlsWaiver;
    expect(shownAt(NOON)).toEqual({ ...tlsWaiver, weaknesses: ['证书过期'], isOver: false });
    expect(shownAt(after(24 * 60))?.isOver).toBe(true);
  });

  test('tells the interval in force and how long a post can stay unseen, the look itself included', () => {
    const state = aSourceState({ intervalMs: 10 * MINUTE_MS, nextTryAt: after(10) });
    const [run] = runsAt([0]);
    const runs = run ? [{ ...run, endedAt: after(1) }] : [];
    expect(view(state, runs)).toMatchObject({
      intervalMs: 10 * MINUTE_MS,
      worstDiscoveryMs: 11 * MINUTE_MS,
      discoveryBudgetMs: 30 * MINUTE_MS,
      isOverBudget: false,
    });
  });

  test('is over its budget once the next look is overdue for long enough', () => {
    const state = aSourceState({ nextTryAt: after(10) });
    expect(view(state, runsAt([0]), after(30)).isOverBudget).toBe(false);
    expect(view(state, runsAt([0]), after(31))).toMatchObject({
      worstDiscoveryMs: 31 * MINUTE_MS,
      isOverBudget: true,
    });
  });

  test('that was never read promises nothing', () => {
    const fresh = view(undefined);
    expect(fresh).toMatchObject({ healthName: '尚未读过', isVerified: false, isOverBudget: false });
    expect(fresh.worstDiscoveryMs).toBeUndefined();
  });

  test('that somebody stopped says who and why, is waited for by nobody and counts as stopped', () => {
    const paused = { by: { personId: 'p', name: '柏小满' }, at: NOON, reason: '对方改版' };
    // A look under way at that moment wrote its own health.
    const stopped = view(aSourceState({ paused, health: 'ok', problem: '柏小满停用：对方改版' }));
    expect(stopped).toMatchObject({
      health: 'disabled',
      healthName: '已停用',
      paused: { by: '柏小满', at: NOON.toISOString(), reason: '对方改版' },
    });
    expect([stopped.nextTryAt, stopped.worstDiscoveryMs, stopped.problem]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });

  test('keeps sixty bars of its heartbeat, oldest first, and ten runs, newest first', () => {
    const minutes = Array.from({ length: 70 }, (_, minute) => minute);
    const funnel = toFunnel(['new', 'new']);
    const { heartbeat, runs } = view(aSourceState(), runsAt(minutes, { funnel }));
    expect(heartbeat).toHaveLength(60);
    expect(heartbeat[0]).toEqual({ at: after(10).toISOString(), outcome: 'ok', new: 2 });
    expect(runs.map(({ id }) => id)).toEqual(
      minutes
        .slice(60)
        .toReversed()
        .map((one) => `run-${one}`),
    );
  });

  test('names each problem of its looks once, by the last time, and five at most', () => {
    const bad = (minute: number, problem: string) => ({
      ...aRun(`run-${minute}`),
      startedAt: after(minute),
      outcome: 'fetchFailed' as const,
      problem,
    });
    const runs = [
      bad(9, '对方回答 503'),
      aRun('good'),
      bad(7, '连接超时（10 秒）'),
      bad(6, '对方回答 503'),
      ...[5, 4, 3, 2].map((minute) => bad(minute, `对方回答 52${minute}`)),
    ];
    const { problems } = view(aSourceState(), runs);
    expect(problems.slice(0, 2)).toEqual([
      { at: after(9).toISOString(), text: '对方回答 503', times: 2 },
      { at: after(7).toISOString(), text: '连接超时（10 秒）', times: 1 },
    ]);
    expect(problems).toHaveLength(5);
  });

  test('that comes by itself has no interval to be late for', () => {
    const manual = SourceSchema.parse({ ...daily, url: '', reader: { kind: 'manual' } });
    const state = aSourceState({ nextTryAt: after(1) });
    const shown = toSourceView({ source: manual, state, runs: [] }, after(9_000));
    expect(shown).toMatchObject({ isPolled: false, isOverBudget: false });
    expect(shown.nextTryAt).toBeUndefined();
  });
});
