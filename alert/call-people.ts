import { DAY_MS, type Effect, type Person } from '#core';
import { eventIdOf, type Alert } from './alert.ts';
import type { Countdown } from './countdown.ts';
import type { AlertingDeps } from './deps.ts';
import { policyFor, type LadderCallRule } from './ladder-pack.ts';
import { alertText, reminderText } from './notice-text.ts';
import { takeBack } from './open-alert.ts';
import { stepLadder, type CallResolver } from './step-ladder.ts';
import { noticeEffect, shortCodeOf } from './to-notice.ts';

/** Everybody a ladder may call now, looked up beforehand so that the decision stays pure. */
export async function resolveCalls(deps: AlertingDeps): Promise<CallResolver> {
  const { acknowledgement } = deps.ladderPack;
  const calls = acknowledgement.flatMap(({ steps }) => steps.flatMap((step) => step.calls));
  const keyOf = ({ role, seat }: LadderCallRule): string => `${role} ${seat}`;
  const found = new Map<string, readonly Person[]>();
  for (const call of calls) {
    if (found.has(keyOf(call))) continue;
    found.set(keyOf(call), await deps.roster.onCall(call.role, call.seat, deps.now()));
  }
  return (call) => found.get(keyOf(call)) ?? [];
}

/** The alert after its due steps, their notices inside it: one write holds both. */
export function callPeople(
  alert: Alert,
  deps: AlertingDeps,
  resolve: CallResolver,
  countdowns: readonly Countdown[],
  now: Date,
): Alert | undefined {
  const { ladder } = alert;
  if (alert.state !== 'fired' && alert.state !== 'acknowledged') return undefined;
  if (!ladder?.nextAt || ladder.nextAt > now) return undefined;
  if (ladder.phase === 'reminding') return remind(alert, deps, countdowns, resolve, now);
  const calling = ladder.phase === 'returning' ? takeBack(alert, now) : alert;
  const policy = policyFor(deps.ladderPack, alert.grade);
  if (!policy || !calling.ladder) return undefined;
  const stepped = stepLadder(calling.ladder, policy, resolve, deps.channels, now);
  const effects = stepped.tellings.map(({ person, channel, step, round, number }): Effect => {
    const shortCode = shortCodeOf(eventIdOf(alert) ?? alert.id, step, round);
    const link = linkTo(alert, person, deps, countdowns, now);
    return noticeEffect({
      key: `step ${number}`,
      alertId: alert.id,
      eventId: eventIdOf(alert),
      isDrill: alert.isDrill,
      person,
      channel,
      priority: alert.grade === 'L1' || alert.grade === 'L2' ? 0 : 3,
      shortCode,
      text: alertText(calling, { person, number, shortCode, link }, countdowns, now),
      at: now,
    });
  });
  return { ...calling, ladder: stepped.ladder, effects: [...calling.effects, ...effects] };
}

function remind(
  alert: Alert,
  deps: AlertingDeps,
  countdowns: readonly Countdown[],
  resolve: CallResolver,
  now: Date,
): Alert | undefined {
  const { ladder, acknowledgedBy } = alert;
  if (!ladder || !acknowledgedBy) return undefined;
  const returnAt = new Date(now.getTime() + deps.ladderPack.afterAcknowledgement.returnAfterMs);
  const person = (policyFor(deps.ladderPack, alert.grade)?.steps ?? [])
    .flatMap((step) => step.calls.flatMap((call) => resolve(call)))
    .find(({ id }) => id === acknowledgedBy.personId);
  const shortCode = shortCodeOf(eventIdOf(alert) ?? alert.id, ladder.nextStep, ladder.round);
  const text = (to: Person) =>
    reminderText(
      alert,
      { shortCode, link: linkTo(alert, to, deps, countdowns, now), returnAt },
      countdowns,
      now,
    );
  const effects =
    person && deps.channels.has('email') && person.email
      ? [
          noticeEffect({
            key: `reminder ${now.toISOString()}`,
            alertId: alert.id,
            eventId: eventIdOf(alert),
            isDrill: alert.isDrill,
            person,
            channel: 'email',
            priority: 1,
            shortCode,
            text: text(person),
            at: now,
          }),
        ]
      : [];
  return {
    ...alert,
    ladder: { ...ladder, phase: 'returning', nextAt: returnAt },
    effects: [...alert.effects, ...effects],
  };
}

/** Links live as long as the event's duties do, and two days at least. */
function linkTo(
  alert: Alert,
  person: Person,
  deps: AlertingDeps,
  countdowns: readonly Countdown[],
  now: Date,
): string {
  const lastDueMs = Math.max(...countdowns.map((one) => one.managedDueAt.getTime()), 0);
  const expiresAt = new Date(Math.max(lastDueMs, now.getTime() + 2 * DAY_MS));
  return deps.linkFor({ alertId: alert.id, personId: person.id, expiresAt });
}
