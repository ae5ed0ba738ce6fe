import { expect, test } from 'vitest';
import { figureColumns, figureText, yuanText } from '../../dashboards/web/format/figures.ts';

const aVersion = (figures: Record<string, number>, leastKinds: string[] = []) => ({
  at: '2026-03-02T04:00:00.000Z',
  ...figures,
  leastKinds,
  isCredible: true,
  isCorrection: false,
  outlet: '霖江日报',
  url: 'https://example.org/1',
  words: '',
});

test('a column appears once a version tells of it', () => {
  const names = figureColumns([aVersion({ dead: 1 }), aVersion({ evacuated: 900 })]).map(
    ({ name }) => name,
  );
  expect(names).toEqual(['死亡', '受伤', '失联', '疏散']);
});

test('a figure that is only the least says so', () => {
  const version = aVersion({ dead: 10, evacuated: 12_000 }, ['dead']);
  expect(figureText(version, 'dead')).toBe('至少 10');
  expect(figureText(version, 'evacuated')).toBe('12,000');
  expect(figureText(version, 'injured')).toBe('–');
});

test.for([
  [860, '860 元'],
  [860_000, '86 万元'],
  [126_000_000, '1.26 亿元'],
] as const)('%i yuan is %s', ([yuan, text]) => {
  expect(yuanText(yuan)).toBe(text);
});
