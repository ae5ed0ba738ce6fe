import { DAY_MS } from '#core';

/**
 * How long a site asks to be left alone: seconds or a date, RFC 9110 10.2.3. Who names a year is asked
 * tomorrow whether it is still meant.
 *
 * @returns ms, more than 0 and a day at most; undefined when it asks for nothing
 */
export function readRetryAfter(header: string, nowMs: number): number | undefined {
  const written = header.trim();
  const waitMs = /^\d+$/.test(written) ? Number(written) * 1_000 : Date.parse(written) - nowMs;
  return waitMs > 0 ? Math.min(waitMs, DAY_MS) : undefined;
}
