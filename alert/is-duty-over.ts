import type { Notice } from './alert.ts';
import { isOpen } from './countdown-state.ts';
import type { AlertStore, CountdownStore } from './ports.ts';

/**
 * Whether nobody needs a notice any more: its alert is dealt with, and no countdown of its event is open. A
 * notice that belongs to neither, as a digest does, is needed until it says otherwise itself.
 */
export async function isDutyOver(
  { alertId, eventId }: Notice,
  stores: { readonly alerts: AlertStore; readonly countdowns: CountdownStore },
): Promise<boolean> {
  const alert = alertId === '' ? undefined : await stores.alerts.findById(alertId);
  if (alert && (alert.state === 'fired' || alert.state === 'acknowledged')) return false;
  const countdowns = eventId === undefined ? [] : await stores.countdowns.listByEvent(eventId);
  if (countdowns.some(isOpen)) return false;
  return alert !== undefined || countdowns.length > 0;
}
