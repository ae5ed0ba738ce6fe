import { assert, double, integer, property } from 'fast-check';
import { expect, test } from 'vitest';
import { countSurprise, gaugeSurprise } from '../../../analyze/bursts/surprise.ts';

/** P(X ≥ count) by adding the probabilities up: slow, plain, for comparison. */
function tailByAdding(count: number, mean: number, deviation: number): number {
  const size = mean ** 2 / (deviation ** 2 - mean);
  const p = size / (size + mean);
  let chance = p ** size;
  let below = 0;
  for (let k = 0; k < count; k += 1) {
    below += chance;
    chance *= ((k + size) / (k + 1)) * (1 - p);
  }
  return 1 - below;
}

test.for([
  { count: 5, mean: 1, deviation: 1.5 },
  { count: 12, mean: 4, deviation: 3 },
  { count: 40, mean: 20, deviation: 9 },
  { count: 3, mean: 8, deviation: 5 },
])('$count where $mean ± $deviation are usual is as rare as adding up says', (one) => {
  const { count, mean, deviation } = one;
  const expected = -Math.log10(tailByAdding(count, mean, deviation));
  expect(countSurprise(count, { mean, deviation, overall: mean, hasLearned: true })).toBeCloseTo(
    expected,
    5,
  );
});

test.for([
  { deviations: 1.959964, chance: 0.05 },
  { deviations: 3.290527, chance: 0.001 },
  { deviations: 6, chance: 1.973e-9 },
])('a gauge $deviations deviations off has a chance of $chance', ({ deviations, chance }) => {
  const surprise = gaugeSurprise(10 + deviations, {
    mean: 10,
    deviation: 1,
    overall: 10,
    hasLearned: true,
  });
  expect(surprise).toBeCloseTo(-Math.log10(chance), 1);
});

test('one more post is never less surprising, and no count gives nonsense', () => {
  assert(
    property(
      integer({ min: 0, max: 100_000 }),
      double({ min: 0, max: 5000, noNaN: true }),
      double({ min: 0, max: 5000, noNaN: true }),
      (count, mean, deviation) => {
        const usual = { mean, deviation, overall: mean, hasLearned: true };
        const one = countSurprise(count, usual);
        expect(one).toBeGreaterThanOrEqual(0);
        expect(Number.isFinite(one)).toBe(true);
        expect(countSurprise(count + 1, usual)).toBeGreaterThanOrEqual(one - 1e-6);
      },
    ),
  );
});
