import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  array,
  assert,
  constant,
  constantFrom,
  integer,
  oneof,
  property,
  record,
} from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { MINUTE_MS } from '#core';
import { readDrillClock, saveDrillClock } from '../../config/drill/drill-clock-file.ts';
import {
  restoreDrillClock,
  startDrillClock,
  type DrillClockState,
} from '../../config/drill/drill-clock.ts';

const STARTS_AT = new Date('2026-11-24T00:30:00Z');
const REAL = Date.parse('2026-03-01T00:00:00Z');
const minutesSince = (at: Date): number => (at.getTime() - STARTS_AT.getTime()) / MINUTE_MS;

let folder: string | undefined;
afterEach(() => {
  if (folder) rmSync(folder, { recursive: true });
  folder = undefined;
});

test('a minute at speed 20 is twenty minutes of the drill', () => {
  let real = REAL;
  const clock = startDrillClock({ startsAt: STARTS_AT, speed: 20, realNow: () => new Date(real) });
  real += MINUTE_MS;
  expect(clock.elapsedMinutes()).toBe(20);
  clock.setSpeed(60);
  expect(clock.elapsedMinutes()).toBe(20);
  real += MINUTE_MS;
  expect(clock.elapsedMinutes()).toBe(80);
});

test('a paused drill stands still and goes on where it stood', () => {
  let real = REAL;
  const clock = startDrillClock({ startsAt: STARTS_AT, speed: 20, realNow: () => new Date(real) });
  real += MINUTE_MS;
  clock.pause();
  real += 30 * MINUTE_MS;
  expect(clock.elapsedMinutes()).toBe(20);
  clock.resume();
  real += MINUTE_MS;
  expect(clock.elapsedMinutes()).toBe(40);
});

test.for([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('speed %s is refused', (speed) => {
  const clock = startDrillClock({ startsAt: STARTS_AT, speed: 1, realNow: () => new Date(REAL) });
  expect(() => clock.setSpeed(speed)).toThrow('演练速度');
});

test('drill time never goes back, whatever is pressed and wherever the process is killed', () => {
  const step = oneof(
    record({ kind: constant('pass' as const), ms: integer({ min: -5_000, max: 600_000 }) }),
    record({ kind: constant('speed' as const), speed: constantFrom(1, 20, 60, 0.5) }),
    record({ kind: constantFrom('pause' as const, 'resume' as const, 'look' as const) }),
    // A kill: what was written down last is all there is; the machine's clock has run on.
    record({ kind: constant('kill' as const), ms: integer({ min: 5_000, max: 600_000 }) }),
  );
  assert(
    property(array(step, { maxLength: 40 }), (steps) => {
      let real = REAL;
      let latestReal = REAL;
      let saved: DrillClockState | undefined;
      const realNow = (): Date => new Date(real);
      const save = (state: DrillClockState): void => {
        saved = state;
      };
      let clock = startDrillClock({ startsAt: STARTS_AT, speed: 20, realNow, save });
      let last = clock.now().getTime();
      for (const one of steps) {
        if (one.kind === 'pass') real += one.ms;
        else if (one.kind === 'speed') clock.setSpeed(one.speed);
        else if (one.kind === 'pause') clock.pause();
        else if (one.kind === 'resume') clock.resume();
        else if (one.kind === 'kill') {
          real = latestReal + one.ms;
          if (saved) clock = restoreDrillClock(saved, realNow, save);
        }
        latestReal = Math.max(latestReal, real);
        const now = clock.now().getTime();
        expect(now).toBeGreaterThanOrEqual(last);
        last = now;
      }
    }),
  );
});

test('after a kill the drill stands where it would stand had it run on', () => {
  folder = mkdtempSync(join(tmpdir(), 'drill-'));
  const path = join(folder, 'deep', 'clock.json');
  let real = REAL;
  const realNow = (): Date => new Date(real);
  const save = (state: DrillClockState): void => saveDrillClock(path, state);
  const killed = startDrillClock({ startsAt: STARTS_AT, speed: 1, realNow, save });
  real += 10 * MINUTE_MS;
  killed.setSpeed(60);
  real += 2 * MINUTE_MS;

  const saved = readDrillClock(path);
  const restored = restoreDrillClock(saved as DrillClockState, realNow, save);
  expect(minutesSince(restored.now())).toBe(130);
  expect(restored.now()).toEqual(killed.now());
  expect(readdirSync(join(folder, 'deep'))).toEqual(['clock.json']);
});

test('a change that cannot be written down does not happen', () => {
  let real = REAL;
  let isFull = false;
  const save = (): void => {
    if (isFull) throw new Error('disk full');
  };
  const realNow = (): Date => new Date(real);
  const clock = startDrillClock({ startsAt: STARTS_AT, speed: 1, realNow, save });
  isFull = true;
  expect(() => clock.setSpeed(60)).toThrow('disk full');
  real += MINUTE_MS;
  expect(clock.elapsedMinutes()).toBe(1);
});

test('no file is a new drill; a damaged file is an error and not a new drill', () => {
  folder = mkdtempSync(join(tmpdir(), 'drill-'));
  const path = join(folder, 'clock.json');
  expect(readDrillClock(path)).toBeUndefined();
  writeFileSync(path, '{"speed":20');
  expect(() => readDrillClock(path)).toThrow('无法解读');
});

test('a leap leaves out time, is written down, and never goes back', () => {
  const saved: DrillClockState[] = [];
  const clock = startDrillClock({
    startsAt: STARTS_AT,
    speed: 1,
    realNow: () => new Date(REAL),
    save: (state) => void saved.push(state),
  });
  clock.leap(90);
  expect(minutesSince(clock.now())).toBe(90);
  expect(minutesSince(saved.at(-1)?.drillAt ?? STARTS_AT)).toBe(90);
  expect(() => clock.leap(-1)).toThrow(RangeError);
  expect(minutesSince(clock.now())).toBe(90);
});
