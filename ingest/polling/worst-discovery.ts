import type { SourceState } from '../source-state.ts';

/**
 * 最长发现时间: how long a post that appears right after the last look can stay unseen, if nothing gets
 * worse: the whole way from the last successful look to the next one, and the look itself.
 *
 * @param lookMs how long a look takes, ms
 * @returns ms; undefined when the source was never read
 */
export function worstDiscoveryMs(
  { lastOkAt, nextTryAt }: Pick<SourceState, 'lastOkAt' | 'nextTryAt'>,
  lookMs: number,
  now: Date,
): number | undefined {
  if (!lastOkAt) return undefined;
  const nextMs = Math.max(nextTryAt.getTime(), now.getTime());
  return nextMs - lastOkAt.getTime() + lookMs;
}
