import { array, assert, constantFrom, property } from 'fast-check';
import { expect, test } from 'vitest';
import { toNormalText } from '../../../analyze/text/normal-text.ts';

test.for([
  { written: '江北今天停水。', word: '停水', found: '停水' },
  { written: '江北今天停*水了', word: '停水', found: '停*水' },
  { written: '说是停\u200b水\u200b了', word: '停水', found: '停\u200b水' },
  { written: '当地發生食物中毒……停水', word: '停水', found: '停水' },
  { written: '供水服務(wù)中斷，服務(wù)熱線不通', word: '热线', found: '熱線' },
  { written: '供水服務(wù)中斷', word: '服务中断', found: '服務(wù)中斷' },
  { written: '👨‍👩‍👧一家三口遇停水', word: '停水', found: '停水' },
  { written: 'Café\u0301旁的ＡＴＭ停水', word: 'atm', found: 'ＡＴＭ' },
  { written: '𝐀座㗲停水…', word: '停水', found: '停水' },
])('in $written the word $word stands at $found', ({ written, word, found }) => {
  const { text, rawStretch } = toNormalText(written);
  const start = text.indexOf(word);
  expect(start).toBeGreaterThanOrEqual(0);
  const stretch = rawStretch({ start, end: start + word.length });
  expect(written.slice(stretch.start, stretch.end)).toBe(found);
});

test('a sign removed beside a rare character of two units leaves the others where they stand', () => {
  const { text, rawStretch } = toNormalText('停*停㗲');
  expect(text.slice(0, 2)).toBe('停停');
  expect(rawStretch({ start: 1, end: 2 })).toEqual({ start: 2, end: 3 });
});

test('stretches of the raw text come in the order of the normal one and read as it does', () => {
  const part = constantFrom(
    '停',
    '水',
    '發',
    '務(wù)',
    '*',
    '…',
    '㎡',
    '，',
    'Ａ',
    'e\u0301',
    '\u200b',
    '\ufe0f',
    '각',
    'ｶﾞ',
    '👍',
    '𝐀',
    '㗲',
  );
  assert(
    property(array(part, { maxLength: 20 }), (parts) => {
      const { raw, text, rawStretch } = toNormalText(parts.join(''));
      let before = 0;
      for (const [index, unit] of text.split('').entries()) {
        const { start, end } = rawStretch({ start: index, end: index + 1 });
        expect(start).toBeGreaterThanOrEqual(before);
        expect(end).toBeLessThanOrEqual(raw.length);
        before = start;
        if (/[\ud800-\udfff]/.test(unit)) continue;
        expect(toNormalText(raw.slice(start, end)).text).toContain(unit);
      }
    }),
    { numRuns: 500 },
  );
});
