import type { Now } from '#core';
import { ladderStep, policyFor, type Alert, type LadderPack, type Roster } from '#alert';
import type { NextCall } from '#server';

/** Where an alert's ladder goes next and whom it would call; undefined when it stands still. */
export async function nextCall(
  alert: Alert,
  pack: LadderPack,
  roster: Roster,
  now: Now,
): Promise<NextCall | undefined> {
  const { ladder } = alert;
  const policy = policyFor(pack, alert.grade);
  if (alert.state !== 'fired' || !ladder?.nextAt || !policy) return undefined;
  const calls = ladderStep(policy, ladder.nextStep, ladder.round)?.calls ?? [];
  const people = await Promise.all(
    calls.map(async ({ role, seat }) => await roster.onCall(role, seat, now())),
  );
  return {
    at: ladder.nextAt,
    roles: [...new Set(calls.map(({ role }) => role))],
    names: [...new Set(people.flat().map(({ name }) => name))],
  };
}
