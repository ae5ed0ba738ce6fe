import { amend, DAY_MS, type Effect, type Person, type Role } from '#core';
import { eventIdOf, type ChannelKind } from './alert.ts';
import { callPeople, resolveCalls } from './call-people.ts';
import { alertIdOf, openCountdownAlert } from './countdown-alert.ts';
import type { Countdown, Milestone } from './countdown.ts';
import type { AlertingDeps } from './deps.ts';
import { milestoneText } from './notice-text.ts';
import { rolesToTell } from './milestones.ts';
import { passMilestones } from './pass-milestones.ts';
import { ruleOf } from './rule-in-force.ts';
import { addressOn } from './step-ladder.ts';
import { noticeEffect, shortCodeOf } from './to-notice.ts';

/** So many documents a tick; the next tick takes the rest. */
const MOST_A_TICK = 200;

/** Lets time pass for every countdown that is due. The start of the product is the same loop. @returns how many changed */
export async function tickCountdowns(deps: AlertingDeps): Promise<number> {
  const due = await deps.countdowns.findDue(deps.now(), MOST_A_TICK);
  const people = await peopleToTell(deps);
  for (const one of due) {
    const now = deps.now();
    // First, so that no message leads to what is not there.
    if (!one.eventId) await deps.alerts.create(openCountdownAlert(one, now));
    await amend(deps.countdowns, one.id, (countdown) => {
      const passed = withMilestones(countdown, deps, people, now);
      return passed === countdown ? undefined : passed;
    });
  }
  return due.length;
}

/** Lets every ladder that is due take its step. @returns how many alerts changed */
export async function tickLadders(deps: AlertingDeps): Promise<number> {
  const due = await deps.alerts.findLadderDue(deps.now(), MOST_A_TICK);
  for (const alert of due) {
    const now = deps.now();
    const countdowns = await deps.countdowns.listByEvent(eventIdOf(alert) ?? alert.id);
    const resolve = await resolveCalls(deps);
    await amend(deps.alerts, alert.id, (found) =>
      callPeople(found, deps, resolve, countdowns, now),
    );
  }
  return due.length;
}

/** A countdown with everything that is due by now passed and told. */
export async function passCountdown(
  countdown: Countdown,
  deps: AlertingDeps,
  now: Date,
): Promise<Countdown> {
  if (countdown.milestones.every(({ at }) => at > now)) return countdown;
  if (!countdown.eventId) await deps.alerts.create(openCountdownAlert(countdown, now));
  return withMilestones(countdown, deps, await peopleToTell(deps), now);
}

type PeopleByMilestone = (milestone: Milestone) => readonly Person[];

async function peopleToTell(deps: AlertingDeps): Promise<PeopleByMilestone> {
  const found = new Map<readonly Role[], readonly Person[]>();
  for (const { tell } of deps.countdownPack.milestones) {
    const people = await reachable(tell, deps);
    // No milestone passes unheard.
    const stand = people.length > 0 ? people : await reachable(deps.countdownPack.whenNobody, deps);
    found.set(tell, stand);
  }
  return (milestone) => found.get(rolesToTell(milestone, deps.countdownPack)) ?? [];
}

async function reachable(roles: readonly Role[], deps: AlertingDeps): Promise<readonly Person[]> {
  const found = new Map<string, Person>();
  for (const role of roles) {
    for (const person of await deps.roster.onCall(role, 'first', deps.now())) {
      if (waysTo(person, deps).length > 0) found.set(person.id, person);
    }
  }
  return [...found.values()];
}

const waysTo = (person: Person, deps: AlertingDeps): readonly ChannelKind[] =>
  deps.countdownPack.channels.filter(
    (channel) => deps.channels.has(channel) && addressOn(person, channel) !== undefined,
  );

/** The countdown after its due milestones, with one message to each person for all of them together. */
function withMilestones(
  countdown: Countdown,
  deps: AlertingDeps,
  people: PeopleByMilestone,
  now: Date,
): Countdown {
  const passed = passMilestones(countdown, now);
  if (!passed) return countdown;
  const last = passed.passed.at(-1);
  const toTell = new Map(passed.passed.flatMap(people).map((person) => [person.id, person]));
  const effects = [...toTell.values()].flatMap((person) =>
    waysTo(person, deps).map((channel): Effect => {
      const shortCode = shortCodeOf(
        countdown.eventId ?? countdown.id,
        Math.round((last?.ratio ?? 0) * 10),
        1,
      );
      const id = alertIdOf(countdown);
      const expiresAt = new Date(
        Math.max(countdown.managedDueAt.getTime(), now.getTime() + 2 * DAY_MS),
      );
      const link = deps.linkFor({ alertId: id, personId: person.id, expiresAt });
      const rule = ruleOf(deps.countdownPack, countdown);
      return noticeEffect({
        key: `${countdown.id} ${last?.ratio ?? 0}`,
        alertId: id,
        eventId: countdown.eventId,
        isDrill: countdown.isDrill,
        person,
        channel,
        priority: rule?.priority ?? 0,
        shortCode,
        text: milestoneText(passed.countdown, passed.passed, { shortCode, link }, now),
        at: now,
      });
    }),
  );
  return { ...passed.countdown, effects: [...passed.countdown.effects, ...effects] };
}
