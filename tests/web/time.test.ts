import { describe, expect, it } from 'vitest';
import {
  countText,
  digitsText,
  durationText,
  exactText,
  momentText,
} from '../../dashboards/web/format/time.ts';

// 2026-11-24 00:30 in Beijing is still the 23rd in UTC.
const NOW = Date.parse('2026-11-23T16:30:00Z');

describe('moments', () => {
  it('are told in Beijing days, whatever the day is in UTC', () => {
    expect(momentText('2026-11-23T16:05:00Z', NOW)).toBe('今天 00:05');
    expect(momentText('2026-11-23T15:59:59Z', NOW)).toBe('昨天 23:59');
    expect(momentText('2026-11-20T00:42:00Z', NOW)).toBe('11-20 08:42');
  });

  it('carry the year when it is not this one', () => {
    expect(momentText('2025-12-31T15:00:00Z', NOW)).toBe('2025-12-31 23:00');
  });

  it('have an exact form to the second', () => {
    expect(exactText('2026-11-23T16:05:09.900Z')).toBe('2026-11-24 00:05:09');
  });
});

describe('time left', () => {
  it('runs in digits, over the day and below zero', () => {
    expect(digitsText(41 * 60_000 + 52_000)).toBe('0:41:52');
    expect(digitsText(47 * 3_600_000)).toBe('47:00:00');
    expect(digitsText(-65_000)).toBe('0:01:05');
  });

  it('is said in words', () => {
    expect(durationText(12_000)).toBe('12秒');
    expect(durationText(41 * 60_000)).toBe('41分钟');
    expect(durationText(3 * 3_600_000 + 28 * 60_000)).toBe('3小时28分');
    expect(durationText(5 * 3_600_000)).toBe('5小时');
    expect(durationText(52 * 3_600_000)).toBe('2天4小时');
  });
});

describe('counts', () => {
  it('are grouped below ten thousand and told in 万 above', () => {
    expect(countText(1234)).toBe('1,234');
    expect(countText(12_345)).toBe('1.2万');
    expect(countText(20_000)).toBe('2万');
  });
});
