import { expect, test } from 'vitest';
import { seal, unseal } from '../../../dashboards/server/sealing.ts';
import {
  matchTotp,
  newTotpSecret,
  toBase32,
  totpCode,
  totpLink,
  totpStepAt,
} from '../../../dashboards/server/totp.ts';

/** The secret of the RFC's own examples. */
const SECRET = Buffer.from('12345678901234567890');

test.for([
  ['1970-01-01T00:00:59Z', '94287082'],
  ['2005-03-18T01:58:29Z', '07081804'],
  ['2005-03-18T01:58:31Z', '14050471'],
  ['2009-02-13T23:31:30Z', '89005924'],
  ['2033-05-18T03:33:20Z', '69279037'],
  ['2603-10-11T11:33:20Z', '65353130'],
] as const)('RFC 6238, appendix B: at %s the code is %s', ([time, code]) => {
  const step = totpStepAt(new Date(time));
  expect(totpCode(SECRET, step, 8)).toBe(code);
  expect(totpCode(SECRET, step)).toBe(code.slice(2));
});

const AT = new Date('2005-03-18T01:58:31Z');
const STEP = totpStepAt(AT);

test.for([
  { code: 'of now', shift: 0, counts: true },
  { code: 'of half a minute ago', shift: -1, counts: true },
  { code: 'of a phone that is half a minute ahead', shift: 1, counts: true },
  { code: 'of a minute ago', shift: -2, counts: false },
  { code: 'of a minute to come', shift: 2, counts: false },
])('the code $code counts: $counts', ({ shift, counts }) => {
  const code = totpCode(SECRET, STEP + shift);
  const step = matchTotp(SECRET, code, { at: AT, usedStep: undefined });
  expect(step).toBe(counts ? STEP + shift : undefined);
});

test('a code counts once, and none from before it afterwards', () => {
  const usedStep = STEP;
  expect(matchTotp(SECRET, totpCode(SECRET, STEP), { at: AT, usedStep })).toBeUndefined();
  expect(matchTotp(SECRET, totpCode(SECRET, STEP - 1), { at: AT, usedStep })).toBeUndefined();
  expect(matchTotp(SECRET, totpCode(SECRET, STEP + 1), { at: AT, usedStep })).toBe(STEP + 1);
});

test.for(['', '12345', '1234567', 'abcdef', '０５０４７１'])('“%s” is no code', (code) => {
  expect(matchTotp(SECRET, code, { at: AT, usedStep: undefined })).toBeUndefined();
});

test.for([
  ['f', 'MY'],
  ['fo', 'MZXQ'],
  ['foo', 'MZXW6'],
  ['foob', 'MZXW6YQ'],
  ['fooba', 'MZXW6YTB'],
  ['foobar', 'MZXW6YTBOI'],
] as const)('RFC 4648: %s in base 32 is %s', ([text, wanted]) => {
  expect(toBase32(Buffer.from(text))).toBe(wanted);
});

test('the link for an authenticator names office and account', () => {
  expect(totpLink(SECRET, '滨河市', 'zhang.san')).toBe(
    `otpauth://totp/${encodeURIComponent('滨河市')}:zhang.san?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=${encodeURIComponent('滨河市')}`,
  );
});

test('what is sealed for one person opens for nobody else, nor under another key, nor changed', () => {
  const [key, other] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
  const secret = newTotpSecret();
  const sealed = seal(secret, key, 'person-1');
  expect(unseal(sealed, key, 'person-1')).toEqual(secret);
  expect(unseal(sealed, key, 'person-2')).toBeUndefined();
  expect(unseal(sealed, other, 'person-1')).toBeUndefined();
  const bytes = Buffer.from(sealed, 'base64');
  bytes[bytes.length - 1]! ^= 1;
  expect(unseal(bytes.toString('base64'), key, 'person-1')).toBeUndefined();
  expect(unseal('', key, 'person-1')).toBeUndefined();
});
