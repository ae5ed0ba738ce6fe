import { expect, test } from 'vitest';
import { toFunnel, type FunnelColumn } from '#ingest';
import type { ReparsedView } from '#contract';
import { foundText, sizeText, takenText, toTrial } from '../../dashboards/web/format/reparse.ts';

const reparsed = (ended: readonly FunnelColumn[], more: Partial<ReparsedView> = {}) => ({
  id: 'raw-1',
  funnel: toFunnel(ended),
  waiting: 0,
  items: [],
  ...more,
});

test.for([
  { found: reparsed(['new', 'new', 'old']), says: '读懂了：旧闻 1，新信息 2' },
  {
    found: reparsed(['duplicate'], { waiting: 3 }),
    says: '读懂了：重复 1；3 行要读各自的页面，收入后随下一次读取',
  },
  { found: reparsed([]), says: '读懂了：里面没有条目' },
  {
    found: reparsed([], { problem: '列表 无法解读' }),
    says: '仍然读不懂，留在隔离区：列表 无法解读',
  },
])('an item that gives $says', ({ found, says }) => {
  expect(foundText(found)).toBe(says);
});

test('what was tried is told together, and taken only when something was understood', () => {
  const bad = reparsed([], { problem: '列表 无法解读' });
  expect(toTrial([bad])).toEqual({
    text: '1 份里读懂 0 份，新信息 0 条；1 份仍读不懂。',
    canTake: false,
  });
  const found = [bad, reparsed(['new', 'old']), reparsed([], { waiting: 2 })];
  expect(toTrial(found)).toEqual({
    text: '3 份里读懂 2 份，新信息 1 条；1 份仍读不懂。',
    canTake: true,
  });
  expect(takenText(found)).toBe('已收入 2 份：新信息 1 条，另有 2 行随下一次读取；去向账已更正。');
});

test.for([
  [812, '812 字节'],
  [14_200, '14 KB'],
  [5_000_000, '5.0 MB'],
] as const)('%d bytes are %s', ([bytes, says]) => {
  expect(sizeText(bytes)).toBe(says);
});
