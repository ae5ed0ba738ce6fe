/** A labelled series: values in order of time, and the windows in which something happened. */
export interface LabelledSeries {
  readonly name: string;
  readonly at: readonly Date[];
  readonly values: readonly number[];
  /** Row numbers, both ends included. */
  readonly windows: readonly (readonly [first: number, last: number])[];
}

/** Weights of NAB's standard profile. */
const TRUE_POSITIVE = 1;
const FALSE_POSITIVE = 0.11;
const MISSED = 1;
const PROBATION_SHARE = 0.15;
const PROBATION_MOST_ROWS = 5000;

/** Rows at the beginning that are learned from and not judged. */
export const probationOf = (rows: number): number =>
  Math.floor(PROBATION_SHARE * Math.min(rows, PROBATION_MOST_ROWS));

/**
 * NAB's score of one series at one threshold, before it is put on the scale of 0 to 100.
 *
 * Source: Lavin & Ahmad (2015), Evaluating real-time anomaly detection algorithms, standard profile;
 * https://github.com/numenta/NAB, nab/sweeper.py.
 */
export function rawScore(
  { windows }: LabelledSeries,
  scores: readonly number[],
  threshold: number,
): number {
  const probation = probationOf(scores.length);
  let total = 0;
  const best = new Map<number, number>();
  for (const [row, score] of scores.entries()) {
    if (row < probation || score < threshold) continue;
    const inside = windows.findIndex(([first, last]) => row >= first && row <= last);
    if (inside >= 0) {
      const [first, last] = windows[inside] ?? [0, 0];
      const position = -(last - row + 1) / (last - first + 1);
      const value = (sigmoid(position) * TRUE_POSITIVE) / sigmoid(-1);
      best.set(inside, Math.max(best.get(inside) ?? -Infinity, value));
      continue;
    }
    const before = windows.findLast(([, last]) => last < row);
    if (!before) {
      total -= FALSE_POSITIVE;
      continue;
    }
    const [first, last] = before;
    const position = Math.abs(last - row) / Math.max(1, last - first);
    total += sigmoid(position) * FALSE_POSITIVE;
  }
  for (const index of windows.keys()) total += best.get(index) ?? -MISSED;
  return total;
}

/** 1 far before the end of a window, 0 at its end, −1 long after it. */
function sigmoid(position: number): number {
  return position > 3 ? -1 : 2 / (1 + Math.exp(5 * position)) - 1;
}

/** The whole corpus at one threshold: 0 for saying nothing, 100 for a perfect detector. */
export function nabScore(
  series: readonly LabelledSeries[],
  scores: readonly (readonly number[])[],
  threshold: number,
): number {
  const windows = series.reduce((sum, one) => sum + one.windows.length, 0);
  const raw = series.reduce(
    (sum, one, index) => sum + rawScore(one, scores[index] ?? [], threshold),
    0,
  );
  const nothing = -MISSED * windows;
  const perfect = TRUE_POSITIVE * windows;
  return (100 * (raw - nothing)) / (perfect - nothing);
}
