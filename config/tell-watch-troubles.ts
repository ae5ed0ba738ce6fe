import { durationInWords, idOf, type Log, type Now } from '#core';
import { SOURCE_TROUBLES_TOPIC, type SourceTrouble } from '#ingest';
import { sourceAlertId, type AlertStore } from '#alert';
import type { WatchDiscoveryView } from '#contract';

export interface WatchTroubleDeps {
  /** As the next looks are planned: while the machine was off nothing was late by their fault. */
  readonly listWatches: () => Promise<readonly WatchDiscoveryView[]>;
  /** While nobody can be reached, that is the one fact to tell. */
  readonly outageSince: () => Date | undefined;
  readonly alerts: Pick<AlertStore, 'findById'>;
  readonly log: Pick<Log, 'append'>;
  readonly now: Now;
  readonly isDrill: boolean;
}

/**
 * A watch whose posts can stay unseen for longer than is allowed is a trouble like a source's, told once when
 * it begins and once when it ends. Of a watch that listens to all, the sources' own alerts tell.
 *
 * @returns how many troubles began or ended
 */
export async function tellWatchTroubles(deps: WatchTroubleDeps): Promise<number> {
  if (deps.outageSince()) return 0;
  let told = 0;
  for (const watch of await deps.listWatches()) {
    if (watch.listensToAll) continue;
    const key = `watch:${watch.watchId}`;
    const alert = await deps.alerts.findById(sourceAlertId(key));
    const isTold = alert?.state === 'fired' || alert?.state === 'acknowledged';
    if (isTold === watch.isOverBudget) continue;
    const trouble = toTrouble(key, watch, deps);
    const id = idOf('trouble', key, trouble.kind, trouble.at.toISOString());
    await deps.log.append(SOURCE_TROUBLES_TOPIC, [{ id, key, body: trouble }]);
    told += 1;
  }
  return told;
}

function toTrouble(
  sourceId: string,
  { name, worst, budgetMs, isOverBudget }: WatchDiscoveryView,
  { now, isDrill }: WatchTroubleDeps,
): SourceTrouble {
  const reason = isOverBudget
    ? `最久 ${durationInWords(worst?.ms ?? 0)}才能看到（${worst?.sourceName ?? ''}），预算${durationInWords(budgetMs)}`
    : '最长发现时间回到预算以内';
  return {
    sourceId,
    sourceName: `监测方案“${name}”`,
    kind: isOverBudget ? 'overBudget' : 'recovered',
    reason,
    at: now(),
    isDrill,
  };
}
