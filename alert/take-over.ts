import { isAtLeast, MACHINE } from '#core';
import type { Alert } from './alert.ts';

/**
 * The alert of an event that took others in, where theirs stood: who was called for a grade as grave is not called
 * a second time, and who has acknowledged has done so for both. The alert itself when there is nothing to go on from.
 *
 * @param merged the alerts of the events that were merged into this one
 */
export function takeOver(alert: Alert, merged: readonly (Alert | undefined)[], now: Date): Alert {
  const standing = merged.flatMap((one) => (one && goesOn(one, alert) ? [one] : []));
  const from = standing.find(({ state }) => state === 'acknowledged') ?? standing[0];
  if (!from) return alert;
  const { state, firedAt, acknowledgedAt, acknowledgedBy, acknowledgedThrough, ladder } = from;
  const { everyone, rest } = from;
  const what = `并入《${from.title}》：承接其预警，已通知的人不再重复通知`;
  return {
    ...alert,
    state,
    firedAt,
    ...(acknowledgedAt && { acknowledgedAt }),
    ...(acknowledgedBy && { acknowledgedBy }),
    ...(acknowledgedThrough && { acknowledgedThrough }),
    // Who signed a joint notice, and who asked to rest, has done so for both.
    ...(everyone && { everyone }),
    ...(rest && { rest }),
    ...(ladder && { ladder }),
    history: [...alert.history, { at: now, actor: MACHINE, what }],
  };
}

const goesOn = ({ state, grade }: Alert, alert: Alert): boolean =>
  (state === 'fired' || state === 'acknowledged') && isAtLeast(grade, alert.grade);
