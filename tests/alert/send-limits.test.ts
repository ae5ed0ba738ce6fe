import { array, assert, asyncProperty, boolean, constantFrom, integer, record } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openDatabase } from '#core/sqlite';
import { routeRuleOf, type ChannelKind, type Limit } from '#alert';
import { SqliteSendLedger } from '../../alert/adapters/sqlite-send-ledger.ts';
import { fileDatabase } from '../support/temp-database.ts';
import { channelPack, NIGHT } from '../support/alerts.ts';

const at = (ms: number): Date => new Date(NIGHT.getTime() + ms);
const limitsOf = (kind: ChannelKind): readonly Limit[] => routeRuleOf(channelPack, kind).limits;

/** The most sends in any window of this length, both ends included. */
function mostInWindow(times: readonly number[], perMs: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  let from = 0;
  return sorted.reduce((most, time, index) => {
    while (time - (sorted[from] ?? 0) > perMs) from += 1;
    return Math.max(most, index - from + 1);
  }, 0);
}

describe('the limits of the robots', () => {
  test.for([
    ['wecom', 60_000, 18, 20],
    ['dingtalk', 60_000, 18, 20],
    ['feishu', 60_000, 80, 100],
    ['feishu', 1_000, 4, 5],
  ] as const)(
    '%s: in every sliding %i ms at most %i, below the %i of the far side',
    async ([kind, perMs, most, far]) => {
      const limits = limitsOf(kind);
      await assert(
        asyncProperty(
          array(
            record({ gapMs: constantFrom(0, 1, 7, 250, 999, 3_000, 59_999), isGrave: boolean() }),
            {
              minLength: 50,
              maxLength: 300,
            },
          ),
          integer({ min: 0, max: 1_000 }),
          async (tries, startMs) => {
            const ledger = new SqliteSendLedger(openDatabase(':memory:'));
            const sent: number[] = [];
            let nowMs = startMs;
            for (const { gapMs, isGrave } of tries) {
              nowMs += gapMs;
              const send = { route: kind, personId: '', isGrave };
              const { fullUntil } = await ledger.take(send, limits, at(nowMs));
              if (!fullUntil) sent.push(nowMs);
              expect(fullUntil === undefined || fullUntil > at(nowMs)).toBe(true);
            }
            expect(mostInWindow(sent, perMs)).toBeLessThanOrEqual(most);
            expect(most).toBeLessThan(far);
          },
        ),
        { numRuns: 60 },
      );
    },
  );

  test('a counter that forgets what is a minute old to the millisecond would be caught', () => {
    const times = [...Array<number>(18).fill(0), 60_000];
    expect(mostInWindow(times, 60_000)).toBe(19);
  });

  test('four of eighteen are kept for priority 0', async () => {
    const ledger = new SqliteSendLedger(openDatabase(':memory:'));
    const take = async (isGrave: boolean) =>
      await ledger.take({ route: 'wecom', personId: '', isGrave }, limitsOf('wecom'), NIGHT);
    const isTaken: boolean[] = [];
    for (let index = 0; index < 15; index += 1) isTaken.push(!(await take(false)).fullUntil);
    expect(isTaken.filter(Boolean)).toHaveLength(14);
    for (let index = 0; index < 4; index += 1) expect(await take(true)).toEqual({});
    expect((await take(true)).fullUntil).toEqual(at(60_001));
  });

  test('the count is still there after a restart', async () => {
    const send = { route: 'dingtalk', personId: '', isGrave: true } as const;
    const { database, reopen } = fileDatabase();
    const first = new SqliteSendLedger(database);
    for (let index = 0; index < 18; index += 1) await first.take(send, limitsOf('dingtalk'), NIGHT);
    const again = new SqliteSendLedger(reopen());
    const { fullUntil } = await again.take(send, limitsOf('dingtalk'), at(30_000));
    expect(fullUntil).toEqual(at(60_001));
  });

  test('a person is rung up once a minute, and another person meanwhile', async () => {
    const ledger = new SqliteSendLedger(openDatabase(':memory:'));
    const ring = async (personId: string, ms: number) =>
      await ledger.take({ route: 'voice', personId, isGrave: true }, limitsOf('voice'), at(ms));
    expect(await ring('first', 0)).toEqual({});
    expect((await ring('first', 30_000)).fullUntil).toEqual(at(60_001));
    expect(await ring('second', 30_000)).toEqual({});
    expect(await ring('first', 60_001)).toEqual({});
  });

  test('a clock set back by an hour does not close a robot for an hour', async () => {
    const ledger = new SqliteSendLedger(openDatabase(':memory:'));
    const send = { route: 'wecom', personId: '', isGrave: true } as const;
    for (let index = 0; index < 18; index += 1) await ledger.take(send, limitsOf('wecom'), NIGHT);
    expect(await ledger.take(send, limitsOf('wecom'), at(-3_600_000))).toEqual({});
  });
});
