import fc from 'fast-check';
import { expect, test } from 'vitest';
import { textDifference } from '../../../respond/releases/text-difference.ts';

const draft = '今天8时，某路供水管爆裂。无人伤亡。抢修队已到场。';

test.for([
  { change: 'nothing', after: draft, shown: [draft] },
  {
    change: 'one figure',
    after: draft.replace('8时', '9时'),
    shown: ['今天', '-8', '+9', '时，某路供水管爆裂。无人伤亡。抢修队已到场。'],
  },
  {
    change: 'a sentence left out',
    after: draft.replace('无人伤亡。', ''),
    shown: ['今天8时，某路供水管爆裂。', '-无人伤亡。', '抢修队已到场。'],
  },
  {
    change: 'a space',
    after: draft.replace('某路', '某路 '),
    shown: ['今天8时，某路', '+ ', '供水管爆裂。无人伤亡。抢修队已到场。'],
  },
  { change: 'all of it', after: '更正', shown: [`-${draft}`, '+更正'] },
])('$change changed is what is shown', ({ after, shown }) => {
  const signs = { same: '', removed: '-', added: '+' };
  const told = textDifference(draft, after).map(({ kind, text }) => signs[kind] + text);
  expect(told).toEqual(shown);
});

test('not one character of either text is left out', () => {
  const text = fc
    .array(fc.constantFrom('甲', '乙', '。', '\n', '𠮷', '👍', '；', ' '), { maxLength: 40 })
    .map((letters) => letters.join(''));
  fc.assert(
    fc.property(text, text, (before, after) => {
      const parts = textDifference(before, after);
      const without = (kind: string): string =>
        parts.flatMap((part) => (part.kind === kind ? [] : part.text)).join('');
      expect(without('added')).toBe(before);
      expect(without('removed')).toBe(after);
    }),
    { numRuns: 2_000 },
  );
});

test('two books that have nothing in common are shown one after the other', () => {
  const book = (word: string): string => `${word}。`.repeat(3_000);
  const kinds = textDifference(book('甲'), book('乙')).map(({ kind }) => kind);
  expect(kinds).toEqual(['removed', 'added', 'same']);
});
