import { createHmac } from 'node:crypto';

/**
 * DingTalk's signature, not yet URL-encoded: whoever puts it into an address encodes it once and only once.
 *
 * @param timestampMs ms since 1970
 * Source: DingTalk custom robots, security settings: HMAC-SHA256 with the secret as key over time and secret.
 */
export function signDingTalk(secret: string, timestampMs: number): string {
  return createHmac('sha256', secret).update(`${timestampMs}\n${secret}`).digest('base64');
}

/**
 * Feishu's signature: key and message stand the other way round than DingTalk's, and time is in seconds.
 *
 * @param timestampSeconds seconds since 1970
 * Source: Feishu custom robots, signature check: HMAC-SHA256 with time and secret as key over nothing.
 */
export function signFeishu(secret: string, timestampSeconds: number): string {
  return createHmac('sha256', `${timestampSeconds}\n${secret}`).digest('base64');
}

/**
 * The signature beside an outgoing callback, the same as of messages pushed to us:
 * `hex(HMAC-SHA256(secret, timestamp + "." + body))`.
 */
export function signCallback(secret: string, timestamp: string, body: string): string {
  return createHmac('sha256', secret).update(`${timestamp}.${body}`).digest('hex');
}
