import { amend, auditEffect, type Actor } from '#core';
import { eventIdOf, type Alert } from './alert.ts';
import type { LadderPack } from './ladder-pack.ts';
import { acknowledge } from './open-alert.ts';
import type { AlertStore } from './ports.ts';

const WAYS = { desk: '工作台', link: '通知链接' } as const;

/**
 * A person takes an alert on. The first wins; a later one finds it as it is, with who and when.
 * The person who has it may do so again in answer to a reminder.
 *
 * @throws {NotFound} when there is no such alert
 */
export async function acknowledgeAlert(
  deps: { readonly alerts: AlertStore; readonly ladderPack: LadderPack },
  act: { alertId: string; actor: Actor; at: Date; via: keyof typeof WAYS },
): Promise<Alert> {
  const { actor, at, via } = act;
  return await amend(deps.alerts, act.alertId, (alert) => {
    const answersReminder =
      alert.state === 'acknowledged' &&
      alert.ladder?.phase === 'returning' &&
      alert.acknowledgedBy?.personId === actor.personId;
    if (alert.state !== 'fired' && !answersReminder) return undefined;
    const next = acknowledge(alert, actor, WAYS[via], deps.ladderPack, at);
    const eventId = eventIdOf(alert);
    const audit = auditEffect({
      at,
      actor,
      act: '确认预警',
      target: `alert:${alert.id}`,
      ...(eventId && { eventId }),
      detail: `经${WAYS[via]}；预警发出后${Math.round((at.getTime() - alert.firedAt.getTime()) / 1000)}秒`,
    });
    return { ...next, effects: [...next.effects, audit] };
  });
}
