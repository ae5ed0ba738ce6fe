import { array, assert, constantFrom, nat, property, tuple } from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { BeatView, OutcomeView } from '../../dashboards/contract/index.ts';
import { beatsText, OUTCOMES, toBeats } from '../../dashboards/web/format/heartbeat.ts';

const MINUTE_MS = 60_000;
/** 08:00 in Beijing. */
const START_MS = Date.parse('2026-11-24T00:00:00Z');

const look = (minute: number, outcome: OutcomeView = 'nothingNew', newItems = 0): BeatView => ({
  at: new Date(START_MS + minute * MINUTE_MS).toISOString(),
  outcome,
  new: newItems,
});
const beats = (looks: readonly BeatView[], untilMinute?: number, intervalMs = 5 * MINUTE_MS) => {
  const last = looks.at(-1);
  const until =
    untilMinute === undefined ? Date.parse(last?.at ?? '') : START_MS + untilMinute * MINUTE_MS;
  return toBeats(looks, intervalMs, until);
};

describe('a heartbeat', () => {
  test('has a bar for each look, which says when it was and what came of it', () => {
    expect(beats([look(0, 'ok', 3), look(5, 'fetchFailed')])).toEqual([
      { kind: 'ok', title: '2026-11-24 08:00:00 有新信息 3 条' },
      { kind: 'fetchFailed', title: '2026-11-24 08:05:00 没有读到' },
    ]);
  });

  test('shows a night in which the machine was off as a gap', () => {
    expect(
      beats([look(0), look(5), look(10), look(100), look(105)]).map(({ kind, title }) =>
        kind === 'gap' ? title : kind,
      ),
    ).toEqual([
      'nothingNew',
      'nothingNew',
      'nothingNew',
      '11-24 08:10 至 11-24 09:40 没有读取（1小时30分）',
      'nothingNew',
      'nothingNew',
    ]);
  });

  test('ends in a gap when nobody has looked since', () => {
    const looks = [look(0), look(5), look(10)];
    expect(beats(looks, 24).map(({ kind }) => kind)).not.toContain('gap');
    expect(beats(looks, 40).at(-1)).toEqual({
      kind: 'gap',
      title: '11-24 08:10 之后没有读取（30分钟）',
    });
  });

  test('calls a rhythm that grew slower no gap, nor the pauses of what comes by itself', () => {
    expect(beats([look(0), look(30), look(60), look(90)])).toHaveLength(4);
    const seldom = [look(0), look(1), look(5_000)];
    expect(beats(seldom, 90_000, Number.POSITIVE_INFINITY)).toHaveLength(3);
  });

  test('is told in words for who cannot see it', () => {
    const looks = [look(0, 'ok', 2), look(5), look(10, 'blocked'), look(15), look(300, 'ok', 9)];
    expect(beatsText(beats(looks))).toBe(
      '最近 5 次读取：有新信息 2 次，没有新信息 2 次，被对方拒绝 1 次；中断 1 处',
    );
    expect(beatsText([])).toBe('还没有读取过');
  });

  test('loses no look, whatever the distances between them', () => {
    const steps = array(tuple(nat(10_000), constantFrom(...OUTCOMES)), { minLength: 1 });
    assert(
      property(steps, (given) => {
        let minute = 0;
        const looks = given.map(([step, outcome]) => look((minute += step), outcome));
        const shown = beats(looks).filter(({ kind }) => kind !== 'gap');
        expect(shown.map(({ kind }) => kind)).toEqual(looks.map(({ outcome }) => outcome));
      }),
    );
  });
});
