import { array, assert, constantFrom, integer, property, record, uniqueArray } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '#core';
import {
  decideAlarms,
  type AlarmMessage,
  type AlarmState,
} from '../../../config/watchdog/decide-alarms.ts';
import type { Trouble } from '../../../config/watchdog/judge-watch.ts';
import { readWatchPack, type TroubleKind } from '../../../config/watchdog/watch-pack.ts';

const START = new Date('2026-11-27T02:00:00+08:00').getTime();
const PACK = readWatchPack();
const RULES = {
  remindEveryMs: 30 * MINUTE_MS,
  calmMs: MINUTE_MS,
  explains: (kind: TroubleKind) => PACK.troubles[kind].explains,
};

const aTrouble = (kind: TroubleKind): Trouble => ({ id: kind, kind, sinceAt: new Date(START) });

interface Look {
  /** s after the start */
  readonly at: number;
  readonly troubles: readonly TroubleKind[];
}

/** What is told over several looks: `at kind: troubles`. */
function told(looks: readonly Look[]): string[] {
  let state: AlarmState = { open: [], over: [] };
  return looks.flatMap(({ at, troubles }) => {
    const now = new Date(START + at * SECOND_MS);
    const decided = decideAlarms(troubles.map(aTrouble), state, now, RULES);
    ({ state } = decided);
    return decided.message ? [`${at} ${inShort(decided.message)}`] : [];
  });
}

const inShort = (message: AlarmMessage): string =>
  message.kind === 'recovered'
    ? `recovered ${message.over.map(({ trouble }) => trouble.id).join()}`
    : `${message.kind} ${message.troubles.map(({ id }) => id).join()}`;

const every20s = (from: number, to: number, ...troubles: TroubleKind[]): Look[] =>
  Array.from({ length: Math.ceil((to - from) / 20) }, (_, index) => ({
    at: from + index * 20,
    troubles,
  }));

describe('what is told', () => {
  test('nothing, for a day on which all is well', () => {
    expect(told(every20s(0, 86_400))).toEqual([]);
  });

  test('a trouble at once, again every 30 minutes, and once that all is well', () => {
    expect(told([...every20s(0, 4_000, 'stopped'), ...every20s(4_000, 9_000)])).toEqual([
      '0 alarm stopped',
      '1800 reminder stopped',
      '3600 reminder stopped',
      '4040 recovered stopped',
    ]);
  });

  test('a second trouble at once, with the first beside it; all well only when both are over', () => {
    const looks = [
      ...every20s(0, 40, 'diskLow'),
      ...every20s(40, 80, 'overdueCountdown', 'diskLow'),
      ...every20s(80, 400, 'diskLow'),
      ...every20s(400, 600),
    ];
    expect(told(looks)).toEqual([
      '0 alarm diskLow',
      '40 alarm overdueCountdown,diskLow',
      '440 recovered overdueCountdown,diskLow',
    ]);
  });

  test('what a stop brings about rings nobody again, and is in the reminder', () => {
    const looks = [
      ...every20s(0, 60, 'stopped'),
      ...every20s(60, 1_820, 'stopped', 'noAnswer', 'overdueCountdown', 'graveNotice'),
    ];
    expect(told(looks)).toEqual([
      '0 alarm stopped',
      '1800 reminder stopped,noAnswer,overdueCountdown,graveNotice',
    ]);
  });

  test('but does once the stop is over and it stays', () => {
    const looks = [
      ...every20s(0, 20, 'stopped'),
      ...every20s(20, 100, 'stopped', 'overdueCountdown'),
      ...every20s(100, 300, 'overdueCountdown'),
    ];
    expect(told(looks)).toEqual(['0 alarm stopped', '140 alarm overdueCountdown']);
  });

  test('a trouble that comes and goes within the calm is one', () => {
    const flapping = [0, 80, 160, 240].flatMap((at) => [
      ...every20s(at, at + 40, 'noAnswer'),
      ...every20s(at + 40, at + 80),
    ]);
    expect(told([...flapping, ...every20s(320, 500)])).toEqual([
      '0 alarm noAnswer',
      '320 recovered noAnswer',
    ]);
  });

  test('after all was well it begins anew', () => {
    const looks = [
      ...every20s(0, 20, 'stopped'),
      ...every20s(20, 200),
      ...every20s(200, 220, 'stopped'),
    ];
    expect(told(looks)).toEqual(['0 alarm stopped', '60 recovered stopped', '200 alarm stopped']);
  });
});

/** Looks after which somebody should have heard and has not, with what is wrong. */
function silences(
  history: readonly { afterMs: number; kinds: readonly TroubleKind[] }[],
): string[] {
  let state: AlarmState = { open: [], over: [] };
  let at = START;
  let toldAt: number | undefined;
  return history.flatMap(({ afterMs, kinds }) => {
    at += afterMs;
    const decided = decideAlarms(kinds.map(aTrouble), state, new Date(at), RULES);
    ({ state } = decided);
    const { message } = decided;
    if (message?.kind === 'recovered') {
      const isRight = kinds.length === 0 && toldAt !== undefined;
      toldAt = undefined;
      return isRight ? [] : [`recovered with ${kinds.join()}`];
    }
    if (message) toldAt = at;
    if (kinds.length === 0) return [];
    if (toldAt === undefined) return [`never told of ${kinds.join()}`];
    return at - toldAt < RULES.remindEveryMs ? [] : [`not reminded of ${kinds.join()}`];
  });
}

test('whatever happens: nobody waits longer than one look for a first word, or 30 minutes for the next', () => {
  // None of these explains another.
  const kind = constantFrom<TroubleKind>(
    'restarting',
    'graveNotice',
    'diskLow',
    'overdueCountdown',
  );
  const look = record({
    afterMs: integer({ min: SECOND_MS, max: HOUR_MS }),
    kinds: uniqueArray(kind),
  });
  assert(
    property(array(look, { maxLength: 40 }), (history) => {
      expect(silences(history)).toEqual([]);
    }),
  );
});
