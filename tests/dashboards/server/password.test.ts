import { expect, test } from 'vitest';
import {
  hashPassword,
  newOneTimePassword,
  verifyPassword,
  weaknessOf,
} from '../../../dashboards/server/password.ts';

const li = { name: '李建国', signInName: 'lijianguo' };

test('a password is known again by its hash, another is not, and the hash carries its cost', async () => {
  const hash = await hashPassword('kui-hua-xiang-ri-7');
  expect(hash).toMatch(/^scrypt\$15\$8\$3\$/);
  expect(await verifyPassword('kui-hua-xiang-ri-7', hash)).toBe(true);
  expect(await verifyPassword('kui-hua-xiang-ri-8', hash)).toBe(false);
  expect(await hashPassword('kui-hua-xiang-ri-7')).not.toBe(hash);
});

test.for(['', 'plain', 'scrypt$15$8$3$$', 'scrypt$4$8$1$c2FsdA==$'])(
  'a damaged hash %o lets nobody in',
  async (hash) => {
    expect(await verifyPassword('', hash)).toBe(false);
  },
);

test.for([
  { password: 'short-7', why: '至少 12 位' },
  { password: 'lijianguo-2026', why: '不能包含姓名或登录名' },
  { password: '我是李建国我值班很认真', why: '至少 12 位' },
  { password: '我是李建国我值班一直很认真', why: '不能包含姓名或登录名' },
  { password: 'ababababababab', why: '重复的字符太多' },
  { password: '139485720394', why: '不能全是数字' },
  { password: 'Password12345!', why: '这个密码太常见' },
  { password: '2026qwertyuiop', why: '这个密码太常见' },
  { password: 'kui-hua-xiang-ri', why: undefined },
  { password: '清晨的玉米地里有一阵微风', why: undefined },
])('$password: $why', ({ password, why }) => {
  expect(weaknessOf(password, li)).toBe(why);
});

test('one-time passwords are strong by our own rule and never the same', () => {
  const made = Array.from({ length: 200 }, newOneTimePassword);
  expect(new Set(made).size).toBe(200);
  expect(made.filter((password) => weaknessOf(password, li) !== undefined)).toEqual([]);
});
