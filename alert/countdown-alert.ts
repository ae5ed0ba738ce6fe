import { idOf, MACHINE } from '#core';
import type { Alert } from './alert.ts';
import type { Countdown } from './countdown.ts';
import { alertId } from './open-alert.ts';

/** The alert that a countdown's messages lead to: its event's; its own where it belongs to no event. */
export const alertIdOf = ({ id, eventId }: Pick<Countdown, 'id' | 'eventId'>): string =>
  eventId ? alertId(eventId) : idOf('alert', id, 'countdown');

/** The alert of a duty that belongs to no event; it calls nobody by itself, its countdown does. */
export function openCountdownAlert(countdown: Countdown, now: Date): Alert {
  const { id, name, eventTitle, start, isDrill } = countdown;
  return {
    id: alertIdOf(countdown),
    revision: 1,
    effects: [],
    rule: 'countdown',
    subject: { kind: 'countdown', countdownId: id },
    title: `${name}：${eventTitle}`,
    grade: 'WATCH',
    isDrill,
    reason: start.reason,
    state: 'fired',
    firedAt: now,
    history: [{ at: now, actor: MACHINE, what: `${name}将到期` }],
  };
}

/** The alert once its duty has ended; undefined when it is done with already. */
export function closedAlert(alert: Alert, what: string, now: Date): Alert | undefined {
  if (alert.state === 'handled') return undefined;
  const history = [...alert.history, { at: now, actor: MACHINE, what }];
  return { ...alert, state: 'handled', history };
}
