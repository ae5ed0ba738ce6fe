import { amend, auditEffect, isAtLeast, Refused, type Actor, type Effect } from '#core';
import { eventIdOf, type Alert, type Everyone } from './alert.ts';
import { signatureOf } from './joint-notice.ts';
import type { LadderPack } from './ladder-pack.ts';
import { acknowledge, alertId, standStill } from './open-alert.ts';
import type { AlertStore } from './ports.ts';

const WAYS = { desk: '工作台', link: '通知链接', sms: '短信回复' } as const;

interface Deps {
  readonly alerts: AlertStore;
  readonly ladderPack: LadderPack;
}

interface Acknowledgement {
  /** Who has it now. */
  readonly actor: Actor;
  readonly at: Date;
  readonly via: keyof typeof WAYS;
  /** 代确认: who records what `actor` said by phone or in person. */
  readonly through?: Actor | undefined;
}

/**
 * A person takes an alert on. The first wins; a later one finds it as it is, with who and when.
 * The person who has it may do so again in answer to a reminder; who must acknowledge in any case is
 * noted, whoever else did before.
 *
 * @throws {NotFound} when there is no such alert
 */
export async function acknowledgeAlert(
  { alerts, ladderPack }: Deps,
  { alertId, ...act }: Acknowledgement & { readonly alertId: string },
): Promise<Alert> {
  const id = await inForce(alerts, alertId);
  return await amend(alerts, id, (alert) => withAcknowledgement(alert, act, ladderPack));
}

/** The alert as the acknowledgement changes it; undefined when it is taken already. */
export function withAcknowledgement(
  alert: Alert,
  act: Acknowledgement,
  pack: LadderPack,
): Alert | undefined {
  const { actor, at, via, through } = act;
  const how = through ? `${through.name}代确认` : WAYS[via];
  const noted = notedAmongEveryone(alert, act);
  const isToSign = signatureOf(alert, actor.personId) !== undefined;
  if (noted && isToSign) {
    const what = `签收联合通知（${how}）`;
    const history = [...alert.history, { at, actor, what }];
    return withAudit({ ...alert, everyone: noted, history }, act, '签收联合通知', how);
  }
  // A second press of the link that said 签收 takes nothing on; at the desk the button says what it does.
  if (isToSign && via !== 'desk') return undefined;
  const answersReminder =
    alert.state === 'acknowledged' &&
    alert.ladder?.phase === 'returning' &&
    alert.acknowledgedBy?.personId === actor.personId;
  if (alert.state !== 'fired' && !answersReminder) return noted && { ...alert, everyone: noted };
  const taken = acknowledge(alert, actor, how, pack, at);
  const next: Alert = {
    ...taken,
    ...(noted && { everyone: noted }),
    ...(through && { acknowledgedThrough: through }),
  };
  const waitedS = Math.round((at.getTime() - alert.firedAt.getTime()) / 1000);
  return withAudit(next, act, '确认预警', `经${how}；预警发出后${waitedS}秒`);
}

function notedAmongEveryone(
  { everyone }: Alert,
  { actor, at }: Acknowledgement,
): Everyone | undefined {
  const isOpen = everyone?.people.some(
    ({ personId, acknowledgedAt }) => personId === actor.personId && !acknowledgedAt,
  );
  if (!everyone || !isOpen) return undefined;
  const people = everyone.people.map((one) =>
    one.personId === actor.personId ? { ...one, acknowledgedAt: one.acknowledgedAt ?? at } : one,
  );
  const { nextAt, ...rest } = everyone;
  const isWaiting = people.some(({ acknowledgedAt }) => !acknowledgedAt);
  return { ...rest, people, ...(isWaiting && nextAt && { nextAt }) };
}

/**
 * 只在变坏时再叫我: no reminder and no call until the grade rises, the posts multiply or a duty is missed.
 * Offered at L3 and below at once, at L1 and L2 to the person who has taken it on.
 *
 * @throws {Refused} at L1 and L2 to anybody else
 */
export async function restAlert(
  { alerts, ladderPack }: Deps,
  act: { readonly alertId: string; readonly actor: Actor; readonly at: Date },
): Promise<Alert> {
  return await amend(alerts, act.alertId, (alert) => withRest(alert, act, ladderPack));
}

export function withRest(
  alert: Alert,
  { actor, at }: { readonly actor: Actor; readonly at: Date },
  pack: LadderPack,
): Alert | undefined {
  if (alert.state === 'handled' || alert.state === 'falseAlarm' || alert.rest) return undefined;
  const isOwn = alert.state === 'acknowledged' && alert.acknowledgedBy?.personId === actor.personId;
  if (!isOwn && isAtLeast(alert.grade, 'L2')) {
    throw new Refused(
      'NOT_TAKEN_ON',
      '特别重大、重大须先由本人确认接手，才能只在变坏时再叫',
      'forbidden',
    );
  }
  const taken = alert.state === 'fired' ? acknowledge(alert, actor, WAYS.desk, pack, at) : alert;
  const what = '只在变坏时再叫';
  const rest = { by: actor, at, postCount: alert.postCount ?? 0 };
  const history = [...taken.history, { at, actor, what }];
  return withAudit({ ...standStill(taken), rest, history }, { actor, at }, what, '');
}

function withAudit(
  alert: Alert,
  { actor, at, through }: Pick<Acknowledgement, 'actor' | 'at' | 'through'>,
  what: string,
  detail: string,
): Alert {
  const eventId = eventIdOf(alert);
  const audit: Effect = auditEffect({
    at,
    actor: through ?? actor,
    act: through ? `代${actor.name}${what}` : what,
    target: `alert:${alert.id}`,
    ...(eventId && { eventId }),
    detail,
  });
  return { ...alert, effects: [...alert.effects, audit] };
}

/** The alert under which people are called on: an answer to a call of before a merge counts there. */
async function inForce(alerts: AlertStore, id: string): Promise<string> {
  const continuedUnder = (await alerts.findById(id))?.continuedUnder;
  return continuedUnder ? await inForce(alerts, alertId(continuedUnder)) : id;
}
