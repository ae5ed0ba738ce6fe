import { amend, actorOf, type Actor, type Person } from '#core';
import type { Alert } from './alert.ts';
import { hasAnswered } from './joint-notice.ts';
import type { AlertStore, Outbox } from './ports.ts';
import { codeInReply, personOfNumber, replyCodeOf } from './sms-reply.ts';

export type SmsReplyResult =
  /** Has it now, or has signed the joint notice. */
  | { readonly kind: 'acknowledged'; readonly alert: Alert; readonly person: Person }
  /** Somebody else was first; the reply changes nothing. */
  | { readonly kind: 'takenBefore'; readonly alert: Alert; readonly person: Person }
  | {
      readonly kind: 'refused';
      readonly reason: 'unknownNumber' | 'noCode' | 'noAlert' | 'ambiguous';
    };

/** A reply to an alert older than the newest of these finds nothing. */
const MOST_ALERTS = 200;

/**
 * Takes a reply such as `1234` as the acknowledgement of the person whose number it comes from. Only an alert
 * that this person was told of can be meant; where two could be, none is.
 */
export async function takeSmsReply(
  deps: {
    readonly alerts: AlertStore;
    readonly outbox: Outbox;
    readonly people: readonly Person[];
    readonly acknowledge: (act: {
      alertId: string;
      actor: Actor;
      at: Date;
      via: 'sms';
    }) => Promise<Alert>;
  },
  reply: { readonly phone: string; readonly text: string; readonly at: Date },
): Promise<SmsReplyResult> {
  const { alerts, outbox, people, acknowledge } = deps;
  const person = personOfNumber(people, reply.phone);
  if (!person) return { kind: 'refused', reason: 'unknownNumber' };
  const code = codeInReply(reply.text);
  if (!code) return { kind: 'refused', reason: 'noCode' };

  const meant: Alert[] = [];
  for (const alert of await alerts.listNewest(MOST_ALERTS)) {
    const isOpen = alert.state === 'fired' || alert.state === 'acknowledged';
    if (!isOpen || replyCodeOf(alert.id, person.id) !== code) continue;
    const notices = await outbox.listByAlert(alert.id);
    if (notices.some(({ receiver }) => receiver.personId === person.id)) meant.push(alert);
  }
  const [alert] = meant;
  if (!alert) return { kind: 'refused', reason: 'noAlert' };
  if (meant.length > 1) return { kind: 'refused', reason: 'ambiguous' };

  const act = { alertId: alert.id, actor: actorOf(person), at: reply.at, via: 'sms' } as const;
  const done = await acknowledge(act);
  const isTheirs = hasAnswered(done, person.id);
  return { kind: isTheirs ? 'acknowledged' : 'takenBefore', alert: done, person };
}

/**
 * Writes on a person's notices what their acknowledgement proves: 已确认 for all of them, and for the text
 * message that was answered also 已送达 and 已读. A link may have come by any of them, so it proves no more.
 */
export async function noteAcknowledged(
  outbox: Outbox,
  act: {
    readonly alertId: string;
    readonly personId: string;
    readonly at: Date;
    readonly via: 'desk' | 'link' | 'sms';
  },
): Promise<void> {
  const { alertId, personId, at, via } = act;
  for (const { id, receiver } of await outbox.listByAlert(alertId)) {
    if (receiver.personId !== personId) continue;
    await amend(outbox, id, (notice) => {
      if (notice.acknowledgedAt) return undefined;
      const isAnswered = via === 'sms' && notice.channel === 'sms';
      return {
        ...notice,
        acknowledgedAt: at,
        ...(isAnswered && {
          deliveredAt: notice.deliveredAt ?? at,
          readAt: notice.readAt ?? at,
        }),
      };
    });
  }
}
