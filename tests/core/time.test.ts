import { execFileSync } from 'node:child_process';
import { assert, date, integer, property } from 'fast-check';
import { expect, test } from 'vitest';
import {
  beijingDay,
  beijingMinute,
  DAY_MS,
  durationInWords,
  HOUR_MS,
  MINUTE_MS,
  startOfBeijingDay,
} from '#core';

/** From the last year with summer time on: what the product can meet. */
const moment = date({
  min: new Date('1992-01-01T00:00:00Z'),
  max: new Date('2100-01-01T00:00:00Z'),
  noInvalidDate: true,
});
const inShanghai = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Shanghai',
  dateStyle: 'short',
  timeStyle: 'short',
});

test('the day and the minute are those of a clock on a wall in Beijing', () => {
  assert(
    property(moment, (at) => {
      expect(beijingMinute(at)).toBe(inShanghai.format(at));
      expect(beijingDay(at)).toBe(inShanghai.format(at).slice(0, 10));
    }),
  );
});

test('every moment lies in the day whose start we give, and not in the one before or after', () => {
  assert(
    property(moment, (at) => {
      const start = startOfBeijingDay(beijingDay(at));
      const sinceStartMs = at.getTime() - start.getTime();
      expect(sinceStartMs).toBeGreaterThanOrEqual(0);
      expect(sinceStartMs).toBeLessThan(DAY_MS);
      expect(beijingDay(new Date(start.getTime() - 1))).not.toBe(beijingDay(at));
    }),
  );
});

test.for(['America/Los_Angeles', 'Asia/Kathmandu', 'Pacific/Kiritimati', 'UTC'])(
  'the border of the day is the same on a machine set to %s',
  (zone) => {
    const script = `
      import { beijingDay, startOfBeijingDay } from './core/time.ts';
      console.log(new Date(0).getTimezoneOffset(), beijingDay(new Date('2026-03-02T15:59:59.999Z')),
        beijingDay(new Date('2026-03-02T16:00:00Z')), startOfBeijingDay('2026-03-03').toISOString());`;
    const out = execFileSync(process.execPath, ['--input-type=module', '--eval', script], {
      env: { ...process.env, TZ: zone },
      encoding: 'utf8',
    });
    const [offset, ...rest] = out.trim().split(' ');
    expect(Number(offset) === 0).toBe(zone === 'UTC');
    expect(rest).toEqual(['2026-03-02', '2026-03-03', '2026-03-02T16:00:00.000Z']);
  },
);

test.for(['2026-02-30', '2026-13-01', '26-01-01', '2026-1-1', '昨天', ''])(
  'no day begins at “%s”',
  (day) => {
    expect(() => startOfBeijingDay(day)).toThrow(RangeError);
  },
);

test.for([
  [0, '0分钟'],
  [59_999, '0分钟'],
  [41 * MINUTE_MS, '41分钟'],
  [60 * MINUTE_MS, '1小时'],
  [3 * HOUR_MS + 28 * MINUTE_MS, '3小时28分'],
  [47 * HOUR_MS + 59 * MINUTE_MS, '47小时59分'],
  [48 * HOUR_MS, '2天'],
  [52 * HOUR_MS, '2天4小时'],
] as const)('%i ms read as %s', ([ms, words]) => {
  expect(durationInWords(ms)).toBe(words);
  expect(durationInWords(-ms)).toBe(words);
});

test('the words never promise more time than there is, and less than an hour too little', () => {
  assert(
    property(integer({ min: 0, max: 60 * DAY_MS }), (ms) => {
      const [, days = 0, hours = 0, minutes = 0] =
        /^(?:(\d+)天)?(?:(\d+)小时)?(?:(\d+)分(?:钟)?)?$/u.exec(durationInWords(ms)) ?? [];
      const said = Number(days) * DAY_MS + Number(hours) * HOUR_MS + Number(minutes) * MINUTE_MS;
      expect(ms - said).toBeGreaterThanOrEqual(0);
      expect(ms - said).toBeLessThan(ms < 48 * HOUR_MS ? MINUTE_MS : HOUR_MS);
    }),
  );
});
