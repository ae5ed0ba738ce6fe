import type { Now } from '#core';
import { afterReparse, type FunnelColumn } from '../funnel.ts';
import type { RawItemStore, SourceStateStore } from '../ports.ts';
import type { Quarantined } from '../source-state.ts';

/**
 * An item leaves the quarantine: the funnel of every run that had counted it as quarantined says where
 * what was in it ended. What bears a mark of secrecy leaves no bytes behind.
 */
export async function settleQuarantined(
  raw: Quarantined,
  ended: readonly FunnelColumn[],
  {
    states,
    rawItems,
    now,
  }: { readonly states: SourceStateStore; readonly rawItems: RawItemStore; readonly now: Now },
): Promise<void> {
  const runs = await states.listRunsHolding(raw);
  for (const [index, run] of runs.entries()) {
    await states.correctRun({
      ...run,
      // Whoever met the same bytes again would have known what was new in them.
      funnel: afterReparse(run.funnel, index === 0 ? ended : ended.map(seenAgain)),
      quarantinedIds: run.quarantinedIds?.filter((id) => id !== raw.id) ?? [],
      reparsedAt: now(),
    });
  }
  if (ended.includes('refused')) await rawItems.drop(raw.id);
  else await rawItems.release(raw.id);
}

const seenAgain = (column: FunnelColumn): FunnelColumn => (column === 'new' ? 'duplicate' : column);
