import { assert, integer, property } from 'fast-check';
import { expect, test } from 'vitest';
import { DAY_MS, HOUR_MS } from '#core';
import { silenceOf, type HourCount } from '../../../ingest/polling/silence.ts';
import { rhythmPack } from '../../support/packs.ts';

const RULE = rhythmPack.silence;
/** Monday 2026-11-23 00:00 in Beijing. */
const MONDAY = new Date('2026-11-22T16:00:00Z');
const after = (hours: number): Date => new Date(MONDAY.getTime() + hours * HOUR_MS);

/** Four weeks before that Monday of a site that writes `perHour` items from 8 to 18 on working days. */
const officeHours = (perHour: number): HourCount[] =>
  Array.from({ length: 28 * 24 }, (_, index) => {
    const hourAt = new Date(MONDAY.getTime() - 28 * DAY_MS + index * HOUR_MS);
    const hour = index % 24;
    const isWorkday = Math.floor(index / 24) % 7 < 5;
    return { hourAt, newItems: isWorkday && hour >= 8 && hour < 18 ? perHour : 0 };
  });

test.for([
  { what: 'a quiet night of a site that writes by day', last: -7, now: 7, kind: 'usual' },
  { what: 'a weekend of a site that rests on it', last: -55, now: 8, kind: 'usual' },
  { what: 'a working day without a word', last: -54, now: 16, kind: 'silent' },
  { what: 'two hours of a working day without a word', last: 9, now: 11, kind: 'usual' },
])('$what is $kind', ({ last, now, kind }) => {
  expect(silenceOf(officeHours(2), after(last), after(now), RULE).kind).toBe(kind);
});

test('a source known for less than a week cannot be called silent', () => {
  const days = officeHours(20).slice(-3 * 24);
  expect(silenceOf(days, after(0), after(16), RULE)).toEqual({ kind: 'unknown' });
});

test('a source that never brought much is not called silent for bringing nothing', () => {
  expect(silenceOf(officeHours(0.01), after(0), after(24), RULE).kind).toBe('usual');
});

test('longer quiet is never less likely to be called silence', () => {
  assert(
    property(integer({ min: 0, max: 200 }), integer({ min: 0, max: 50 }), (hours, more) => {
      const kinds = [hours, hours + more].map(
        (now) => silenceOf(officeHours(1), after(0), after(now), RULE).kind,
      );
      expect(kinds).not.toEqual(['silent', 'usual']);
    }),
  );
});
