import { DAY_MS, HOUR_MS, type Effect, type Person, type Role } from '#core';
import type { ChannelKind } from './alert.ts';
import { alertIdOf } from './countdown-alert.ts';
import { withBreachRecord } from './countdown-breach.ts';
import type { Countdown, Milestone } from './countdown.ts';
import { isOpen } from './countdown-state.ts';
import type { AlertingDeps } from './deps.ts';
import { rolesToTell } from './milestones.ts';
import { milestoneText } from './notice-text.ts';
import { passMilestones } from './pass-milestones.ts';
import { ruleOf } from './rule-in-force.ts';
import { stepCommand } from './step-command.ts';
import { addressOn } from './step-ladder.ts';
import { passTrial } from './trial.ts';
import { noticeEffect, shortCodeOf } from './to-notice.ts';

/** Who can be told of a role now; looked up beforehand so that the decision stays pure. */
export type Reach = (roles: readonly Role[]) => readonly Person[];

/** Everybody that countdowns may tell now. */
export async function reachNow(deps: AlertingDeps): Promise<Reach> {
  const { milestones, whenNobody } = deps.countdownPack;
  const { levels } = deps.ladderPack.command;
  const roles = new Set([
    ...milestones.flatMap(({ tell }) => tell),
    ...whenNobody,
    ...levels.flat(),
  ]);
  const found = new Map<Role, readonly Person[]>();
  for (const role of roles) {
    const people = await deps.roster.onCall(role, 'first', deps.now());
    found.set(
      role,
      people.filter((person) => waysTo(person, deps).length > 0),
    );
  }
  return (asked) => {
    const people = asked.flatMap((role) => found.get(role) ?? []);
    return [...new Map(people.map((person) => [person.id, person])).values()];
  };
}

const waysTo = (person: Person, deps: AlertingDeps): readonly ChannelKind[] =>
  deps.countdownPack.channels.filter(
    (channel) => deps.channels.has(channel) && addressOn(person, channel) !== undefined,
  );

/**
 * The countdown with everything that is due by now: milestones told in one message to each person, the
 * breach with its record, and the next level of the command ladder. Undefined when nothing is due.
 *
 * @param mayConfirmBreach false while a jump of the clock leaves it open whether it is due
 */
export function passed(
  countdown: Countdown,
  deps: AlertingDeps,
  reach: Reach,
  now: Date,
  mayConfirmBreach = true,
): Countdown | undefined {
  if (countdown.isTrial) return passTrial(countdown, now);
  const reachOfIt = ofItsUnit(reach, countdown, deps.countdownPack.unitRoles);
  const told = withMilestones(countdown, deps, reachOfIt, now, mayConfirmBreach);
  const climbed = withCommand(told ?? countdown, deps, reachOfIt, now);
  return climbed ?? told;
}

/** Of roles that every unit has, those of the unit whose duty it is. */
function ofItsUnit(reach: Reach, { unit }: Countdown, unitRoles: readonly Role[]): Reach {
  if (unit === undefined) return reach;
  return (asked) => {
    const people = asked.flatMap((role) =>
      reach([role]).filter((person) => !unitRoles.includes(role) || person.unit === unit),
    );
    return [...new Map(people.map((person) => [person.id, person])).values()];
  };
}

function withMilestones(
  countdown: Countdown,
  deps: AlertingDeps,
  reach: Reach,
  now: Date,
  mayConfirmBreach: boolean,
): Countdown | undefined {
  const result = passMilestones(countdown, now, mayConfirmBreach);
  if (!result) return undefined;
  const people = new Map(
    result.passed
      .flatMap((milestone) => toTell(milestone, deps, reach))
      .map((person) => [person.id, person]),
  );
  const last = result.passed.at(-1);
  const key = `${last?.ratio ?? 0}${last?.toldAt && !last.firedAt ? ' unsure' : ''}`;
  const number = Math.round((last?.ratio ?? 0) * 10);
  const recorded = withBreachRecord(countdown, result.countdown, now);
  return withNotices(recorded, result.passed, { key, number }, [...people.values()], deps, now);
}

function toTell(milestone: Milestone, deps: AlertingDeps, reach: Reach): readonly Person[] {
  const people = reach(rolesToTell(milestone, deps.countdownPack));
  // No milestone passes unheard.
  return people.length > 0 ? people : reach(deps.countdownPack.whenNobody);
}

/** The command ladder begins with the breach and ends with the duty. */
function withCommand(
  countdown: Countdown,
  deps: AlertingDeps,
  reach: Reach,
  now: Date,
): Countdown | undefined {
  if (countdown.state !== 'breached' || !isOpen(countdown)) return undefined;
  const run = countdown.command ?? { nextStep: 0, nextAt: now, steps: [] };
  const { command } = deps.ladderPack;
  const grade = countdown.grade ?? 'L4';
  const stepped = stepCommand(run, command, grade, reach, isWorkdayIn(deps), now);
  if (!stepped) return undefined;
  const next = { ...countdown, command: stepped.run };
  const number = 10 + stepped.run.nextStep;
  const key = `command ${stepped.run.nextStep}`;
  return withNotices(next, [], { key, number }, stepped.people, deps, now);
}

/** Unknown where nobody has announced the year: then no day holds anybody up. */
function isWorkdayIn({ calendar }: AlertingDeps): (day: string) => boolean | undefined {
  return (day) => calendar.dayOf(day)?.kind && calendar.isWorkday(day);
}

function withNotices(
  countdown: Countdown,
  milestones: readonly Milestone[],
  { key, number }: { readonly key: string; readonly number: number },
  people: readonly Person[],
  deps: AlertingDeps,
  now: Date,
): Countdown {
  const alertId = alertIdOf(countdown);
  const priority = ruleOf(deps.countdownPack, countdown)?.priority ?? 0;
  const shortCode = shortCodeOf(countdown.eventId ?? countdown.id, number, 1);
  const expiresAt = new Date(
    Math.max(countdown.managedDueAt.getTime(), now.getTime() + 2 * DAY_MS) + HOUR_MS,
  );
  const effects = people.flatMap((person) =>
    waysTo(person, deps).map((channel): Effect => {
      const link = deps.linkFor({ alertId, personId: person.id, expiresAt });
      return noticeEffect({
        key: `${countdown.id} ${key}`,
        alertId,
        eventId: countdown.eventId,
        isDrill: countdown.isDrill,
        person,
        channel,
        priority,
        shortCode,
        text: milestoneText(countdown, milestones, { shortCode, link }, now),
        at: now,
      });
    }),
  );
  return { ...countdown, effects: [...countdown.effects, ...effects] };
}
