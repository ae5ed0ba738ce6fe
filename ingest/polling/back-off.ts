/**
 * How long to wait after failures: half an interval first, so that two failures are known within two
 * intervals, then doubling, with jitter, never off.
 *
 * @param random 0 to 1
 * @param longestMs the rule's `longestBackOffMs`
 * @returns ms
 */
export function backOffMs(
  pollEveryMs: number,
  failuresInARow: number,
  random: number,
  longestMs: number,
): number {
  const doubled = pollEveryMs * 2 ** (Math.min(Math.max(failuresInARow, 1), 18) - 2);
  const capped = Math.min(doubled, Math.max(longestMs, pollEveryMs));
  return Math.round(capped * (0.8 + 0.4 * random));
}
