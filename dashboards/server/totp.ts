import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

const STEP_MS = 30_000;
const DIGITS = 6;
const SECRET_BYTES = 20;
/** The clocks of phones are trusted to one step before and after ours. */
const DRIFT_STEPS = [0, -1, 1];
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** As long as a digest of SHA-1, as RFC 4226 (4) asks. */
export const newTotpSecret = (): Buffer => randomBytes(SECRET_BYTES);

/** The number of whole steps since 1970. */
export const totpStepAt = (at: Date): number => Math.floor(at.getTime() / STEP_MS);

/** The code of one step. Source: RFC 6238 over RFC 4226 (5.3), HMAC-SHA-1. */
export function totpCode(secret: Uint8Array, step: number, digits = DIGITS): string {
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', secret).update(counter).digest();
  const offset = (mac.at(-1) ?? 0) & 0x0f;
  const number = mac.readUInt32BE(offset) & 0x7fff_ffff;
  return String(number % 10 ** digits).padStart(digits, '0');
}

/**
 * The step whose code this is, near now and after the one used last; undefined when it is none. Each code counts
 * once: what somebody saw being typed opens nothing a second time (RFC 6238, 5.2).
 */
export function matchTotp(
  secret: Uint8Array,
  code: string,
  { at, usedStep }: { readonly at: Date; readonly usedStep: number | undefined },
): number | undefined {
  const now = totpStepAt(at);
  return DRIFT_STEPS.map((drift) => now + drift).find(
    (step) => step > (usedStep ?? -1) && isSame(totpCode(secret, step), code),
  );
}

function isSame(wanted: string, code: string): boolean {
  const [left, right] = [Buffer.from(wanted), Buffer.from(code)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/** As people type it into an authenticator. Source: RFC 4648 (6), without padding. */
export function toBase32(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{1,5}/g) ?? [])
    .map((five) => BASE32[Number.parseInt(five.padEnd(5, '0'), 2)])
    .join('');
}

/** What an authenticator takes up at one tap; it holds the secret. */
export function totpLink(secret: Uint8Array, office: string, account: string): string {
  const label = [office, account].map(encodeURIComponent).join(':');
  const issuer = encodeURIComponent(office);
  return `otpauth://totp/${label}?secret=${toBase32(secret)}&issuer=${issuer}`;
}
