import { expect, test } from 'vitest';
import { readToken, signToken } from '#alert';
import { after, NIGHT } from '../support/alerts.ts';

const key = { id: 'k1', secret: Buffer.alloc(32, 1) };
const next = { id: 'k2', secret: Buffer.alloc(32, 2) };
const claim = { alertId: 'a1', personId: 'p1', expiresAt: after(60) };

test('a link names its alert and its person until it expires', () => {
  const token = signToken(claim, key);
  expect(readToken(token, [key], NIGHT)).toEqual(claim);
  expect(readToken(token, [key], after(61))).toEqual({ problem: 'expired' });
});

test('old links work while their key is kept, and no longer', () => {
  const token = signToken(claim, key);
  expect(readToken(token, [next, key], NIGHT)).toEqual(claim);
  expect(readToken(token, [next], NIGHT)).toEqual({ problem: 'invalid' });
});

test('a link changed in any one character is worth nothing', () => {
  const token = signToken(claim, key);
  for (let place = 0; place < token.length; place += 1) {
    const other = token[place] === 'x' ? 'y' : 'x';
    const forged = token.slice(0, place) + other + token.slice(place + 1);
    expect(readToken(forged, [key], NIGHT)).toEqual({ problem: 'invalid' });
  }
  expect(readToken('', [key], NIGHT)).toEqual({ problem: 'invalid' });
});
