import { expect, test } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '#core';
import { SourceSchema, SOURCE_TROUBLES_TOPIC, type SourceState } from '#ingest';
import { stateAfter, type Look, type Surroundings } from '../../../ingest/polling/state-after.ts';
import { rhythmPack } from '../../support/packs.ts';
import { minutesAfter, NOON } from '../../support/posts.ts';
import { aSourceState } from '../../support/sources.ts';

const source = SourceSchema.parse({
  id: 'city-daily',
  name: '城市日报',
  kind: 'newspaper',
  inputPath: 'rss',
  mediaTier: 'M3',
  url: 'https://daily.test/rss.xml',
  reader: { kind: 'feed' },
  pollEveryMs: 10 * MINUTE_MS,
});
const around: Surroundings = {
  outageSince: undefined,
  hours: undefined,
  random: 0.5,
  isDrill: false,
  rhythm: rhythmPack,
};
const look = (minute: number, changes: Partial<Look> = {}): Look => ({
  at: minutesAfter(minute),
  outcome: 'nothingNew',
  publishedAt: [],
  isGapPossible: false,
  ...changes,
});
const failure = (minute: number): Look =>
  look(minute, { outcome: 'fetchFailed', fetchProblem: 'timeout', problem: '连接超时（10 秒）' });
const troubles = (state: SourceState): unknown[] =>
  state.effects.map(({ topic, body }) => [topic, (body as { kind: string }).kind]);
/** Four weeks of ten new items an hour, night and day. */
const busy = Array.from({ length: 28 * 24 }, (_, index) => ({
  hourAt: new Date(NOON.getTime() - 28 * DAY_MS + index * HOUR_MS),
  newItems: 10,
}));

test('a dead source is silent within two of its intervals, told once, and tried for ever', () => {
  let state = aSourceState({
    lastOkAt: NOON,
    nextTryAt: minutesAfter(10),
    intervalMs: 10 * MINUTE_MS,
  });
  let silentAt: Date | undefined;
  let told = 0;
  for (let tries = 0; tries < 40; tries += 1) {
    const before = state.effects.length;
    state = stateAfter(state, source, { ...failure(0), at: state.nextTryAt }, around);
    told += state.effects.length - before;
    if (state.health === 'silent') silentAt ??= state.lastTryAt;
  }
  expect(silentAt?.getTime()).toBeLessThanOrEqual(minutesAfter(20).getTime());
  expect(told).toBe(1);
  expect(troubles(state)).toEqual([[SOURCE_TROUBLES_TOPIC, 'noSuccess']]);
  expect(state.nextTryAt.getTime() - (state.lastTryAt?.getTime() ?? 0)).toBeLessThanOrEqual(
    7.2 * HOUR_MS,
  );
  const back = stateAfter(state, source, look(999, { outcome: 'ok' }), around);
  expect(back).toMatchObject({ health: 'ok', failuresInARow: 0 });
  expect(troubles(back).at(-1)).toEqual([SOURCE_TROUBLES_TOPIC, 'recovered']);
});

test('during an outage no source fails, and each is tried again soon', () => {
  const outage = { ...around, outageSince: minutesAfter(5) };
  let state = aSourceState();
  for (const minute of [10, 20, 30]) state = stateAfter(state, source, failure(minute), outage);
  expect(state).toMatchObject({ health: 'late', failuresInARow: 0, effects: [] });
  expect(state.problem).toContain('外网不通');
  expect(state.nextTryAt).toEqual(minutesAfter(35));
});

const notUnderstood = (minute: number): Look =>
  look(minute, { outcome: 'nothingUnderstood', problem: '订阅源无法识别' });

test('a page that is not understood twice is a source without success, not a quiet one', () => {
  const once = stateAfter(aSourceState(), source, notUnderstood(10), around);
  const twice = stateAfter(once, source, notUnderstood(15), around);
  expect(twice.health).toBe('silent');
  expect(troubles(twice)).toEqual([[SOURCE_TROUBLES_TOPIC, 'noSuccess']]);
});

test.for([
  { what: 'dead', state: { health: 'silent', failuresInARow: 2, lastProblem: 'timeout' } },
  { what: 'quiet', state: { health: 'silent', failuresInARow: 0, lastNewAt: NOON } },
  { what: 'refused', state: { health: 'blocked', failuresInARow: 5, lastProblem: 'blocked' } },
] as const)(
  'a source that is $what is so through an outage, and nobody is told twice',
  ({ state }) => {
    const outage = { ...around, outageSince: minutesAfter(5) };
    const before = aSourceState({ ...state, problem: '先前的原因' });
    const after = stateAfter(before, source, failure(10), outage);
    expect(after).toMatchObject({ health: state.health, effects: [] });
  },
);

test('a quiet source that fails once is still the quiet one that was told of', () => {
  const quiet = aSourceState({
    health: 'silent',
    problem: '读得到，但没有新信息',
    lastNewAt: NOON,
  });
  const once = stateAfter(quiet, source, failure(90), around);
  expect(once).toMatchObject({ health: 'silent', effects: [] });
  const twice = stateAfter(once, source, failure(95), around);
  expect(troubles(twice)).toEqual([[SOURCE_TROUBLES_TOPIC, 'noSuccess']]);
});

test('an outage longer than the budget is no trouble of a source, neither when it lasts nor when it ends', () => {
  let state = aSourceState({ lastOkAt: NOON });
  const outage = { ...around, outageSince: minutesAfter(5) };
  for (let minute = 10; minute < 240; minute += 5) {
    state = stateAfter(state, source, failure(minute), outage);
  }
  state = stateAfter(state, source, look(240), around);
  expect(state).toMatchObject({ health: 'ok', effects: [] });
});

test('a source that was never read and then answers with an empty page is well', () => {
  const dead = aSourceState({ health: 'silent', failuresInARow: 2, problem: '连接超时' });
  expect(stateAfter(dead, source, look(10), around)).toMatchObject({ health: 'ok' });
});

test('a source that answers and brings nothing for longer than its habit is silent, until it brings something', () => {
  const quiet = stateAfter(aSourceState({ lastNewAt: NOON }), source, look(90), {
    ...around,
    hours: busy,
  });
  expect(quiet.health).toBe('silent');
  expect(quiet.problem).toBe('读得到，但已有1小时30分没有新信息；按它平时的规律应有约 15 条');
  expect(troubles(quiet)).toEqual([[SOURCE_TROUBLES_TOPIC, 'quiet']]);
  expect(stateAfter(quiet, source, look(95), around).health).toBe('silent');
  const back = stateAfter(quiet, source, look(100, { outcome: 'ok', newRatio: 0.1 }), around);
  expect(back.health).toBe('ok');
  expect(back.problem).toBeUndefined();
});

test('a refusal is another fact than silence, and its wait is obeyed', () => {
  const refused = stateAfter(
    aSourceState(),
    source,
    look(10, { outcome: 'blocked', fetchProblem: 'blocked', retryAfterMs: 2 * HOUR_MS }),
    around,
  );
  expect(refused.health).toBe('blocked');
  expect(refused.nextTryAt).toEqual(minutesAfter(130));
  expect(troubles(refused)).toEqual([[SOURCE_TROUBLES_TOPIC, 'blocked']]);
});

test('the interval follows the source’s rhythm within its bounds', () => {
  const often = stateAfter(
    aSourceState({ intervalMs: 10 * MINUTE_MS }),
    source,
    look(10, { outcome: 'ok', newRatio: 0.9 }),
    around,
  );
  expect(often.intervalMs).toBe(5 * MINUTE_MS);
  const seldom = stateAfter(aSourceState({ intervalMs: 15 * MINUTE_MS }), source, look(10), around);
  expect(seldom.intervalMs).toBe(20 * MINUTE_MS);
});

test.for([
  { what: 'a refusal', changes: { outcome: 'blocked', fetchProblem: 'blocked' }, rests: true },
  { what: 'a busy server', changes: { outcome: 'fetchFailed', wantsRest: true }, rests: true },
  { what: 'a timeout', changes: { outcome: 'fetchFailed', fetchProblem: 'timeout' }, rests: false },
] as const)('until it is tried again, after $what nobody asks it: $rests', ({ changes, rests }) => {
  const failed = stateAfter(aSourceState(), source, look(10, changes), around);
  expect(failed.restUntil).toEqual(rests ? failed.nextTryAt : undefined);
  expect(stateAfter(failed, source, look(200), around)).not.toHaveProperty('restUntil');
});
