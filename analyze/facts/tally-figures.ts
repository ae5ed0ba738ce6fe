import type { Fate } from './facts-pack.ts';
import type { FigureReading } from './figure-reading.ts';

/** Kinds of figures that a text is read for. */
export const FIGURE_KINDS = [
  'dead',
  'injured',
  'seriouslyInjured',
  'missing',
  'poisoned',
  'evacuated',
  'affected',
] as const;
export type FigureKind = (typeof FIGURE_KINDS)[number];

/** What a text says in the end, people each; absent where it says nothing. */
export type Figures = { readonly [Kind in FigureKind]?: number } & {
  /** Of the injured, those told to be lightly so; they do not count towards an incident's grade. */
  readonly lightlyInjured?: number;
};

export interface Tally {
  readonly figures: Figures;
  /** Kinds whose number is only the least: 10余人, 至少5人. */
  readonly atLeast: readonly FigureKind[];
  /** Words behind the figures, in the order of the kinds. */
  readonly words: readonly string[];
  /** Words of a correction, where a figure takes the place of an earlier one. */
  readonly corrects?: string;
}

/**
 * One figure for each kind from all that a text says of it.
 *
 * A correction replaces what stood before it; otherwise the greatest counts, with additions on top unless
 * a total was told as well. Parts (其中2人) are never more than their whole, so the greatest is the whole.
 */
export function tallyFigures(
  all: readonly FigureReading[],
  treatedAs: 'injured' | 'poisoned',
): Tally {
  const readings = all.map((reading) =>
    reading.fate === 'treated' ? { ...reading, fate: treatedAs } : reading,
  );
  const of = (fate: Fate): FigureReading[] => readings.filter((one) => one.fate === fate);
  const sums = {
    dead: sumOf(of('dead')),
    injured: injuredOf(of),
    seriouslyInjured: sumOf(of('seriouslyInjured')),
    missing: missingOf(of),
    poisoned: sumOf(of('poisoned')),
    evacuated: sumOf(of('evacuated')),
    affected: sumOf(of('affected')),
  };
  const figures: Record<string, number> = {};
  for (const kind of FIGURE_KINDS) {
    const sum = sums[kind];
    if (sum && sum.count > 0) figures[kind] = sum.count;
  }
  const light = sumOf(of('lightlyInjured'));
  const told = FIGURE_KINDS.flatMap((kind) =>
    figures[kind] === undefined ? [] : (sums[kind] ?? []),
  );
  const corrects = told.flatMap(({ from }) => from).find(({ isCorrection }) => isCorrection)?.words;
  return {
    figures: { ...figures, ...(light && { lightlyInjured: light.count }) },
    atLeast: FIGURE_KINDS.filter((kind) => figures[kind] !== undefined && sums[kind]?.isLeast),
    words: [...new Set(told.flatMap(({ from }) => from.map(({ words }) => words)))],
    ...(corrects !== undefined && { corrects }),
  };
}

interface Sum {
  readonly count: number;
  readonly isLeast: boolean;
  readonly from: readonly FigureReading[];
}

function sumOf(readings: readonly FigureReading[]): Sum | undefined {
  const corrected = readings.findLast(({ isCorrection }) => isCorrection);
  if (corrected) return toSum([corrected]);
  const whole = readings.filter(({ adds }) => adds === undefined);
  const most = greatestOf(whole.length > 0 ? whole : readings);
  if (!most) return undefined;
  const added = readings.filter((one) => one !== most && isOnTop(one, most, readings));
  // Said in the title and again in the text, an addition is still one.
  const distinct = added.filter(
    (one, at) => added.findIndex((other) => other.atLeast === one.atLeast) === at,
  );
  return toSum([most, ...distinct]);
}

function isOnTop(
  one: FigureReading,
  most: FigureReading,
  readings: readonly FigureReading[],
): boolean {
  if (one.adds === 'toSentence') return one.sentence === most.sentence && one.start > most.start;
  const isTotalTold = readings.some(({ isTotal, adds }) => isTotal && adds === undefined);
  return one.adds === 'toAll' && !isTotalTold && one.start > most.start;
}

/** Those of whom no gravity is told, or the grave and the light together. */
function injuredOf(of: (fate: Fate) => FigureReading[]): Sum | undefined {
  const plain = sumOf(of('injured'));
  const parts = [sumOf(of('seriouslyInjured')), sumOf(of('lightlyInjured'))].flatMap(
    (sum) => sum ?? [],
  );
  const together = parts.reduce((total, { count }) => total + count, 0);
  if (plain && plain.count >= together) return plain;
  if (together === 0) return plain;
  return {
    count: together,
    isLeast: parts.some(({ isLeast }) => isLeast),
    from: parts.flatMap(({ from }) => from),
  };
}

/** Whoever was found, alive or not, is missing no more. */
function missingOf(of: (fate: Fate) => FigureReading[]): Sum | undefined {
  const missing = of('missing');
  const still = missing.findLast(({ isResidual }) => isResidual);
  if (still) return toSum([still]);
  const most = greatestOf(missing);
  const saved = greatestOf(of('rescued'));
  const rescued = saved?.atLeast ?? 0;
  // 12人被困 … 12名矿工均无生命体征
  const areFoundDead = of('dead').some(
    ({ atLeast, start }) => start > (most?.start ?? 0) && atLeast === most?.atLeast,
  );
  if (areFoundDead) return undefined;
  // 34人升井,12人被困: told after the rescue, they are the rest already.
  const isRest =
    most &&
    saved &&
    missing.some(({ start, atLeast }) => start > saved.start && atLeast === most.atLeast);
  if (!most || !saved || isRest) return most && toSum([most]);
  const dead = greatestOf(of('dead').filter(({ start }) => start > most.start))?.atLeast ?? 0;
  const left = most.atLeast - rescued - dead;
  // 10人失踪,21人获救: more were saved than were missing, so they are others.
  if (left < 0) return toSum([most]);
  return left > 0 ? { ...toSum([most]), count: left } : undefined;
}

const greatestOf = (readings: readonly FigureReading[]): FigureReading | undefined =>
  readings.reduce<FigureReading | undefined>(
    (most, one) => (most && most.atLeast >= one.atLeast ? most : one),
    undefined,
  );

const toSum = (from: readonly FigureReading[]): Sum => ({
  count: from.reduce((sum, { atLeast }) => sum + atLeast, 0),
  isLeast: from.some(({ atLeast, atMost }) => atMost !== atLeast),
  from,
});
