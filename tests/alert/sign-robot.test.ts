import { expect, test } from 'vitest';
import { signDingTalk, signFeishu } from '#alert';

/** Vectors made by two other implementations of the published formulas. */
const SECRET = 'SECtest0123456789';

test('DingTalk: the secret is the key, time in ms and secret the message', () => {
  const sign = signDingTalk(SECRET, 1_700_000_000_000);
  expect(sign).toBe('yBKp5IlG6qCzcQWmgyRK/ziJBdVNJmHfFE2ST/CzT/g=');
});

test('Feishu: time in seconds and secret are the key, the message is empty', () => {
  expect(signFeishu(SECRET, 1_700_000_000)).toBe('xqhKocb0RcGBDr30iFkLPByPLrRBM9Oy/dgBx968k0U=');
});
