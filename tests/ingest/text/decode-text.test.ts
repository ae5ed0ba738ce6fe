import { assert, nat, property, string, uint8Array } from 'fast-check';
import { expect, test } from 'vitest';
import { decodeText } from '../../../ingest/text/decode-text.ts';
import { encodeAs } from '../../support/encode.ts';

const SIMPLIFIED =
  '江北区自来水公司通知：因主管道爆裂，今晚八时起停水，预计明天恢复供水，请市民提前储水。';
const TRADITIONAL =
  '江北區自來水公司通知：因主管道爆裂，今晚八時起停水，預計明天恢復供水，請市民提前儲水。';
const page = (words: string, charset = ''): string =>
  `<html><head>${charset && `<meta charset="${charset}">`}<title>t</title></head><p>${words}</p></html>`;
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const utf16 = (text: string): Uint8Array => Buffer.from(text, 'utf16le');

test.for([
  { what: 'GB without any name', bytes: encodeAs(page(SIMPLIFIED), 'gb18030') },
  { what: 'Big5 without any name', bytes: encodeAs(page(TRADITIONAL), 'big5') },
  { what: 'traditional GBK without any name', bytes: encodeAs(page(TRADITIONAL), 'gb18030') },
  {
    what: 'GB under a header that says UTF-8',
    bytes: encodeAs(page(SIMPLIFIED), 'gb18030'),
    type: 'utf-8',
  },
  {
    what: 'GB under a default header',
    bytes: encodeAs(page(SIMPLIFIED), 'gb18030'),
    type: 'iso-8859-1',
  },
  { what: 'UTF-8 under a default header', bytes: utf8(page(SIMPLIFIED)), type: 'iso-8859-1' },
  { what: 'UTF-8 that calls itself GB', bytes: utf8(page(SIMPLIFIED, 'gb2312')), type: 'gb2312' },
  { what: 'GB that calls itself UTF-8', bytes: encodeAs(page(SIMPLIFIED, 'utf-8'), 'gb18030') },
  { what: 'GB under a made-up name', bytes: encodeAs(page(SIMPLIFIED), 'gb18030'), type: 'x-none' },
  { what: 'UTF-16 without its mark', bytes: utf16(page(SIMPLIFIED)) },
  {
    what: 'UTF-16 with the bytes the other way round',
    bytes: Buffer.from(utf16(page(SIMPLIFIED))).swap16(),
  },
])('$what is read', ({ bytes, type }) => {
  const decoded = decodeText(bytes, type ? `text/html; charset=${type}` : 'text/html');
  expect(
    decoded.kind === 'text' &&
      [SIMPLIFIED, TRADITIONAL].some((words) => decoded.text.includes(words)),
  ).toBe(true);
});

test.for([
  ['UTF-8', utf8(page(SIMPLIFIED))],
  ['GB', encodeAs(page(SIMPLIFIED, 'gbk'), 'gb18030')],
] as const)('a page in %s that a cap cuts off anywhere is read up to there', ([, bytes]) => {
  const whole = decodeText(bytes, '');
  const text = whole.kind === 'text' ? whole.text : '';
  for (let length = 80; length < bytes.length; length += 1) {
    const cut = decodeText(bytes.subarray(0, length), '');
    expect(cut).toMatchObject({ kind: 'text' });
    expect(cut.kind === 'text' && text.startsWith(cut.text)).toBe(true);
  }
});

test('one broken byte spoils one character, not the page', () => {
  const bytes = utf8(page(SIMPLIFIED.repeat(3)));
  bytes[100] = 0xff;
  const decoded = decodeText(bytes, 'text/html; charset=utf-8');
  expect(decoded).toMatchObject({
    encoding: 'utf-8',
    text: expect.stringContaining('请市民提前储水'),
  });
});

test('a picture is no text', () => {
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  );
  expect(decodeText(png, 'text/html')).toMatchObject({ kind: 'undecodable' });
});

test('UTF-8 that is valid is read as such, whatever it is called', () => {
  assert(
    property(string({ unit: 'grapheme', minLength: 1 }), (words) => {
      const sentence = `${SIMPLIFIED}${words.replaceAll('\0', '')}`;
      const decoded = decodeText(utf8(sentence), 'text/plain; charset=gbk');
      expect(decoded).toEqual({ kind: 'text', text: sentence, encoding: 'utf-8' });
    }),
  );
});

test('no bytes make it throw', () => {
  const names = [
    '',
    'utf-8',
    'gb2312',
    'big5',
    'utf-16',
    'iso-2022-jp',
    'utf-7',
    'x-user-defined',
    "'us-ascii'",
  ];
  assert(
    property(uint8Array({ maxLength: 300 }), nat(names.length - 1), (bytes, name) => {
      const { kind } = decodeText(bytes, `text/html;charset=${names[name]}`);
      expect(['text', 'undecodable']).toContain(kind);
    }),
    { numRuns: 3_000 },
  );
});
