import { listensTo, type Watch } from '#analyze';
import type { WatchDiscoveryView } from '#contract';
import { worstOf, type KnownSource } from './to-source-view.ts';

/**
 * 最长发现时间 of a watch: the longest among the sources that it listens to and that are read.
 *
 * @param budgetMs what is allowed to every watch, ms
 */
export function toWatchDiscovery(
  watch: Watch,
  known: readonly KnownSource[],
  budgetMs: number,
  now: Date,
): WatchDiscoveryView {
  const heard = known.filter(({ source }) => listensTo(watch, source));
  const [worst] = heard
    .flatMap((one) => {
      const ms = worstOf(one, now);
      const { id: sourceId, name: sourceName } = one.source;
      return ms === undefined ? [] : [{ sourceId, sourceName, ms }];
    })
    .toSorted((a, b) => b.ms - a.ms);
  return {
    watchId: watch.id,
    name: watch.name,
    sources: heard.length,
    listensToAll: (watch.sources ?? []).length === 0,
    ...(worst && { worst }),
    budgetMs,
    isOverBudget: worst !== undefined && worst.ms > budgetMs,
  };
}
