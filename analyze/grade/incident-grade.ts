import type { Grade } from '#core';
import type { Facts } from '../facts/read-facts.ts';
import type { GradingPack, IncidentFigures } from './grading-pack.ts';

/** The facts that an incident's gravity is measured by; older records lack most of them. */
export type IncidentFacts = Known<
  | 'dead'
  | 'injured'
  | 'seriouslyInjured'
  | 'lightlyInjured'
  | 'missing'
  | 'poisoned'
  | 'evacuated'
  | 'lossYuan'
  | 'magnitude'
  | 'intakeCut'
  | 'incidentType'
  | 'claimedFigures'
>;
type Known<Key extends keyof Facts> = { readonly [Kind in Key]?: Facts[Kind] | undefined };

/**
 * Gravity of an incident by the figures told of it.
 *
 * @returns undefined when no threshold is reached, or when its type is graded by words and not by figures
 * Source: grading pack, `incident`, whose tables name theirs.
 */
export function incidentGradeBy(
  facts: IncidentFacts,
  pack: Pick<GradingPack, 'incident'>,
): Grade | undefined {
  const type = facts.incidentType;
  const table =
    pack.incident.find(({ types }) => type !== undefined && types.includes(type)) ??
    pack.incident.find(({ types }) => types.length === 0);
  if (!table) return undefined;
  const measured = measuredBy(facts, table.countsMissing);
  return table.rows.find(({ any }) => any.some((all) => isReached(all, measured)))?.grade;
}

/** What counts: nothing that is only claimed, and of the injured not those told to be lightly so. */
function measuredBy(facts: IncidentFacts, countsMissing: boolean): IncidentFigures {
  const isClaimed = (kind: NonNullable<Facts['claimedFigures']>[number]): boolean =>
    facts.claimedFigures?.includes(kind) ?? false;
  const missing = isClaimed('missing') ? 0 : (facts.missing ?? 0);
  const dead = isClaimed('dead') ? 0 : (facts.dead ?? 0);
  const { injured = 0, lightlyInjured = 0, seriouslyInjured, lossYuan, magnitude } = facts;
  const grave = seriouslyInjured ?? Math.max(0, injured - lightlyInjured);
  return {
    dead: dead + (countsMissing ? missing : 0),
    injured: isClaimed('injured') ? 0 : grave,
    hurt: isClaimed('injured') ? 0 : Math.max(injured, lightlyInjured),
    missing,
    poisoned: isClaimed('poisoned') ? 0 : (facts.poisoned ?? 0),
    evacuated: facts.evacuated ?? 0,
    // A loss with no happening and nobody hurt is of fraud or of a market, which no figure grades.
    lossYuan:
      facts.incidentType !== undefined || dead + injured + missing > 0 ? (lossYuan ?? 0) : 0,
    magnitude: magnitude ?? 0,
    ...(facts.intakeCut && { intakeCut: facts.intakeCut }),
  };
}

function isReached(all: IncidentFigures, measured: IncidentFigures): boolean {
  return Object.entries(all).every(([kind, least]) => {
    const value = measured[kind as keyof IncidentFigures];
    return typeof least === 'number' ? Number(value ?? 0) >= least : value === least;
  });
}
