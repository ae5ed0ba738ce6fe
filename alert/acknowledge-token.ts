import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

/** What a personal link stands for: this person may acknowledge this alert. */
export interface AcknowledgeClaim {
  readonly alertId: string;
  readonly personId: string;
  /** Real or drill time, whichever `now` of the reader is. */
  readonly expiresAt: Date;
}

/** A signing key; tokens name it, so that a new one can take over while old links still work. */
export interface TokenKey {
  /** Letters and digits only. */
  readonly id: string;
  readonly secret: Uint8Array;
}

export type AcknowledgeReading = AcknowledgeClaim | { readonly problem: 'expired' | 'invalid' };

const VERSION = '1';
const PURPOSE = 'acknowledge';

/** A personal link's token: readable by anybody, made by nobody but us. */
export function signToken(claim: AcknowledgeClaim, key: TokenKey): string {
  const seconds = Math.floor(claim.expiresAt.getTime() / 1000).toString(36);
  const nonce = randomBytes(6).toString('base64url');
  const content = [VERSION, key.id, claim.alertId, claim.personId, seconds, nonce].join('.');
  return `${content}.${macOf(content, key)}`;
}

/** Never throws: a forged, cut or expired token is an answer. */
export function readToken(token: string, keys: readonly TokenKey[], now: Date): AcknowledgeReading {
  const parts = token.split('.');
  const [version, keyId, alertId, personId, seconds] = parts;
  const key = keys.find(({ id }) => id === keyId);
  const isWhole = parts.length === 7 && version === VERSION && alertId && personId && seconds;
  if (!isWhole || !key) return { problem: 'invalid' };
  const content = parts.slice(0, -1).join('.');
  if (!isSame(parts.at(-1) ?? '', macOf(content, key))) return { problem: 'invalid' };
  const expiresAt = new Date(Number.parseInt(seconds, 36) * 1000);
  if (expiresAt < now) return { problem: 'expired' };
  return { alertId, personId, expiresAt };
}

function macOf(content: string, { secret }: TokenKey): string {
  return createHmac('sha256', secret).update(`${PURPOSE}|${content}`).digest('base64url');
}

function isSame(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
