import { expect, test } from 'vitest';
import { toLines, toPairs } from '../../dashboards/web/format/lines.ts';

test('each line is an item, empty ones are none', () => {
  expect(toLines(' 爆管\n\n 抢修 ')).toEqual(['爆管', '抢修']);
});

test('a bar parts a line; more bars belong to the second part', () => {
  expect(toPairs('2人受伤｜应急局\n没有来源\na|b|c')).toEqual([
    ['2人受伤', '应急局'],
    ['没有来源', ''],
    ['a', 'b｜c'],
  ]);
});
