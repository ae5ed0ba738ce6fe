import { expect, test } from 'vitest';
import { toBars } from '../../dashboards/web/format/volume.ts';

const at = '2026-03-02T04:00:00.000Z';

test('the loudest bin reaches the top, an empty one has no height', () => {
  const { bars, most, usual } = toBars([
    { at, posts: 0, isBurst: false },
    { at, posts: 8, isBurst: true },
    { at, posts: 4, isBurst: false },
  ]);
  expect(most).toBe(8);
  expect(bars.map(({ height }) => height)).toEqual([0, 96, 48]);
  expect(bars.map(({ isBurst }) => isBurst)).toEqual([false, true, false]);
  expect(usual).toBeUndefined();
});

test('the usual range may stand above all bars and is drawn from where it is known', () => {
  const { bars, usual } = toBars([
    { at, posts: 1, isBurst: false },
    { at, posts: 2, usualUpTo: 4, isBurst: false },
  ]);
  expect(bars[1]?.height).toBe(48);
  expect(usual).toBe('M5 96 L5 0.0 L10 0.0 L10 96 Z');
});

test('no posts make an empty chart and no division by zero', () => {
  expect(toBars([])).toMatchObject({ most: 0, bars: [], usual: undefined });
});
