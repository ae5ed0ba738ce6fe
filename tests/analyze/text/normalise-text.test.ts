import { array, assert, constantFrom, oneof, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { normaliseFully, normaliseText } from '../../../analyze/text/normalise-text.ts';
import { toSimplified } from '../../../analyze/text/to-simplified.ts';

test.for([
  ['江北區發生食物中毒', '江北区发生食物中毒', 'traditional characters'],
  [
    '政務(wù)公開和網(wǎng)上服務(wù)',
    '政务公开和网上服务',
    'phonetic inserts, as copies of papers have them',
  ],
  ['貧困(pín kùn)戶', '贫困户', 'inserts of two syllables'],
  ['江*北★区停\u200b水', '江北区停水', 'symbols and invisible characters inside words'],
  ['停\ufe0f水\u2066通\u00ad知', '停水通知', 'invisible characters of all kinds'],
  ['ＧＤＰ增长５％', 'gdp增长5%', 'full-width letters'],
  ['华为(huawei)与5G(第五代)', '华为(huawei)与5g(第五代)', 'words in brackets that are no sounds'],
  ['姓名****电话', '姓名****电话', 'rows of symbols'],
  ['电表被打坏了，反应慢后半拍', '电表被打坏了,反应慢后半拍', 'simplified text'],
  ['電錶被打坏了', '电表被打坏了', 'broken, which is no unfired brick'],
  ['乾隆年间、显著、著名', '乾隆年间、显著、著名', 'characters both scripts share'],
] as const)('%s is read as %s: %s', ([written, read]) => {
  expect(normaliseText(written)).toBe(read);
});

test('simplified text comes back as it is, and converting twice changes nothing', () => {
  const unit = constantFrom(...'停水通知江北区乾隆著名後裡臺灣發開體坏沈，。a1\n'.split(''));
  assert(
    property(string({ unit, maxLength: 40 }), (text) => {
      const once = toSimplified(text);
      expect(toSimplified(once)).toBe(once);
    }),
  );
});

test('no text makes normalising throw', () => {
  assert(
    property(string({ unit: 'binary', maxLength: 60 }), (text) => {
      expect(typeof normaliseText(text)).toBe('string');
    }),
  );
});

/** Characters whose normal form depends on what stands beside them, between ordinary ones. */
const tricky = oneof(
  constantFrom(
    '停',
    '水',
    '發',
    '務',
    '(wù)',
    '*',
    '·',
    '…',
    '①',
    '㎡',
    '㈱',
    '，',
    'Ａ',
    'İ',
    'Σ',
    'σς',
    'é',
    'e\u0301',
    '\u200b',
    '\ufe0f',
    '\u00ad',
    '\u034f',
    '각',
    '가\u11a8',
    '\u1100\u1161',
    'ｶﾞ',
    '\uff9e',
    '👍',
    '👨‍👩‍👧',
    '𝐀',
    '🄰',
    '\ud83d',
    '\udc4d',
    '𠮷',
    '㗲',
    '\u1160',
    '\uffa0',
    '\u0345',
    '\u09c7\u09be',
    ' ',
    '\n',
    'a',
    '1',
  ),
  string({ unit: 'binary', maxLength: 2 }),
);

test('reading quickly reads what reading by the definition does', () => {
  assert(
    property(array(tricky, { maxLength: 30 }), (parts) => {
      const text = parts.join('');
      expect(normaliseText(text)).toBe(normaliseFully(text));
    }),
    { numRuns: 2_000 },
  );
});
