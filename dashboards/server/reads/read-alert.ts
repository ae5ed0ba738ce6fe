import type { Alert } from '#alert';
import type { AlertView } from '#contract';
import type { NextCall, ServerDeps } from '../deps.ts';
import { toAlertView } from '../views/to-alert-view.ts';

/** Where the ladders of waiting alerts go next, by the alert's id. */
export async function readNextCalls(
  { rules }: Pick<ServerDeps, 'rules'>,
  alerts: readonly Alert[],
): Promise<ReadonlyMap<string, NextCall>> {
  const found = new Map<string, NextCall>();
  for (const alert of alerts) {
    const next = await rules.nextCall(alert);
    if (next) found.set(alert.id, next);
  }
  return found;
}

export async function readAlertView(
  deps: Pick<ServerDeps, 'outbox' | 'rules'>,
  alert: Alert,
): Promise<AlertView> {
  const notices = await deps.outbox.listByAlert(alert.id);
  return toAlertView(alert, notices, await deps.rules.nextCall(alert));
}
