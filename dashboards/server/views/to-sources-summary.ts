import type { SourcesSummaryView } from '#contract';
import type { SourceHealth } from '../ports.ts';
import { iso } from './iso.ts';

/** What is true of all sources together. */
export function toSourcesSummary(
  sources: readonly SourceHealth[],
  outageSince: Date | undefined,
): Omit<SourcesSummaryView, 'mayKeep' | 'keepers' | 'watches'> {
  return { outageSince: iso(outageSince), ...toDiscovery(sources) };
}

/** Whose posts can stay unseen for longest, and how many sources are over what was allowed them. */
export function toDiscovery(
  sources: readonly SourceHealth[],
): Pick<SourcesSummaryView, 'worstDiscovery' | 'overBudget'> {
  const [worst] = sources
    .flatMap(({ id, name, worstDiscoveryMs: ms }) =>
      ms === undefined ? [] : [{ sourceId: id, sourceName: name, ms }],
    )
    .toSorted((a, b) => b.ms - a.ms);
  return {
    worstDiscovery: worst,
    overBudget: sources.filter(({ isOverBudget }) => isOverBudget).length,
  };
}
