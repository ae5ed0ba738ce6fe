import { isAtLeast, type Grade } from '#core';

/** A grade as it was proposed, and when. */
export interface Rise {
  readonly grade: Grade;
  readonly at: Date;
}

/** When a grade was first reached under two rule packs; undefined where it never was. */
export interface RiseDifference {
  readonly grade: Grade;
  readonly beforeAt: Date | undefined;
  readonly afterAt: Date | undefined;
}

const GRADED = ['L1', 'L2', 'L3', 'L4'] as const;

/** The grades that two replays of one event reached at different moments, gravest first. */
export function compareRises(
  before: readonly Rise[],
  after: readonly Rise[],
): readonly RiseDifference[] {
  return GRADED.map((grade) => ({
    grade,
    beforeAt: firstAtLeast(grade, before),
    afterAt: firstAtLeast(grade, after),
  })).filter(({ beforeAt, afterAt }) => beforeAt?.getTime() !== afterAt?.getTime());
}

function firstAtLeast(grade: Grade, rises: readonly Rise[]): Date | undefined {
  return rises.find((rise) => isAtLeast(rise.grade, grade))?.at;
}
