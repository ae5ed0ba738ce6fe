import { beijingDay, DAY_MS, type Grade, type Person, type Role } from '#core';
import type { CommandRun } from './countdown.ts';
import type { LadderPack } from './ladder-pack.ts';

export interface CommandStepped {
  readonly run: CommandRun;
  readonly people: readonly Person[];
}

/**
 * The command ladder after the levels that are due: the step owed is not done, so the next above is told.
 * A level that reaches nobody is passed at once and stays on record. Undefined when nothing is due.
 *
 * @param reach who can be told of a role now
 * @param isWorkday whether a Beijing day is worked; undefined where nobody knows, which holds up nothing
 */
export function stepCommand(
  run: CommandRun,
  { levels, paces }: LadderPack['command'],
  grade: Grade,
  reach: (roles: readonly Role[]) => readonly Person[],
  isWorkday: (day: string) => boolean | undefined,
  now: Date,
): CommandStepped | undefined {
  const pace = paces.find(({ grades }) => grades.includes(grade));
  if (!pace || !run.nextAt || run.nextAt > now) return undefined;
  const told = new Map<string, Person>();
  const steps = [...run.steps];
  let { nextStep } = run;
  while (nextStep < levels.length && told.size === 0) {
    for (const roles of levels.slice(nextStep, nextStep + pace.levelsAtOnce)) {
      const people = reach(roles);
      people.forEach((person) => told.set(person.id, person));
      const empty = roles.filter((role) => reach([role]).length === 0);
      steps.push({ step: nextStep, at: now, names: people.map(({ name }) => name), roles, empty });
      nextStep += 1;
    }
  }
  const planned = new Date(now.getTime() + pace.everyMs);
  const nextAt = pace.onWorkdaysOnly ? toWorkday(planned, isWorkday) : planned;
  const after = nextStep < levels.length ? { nextStep, nextAt, steps } : { nextStep, steps };
  return { run: after, people: [...told.values()] };
}

/** The same time on the next worked day. */
function toWorkday(at: Date, isWorkday: (day: string) => boolean | undefined): Date {
  let day = at;
  while (isWorkday(beijingDay(day)) === false) day = new Date(day.getTime() + DAY_MS);
  return day;
}
