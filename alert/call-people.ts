import { DAY_MS, type Effect, type Person } from '#core';
import { eventIdOf, type Alert, type Everyone } from './alert.ts';
import type { Countdown } from './countdown.ts';
import type { AlertingDeps } from './deps.ts';
import { policyFor, type LadderCallRule } from './ladder-pack.ts';
import { alertText, reminderText } from './notice-text.ts';
import { isOpen } from './countdown-state.ts';
import { standStill, takeBack } from './open-alert.ts';
import { addressOn, stepLadder, type CallResolver, type Stepped } from './step-ladder.ts';
import { tellGroups } from './tell-groups.ts';
import { noticeEffect, shortCodeOf } from './to-notice.ts';
import { isGroupKind } from './ways.ts';

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
  if (alert.continuedUnder) return undefined;
  if (alert.state !== 'fired' && alert.state !== 'acknowledged') return undefined;
  const again = callEveryone(alert, deps, resolve, countdowns, now);
  return callLadder(again ?? alert, deps, resolve, countdowns, now) ?? again;
}

function callLadder(
  alert: Alert,
  deps: AlertingDeps,
  resolve: CallResolver,
  countdowns: readonly Countdown[],
  now: Date,
): Alert | undefined {
  const { ladder } = alert;
  if (!ladder?.nextAt || ladder.nextAt > now) return undefined;
  if (ladder.phase === 'reminding') return remind(alert, deps, countdowns, resolve, now);
  const calling = ladder.phase === 'returning' ? takeBack(alert, now) : alert;
  const policy = policyFor(deps.ladderPack, alert.grade);
  if (!policy || !calling.ladder) return undefined;
  const stepped = stepLadder(calling.ladder, policy, resolve, deps.channels, now);
  const everyone = joined(calling.everyone, stepped.everyone, deps, now);
  const told: Alert = { ...calling, ladder: stepped.ladder, ...(everyone && { everyone }) };
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
      priority: priorityOf(alert),
      shortCode,
      text: alertText(told, { person, number, shortCode, link }, countdowns, now),
      at: now,
    });
  });
  const groups = groupEffects(calling, stepped, deps, countdowns, now);
  return { ...told, effects: [...calling.effects, ...effects, ...groups] };
}

/** Those who must each acknowledge, with the ones of a step that has just fired. */
function joined(
  before: Everyone | undefined,
  added: Stepped['everyone'],
  { ladderPack }: AlertingDeps,
  now: Date,
): Everyone | undefined {
  const known = new Set(before?.people.map(({ personId }) => personId));
  const fresh = added.filter(({ personId }) => !known.has(personId));
  if (fresh.length === 0) return before;
  const nextAt = new Date(now.getTime() + ladderPack.everyoneEveryMs);
  return { round: before?.round ?? 1, people: [...(before?.people ?? []), ...fresh], nextAt };
}

/** Calls those again who must acknowledge and have not, whoever took the alert on. */
function callEveryone(
  alert: Alert,
  deps: AlertingDeps,
  resolve: CallResolver,
  countdowns: readonly Countdown[],
  now: Date,
): Alert | undefined {
  const { everyone } = alert;
  if (!everyone?.nextAt || everyone.nextAt > now) return undefined;
  const round = everyone.round + 1;
  const waiting = new Set(
    everyone.people.filter((one) => !one.acknowledgedAt).map(({ personId }) => personId),
  );
  const calls = (policyFor(deps.ladderPack, alert.grade)?.steps ?? [])
    .filter((step) => step.everyone)
    .flatMap((step) => step.calls);
  const effects = calls.flatMap((call) =>
    resolve(call)
      .filter(({ id }) => waiting.has(id))
      .flatMap((person) =>
        call.channels
          .filter((kind) => deps.channels.has(kind) && addressOn(person, kind) !== undefined)
          .map((channel): Effect => {
            const shortCode = shortCodeOf(eventIdOf(alert) ?? alert.id, 0, round);
            const link = linkTo(alert, person, deps, countdowns, now);
            return noticeEffect({
              key: `everyone ${everyone.nextAt?.toISOString()}`,
              alertId: alert.id,
              eventId: eventIdOf(alert),
              isDrill: alert.isDrill,
              person,
              channel,
              priority: 1,
              shortCode,
              text: alertText(alert, { person, number: round, shortCode, link }, countdowns, now),
              at: now,
            });
          }),
      ),
  );
  const nextAt = new Date(now.getTime() + deps.ladderPack.everyoneEveryMs);
  return {
    ...alert,
    everyone: { ...everyone, round, nextAt },
    effects: [...alert.effects, ...effects],
  };
}

/** The steps just fired that speak to a group, on every robot that is set up here; a program hears them too. */
function groupEffects(
  alert: Alert,
  { ladder, tellings }: Stepped,
  deps: AlertingDeps,
  countdowns: readonly Countdown[],
  now: Date,
): readonly Effect[] {
  const before = alert.ladder?.steps.length ?? 0;
  const kinds = [...deps.channels].filter((kind) => isGroupKind(kind) || kind === 'webhook');
  return ladder.steps.slice(before).flatMap(({ step, round, calls }, index) => {
    const number = before + index + 1;
    const isForGroup = calls.some(({ channels }) => channels.some(({ kind }) => isGroupKind(kind)));
    if (!isForGroup) return [];
    const called = tellings.filter((one) => one.number === number).map(({ person }) => person);
    const link = deps.linkFor({ alertId: alert.id, personId: '', expiresAt: now });
    const shortCode = shortCodeOf(eventIdOf(alert) ?? alert.id, step, round);
    const priority = priorityOf(alert);
    const at = now;
    return tellGroups({ alert, number, kinds, called, priority, shortCode, link, countdowns, at });
  });
}

const priorityOf = ({ grade }: Alert): number => (grade === 'L1' || grade === 'L2' ? 0 : 3);

function remind(
  alert: Alert,
  deps: AlertingDeps,
  countdowns: readonly Countdown[],
  resolve: CallResolver,
  now: Date,
): Alert | undefined {
  const { ladder, acknowledgedBy } = alert;
  if (!ladder || !acknowledgedBy) return undefined;
  const { stepsOwed } = deps.ladderPack.afterAcknowledgement;
  const owed = countdowns.filter((one) => isOpen(one) && stepsOwed.includes(one.code));
  // All that was owed is done: nobody is reminded any more.
  if (owed.length === 0) return standStill(alert);
  const returnAt = new Date(now.getTime() + deps.ladderPack.afterAcknowledgement.returnAfterMs);
  const person = (policyFor(deps.ladderPack, alert.grade)?.steps ?? [])
    .flatMap((step) => step.calls.flatMap((call) => resolve(call)))
    .find(({ id }) => id === acknowledgedBy.personId);
  const shortCode = shortCodeOf(eventIdOf(alert) ?? alert.id, ladder.nextStep, ladder.round);
  const text = (to: Person) =>
    reminderText(
      alert,
      {
        shortCode,
        link: linkTo(alert, to, deps, countdowns, now),
        returnAt,
        owed: owed.map(({ name }) => name).join('、'),
      },
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
