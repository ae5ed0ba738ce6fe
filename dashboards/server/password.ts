import { randomInt, randomBytes, scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt);

/** Cost as OWASP's password sheet gives it for 32 MB: N = 2^15, r = 8, p = 3. */
const PASSWORD_COST = { logN: 15, r: 8, p: 3 } as const;
interface Cost {
  readonly logN: number;
  readonly r: number;
  readonly p: number;
}

const KEY_BYTES = 32;
const SALT_BYTES = 16;

/** scrypt with its cost and salt: `scrypt$15$8$3$salt$key`. */
export async function hashPassword(password: string, cost: Cost = PASSWORD_COST): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const key = await keyOf(password, salt, cost);
  return [
    'scrypt',
    cost.logN,
    cost.r,
    cost.p,
    salt.toString('base64'),
    key.toString('base64'),
  ].join('$');
}

/** False also for a hash that cannot be read: such an account is mended by a new password. */
export async function verifyPassword(password: string, hash: string): Promise<boolean> {
  const [kind, logN, r, p, salt, key] = hash.split('$');
  if (kind !== 'scrypt' || !salt || !key) return false;
  const wanted = Buffer.from(key, 'base64');
  const cost = { logN: Number(logN), r: Number(r), p: Number(p) };
  const found = await keyOf(password, Buffer.from(salt, 'base64'), cost);
  return wanted.length === found.length && timingSafeEqual(wanted, found);
}

const MIN_LENGTH = 12;
const MIN_DIFFERENT = 5;
/** Parts of the passwords that are tried first; a password may not be one of them with some digits around. */
const COMMON = [
  'password',
  'passw0rd',
  'p@ssw0rd',
  'admin',
  'administrator',
  'root',
  'welcome',
  'qwerty',
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  '1qaz2wsx',
  '1q2w3e4r5t',
  'iloveyou',
  'woaini',
  'woaini1314',
  'abc',
  'abcdef',
  'huiying',
  'test',
  'letmein',
];

/**
 * Why a password is too weak, in words; undefined when it will do.
 * Length before classes of characters, after NIST SP 800-63B; the list is short and of what is tried first.
 */
export function weaknessOf(
  password: string,
  person: { readonly name: string; readonly signInName: string },
): string | undefined {
  if (password.length < MIN_LENGTH) return `至少 ${MIN_LENGTH} 位`;
  const lower = password.toLowerCase();
  // Names of two or three letters stand in too many words to be refused.
  const names = [person.name, person.signInName].filter((name) =>
    /\p{Script=Han}|.{4}/u.test(name),
  );
  if (names.some((name) => lower.includes(name.toLowerCase()))) return '不能包含姓名或登录名';
  if (new Set(lower).size < MIN_DIFFERENT) return '重复的字符太多';
  const core = lower.replace(/[\d\W_]+$/, '').replace(/^[\d\W_]+/, '');
  if (/^\d+$/.test(password)) return '不能全是数字';
  if (COMMON.includes(core) || COMMON.includes(lower)) return '这个密码太常见';
  return undefined;
}

/** Letters and digits that are not mistaken for each other on paper. */
const ALPHABET = 'abcdefghjkmnpqrstuvwxyz23456789';

/** A random password of about 79 bits, in groups that can be read aloud. */
export function newOneTimePassword(): string {
  const group = (): string =>
    Array.from({ length: 4 }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
  return [group(), group(), group(), group()].join('-');
}

function keyOf(password: string, salt: Buffer, { logN, r, p }: Cost): Promise<Buffer> {
  const N = 2 ** logN;
  // Node refuses what needs more than 32 MB unless told; scrypt needs 128·N·r and a little.
  return derive(password.normalize('NFKC'), salt, KEY_BYTES, { N, r, p, maxmem: 256 * N * r });
}
