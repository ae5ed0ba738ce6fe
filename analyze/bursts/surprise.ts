import type { Usual } from './seasonal-baseline.ts';

/**
 * How surprising a value is: −log10 of the chance of a value as far out or farther, either way, 0 when it
 * is quite usual. Normal tails; for series that are no counts.
 */
export function gaugeSurprise(value: number, { mean, deviation }: Usual): number {
  if (deviation <= 0) return 0;
  return normalSurprise(Math.abs(value - mean) / deviation);
}

/**
 * How surprising a count is: −log10 P(X ≥ count) where X is negative binomial with the usual mean. How much
 * more it varies than a Poisson is learned over the whole day and scaled to the time of day: a quiet night
 * does not vary as a loud noon does. Only much is surprising here, never little.
 *
 * Source: the negative binomial tail is a regularised incomplete beta function; Press et al., Numerical
 * Recipes, 6.4, continued fraction by Lentz's method.
 */
export function countSurprise(count: number, { mean, deviation, overall }: Usual): number {
  if (count <= 0) return 0;
  const usual = Math.max(mean, LEAST_MEAN);
  const everyday = Math.max(overall, LEAST_MEAN);
  const learned = everyday ** 2 / Math.max(deviation ** 2 - everyday, everyday / 1e4);
  const size = Math.max(learned, LEAST_SIZE);
  const chance = betaTail(usual / (usual + size), count, size);
  return Math.max(0, -Math.log10(Math.max(chance, Number.MIN_VALUE)));
}

/** What was never spoken of may be at any time: a first post is no surprise. */
const LEAST_MEAN = 0.05;
/** A series so wild that it says nothing: below this the tail is flat to any count. */
const LEAST_SIZE = 0.01;

/** −log10 of the two-sided normal tail. Source: Abramowitz & Stegun 7.1.26; beyond 5 its asymptote. */
function normalSurprise(deviations: number): number {
  if (deviations > 5) {
    const ln = -(deviations ** 2) / 2 - Math.log(deviations * Math.sqrt(Math.PI / 2));
    return -ln / Math.LN10;
  }
  const x = deviations / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * x);
  const series =
    ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t;
  return -Math.log10(Math.min(1, series * Math.exp(-x * x)));
}

/** I_x(a, b): the chance that a negative binomial with size b reaches a. */
function betaTail(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const front = Math.exp(
    logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x),
  );
  return x < (a + 1) / (a + b + 2)
    ? (front * continuedFraction(x, a, b)) / a
    : 1 - (front * continuedFraction(1 - x, b, a)) / b;
}

const MOST_STEPS = 500;
const TINY = 1e-300;

function continuedFraction(x: number, a: number, b: number): number {
  const notZero = (value: number): number => (Math.abs(value) < TINY ? TINY : value);
  let c = 1;
  let d = 1 / notZero(1 - ((a + b) * x) / (a + 1));
  let result = d;
  for (let m = 1; m <= MOST_STEPS; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / notZero(1 + even * d);
    c = notZero(1 + even / c);
    result *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / notZero(1 + odd * d);
    c = notZero(1 + odd / c);
    const change = d * c;
    result *= change;
    if (Math.abs(change - 1) < 1e-10) break;
  }
  return result;
}

/** Source: Lanczos, as in Numerical Recipes 6.1. */
function logGamma(x: number): number {
  let sum = 1.00000000019;
  for (const [index, weight] of LANCZOS.entries()) sum += weight / (x + 1 + index);
  const t = x + 5.5;
  return (x + 0.5) * Math.log(t) - t + Math.log((2.506628274631 * sum) / x);
}
const LANCZOS = [
  76.1800917294715, -86.5053203294168, 24.01409824083091, -1.231739572450155, 0.1208650973866179e-2,
  -0.5395239384953e-5,
];
