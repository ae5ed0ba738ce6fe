import { expect, test } from 'vitest';
import { checkRoster, gapsInWords, type DutyRoster } from '#alert';
import { aPlan, aTable, beijing, everybody, HEAD, SHIFTS } from '../../support/rosters.ts';

const NOW = beijing('2026-03-02 09:00');
const gapsOf = (more: Partial<DutyRoster> = {}, isReachable = everybody, now = NOW) =>
  gapsInWords(checkRoster(now, 60, aTable(more), { maySit: everybody, isReachable }), (id) =>
    id.toUpperCase(),
  );

test('a roster that holds has no gaps for sixty days', () => {
  expect(gapsOf()).toEqual([]);
});

test('weekends without a shift are gaps, told once with how many more', () => {
  const plans = [aPlan({ shifts: SHIFTS.filter(({ id }) => id !== 'rest') })];
  expect(gapsOf({ plans })).toEqual([
    '没有值班员：03-07 08:30 至 03-09 08:30，此后还有 6 段',
    '没有第二值班员：03-07 08:30 至 03-09 08:30，此后还有 6 段',
    '没有带班领导：03-07 08:30 至 03-09 08:30，此后还有 6 段',
  ]);
});

test('who cannot be reached is named with the first time it matters', () => {
  const [line, ...more] = gapsOf({}, (id) => id !== 'd');
  expect(line).toMatch(/^第二值班员 D 没有可用的联系方式：03-02 .+，此后还有 \d+ 段$/);
  expect(more).toEqual([]);
});

test('who took a day by a swap and is on leave that day is told', () => {
  const swap = {
    id: 's',
    mine: { day: '2026-03-04', shiftId: 'day', seat: 'first' as const },
    theirs: { day: '2026-03-20', shiftId: 'day', seat: 'first' as const },
    askedBy: { personId: 'a', name: '甲' },
    askedOf: { personId: 'm', name: '乙' },
    reason: '换班',
    askedAt: NOW,
    answer: { isAccepted: true, at: NOW },
  };
  const leave = {
    id: 'l',
    personId: 'm',
    from: '2026-03-04',
    to: '2026-03-04',
    reason: '病假',
    by: HEAD,
    at: NOW,
  };
  expect(gapsOf({ swaps: [swap], leaves: [leave] })).toEqual([
    '值班员 M 当日请假：03-04 08:30 至 03-04 17:30',
  ]);
});

test('days whose kind nobody announced are told, the last ones of December among them', () => {
  expect(gapsOf({}, everybody, beijing('2026-12-01 09:00'))).toEqual([
    '节假日安排未定，各类班次都会被叫到：12-26 08:30 至 01-30 00:00',
  ]);
});
