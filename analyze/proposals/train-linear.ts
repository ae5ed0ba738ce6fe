import { hashFeatures, FEATURE_PLACES } from './hash-features.ts';
import { LinearModel } from './linear-model.ts';

export interface LabelledText {
  readonly tokens: readonly string[];
  readonly label: string;
  /** How much it counts; a person's correction counts more than a shipped example. */
  readonly weight?: number;
}

export interface TrainingPlan {
  readonly epochs: number;
  /** Step of the first update of a weight. */
  readonly rate: number;
  /** Pull of every weight towards nought, per touch. */
  readonly decay: number;
  readonly seed: number;
}

/**
 * Fits one set of weights per label by multinomial logistic regression with AdaGrad steps. The same examples
 * in the same order with the same seed give the same weights, bit for bit.
 *
 * @throws {RangeError} when there are fewer than two labels
 *
 * Source: Duchi, Hazan & Singer (2011).
 */
export function trainLinear(examples: readonly LabelledText[], plan: TrainingPlan): LinearModel {
  const labels = [...new Set(examples.map(({ label }) => label))].sort();
  if (labels.length < 2) throw new RangeError(`${labels.length} labels cannot be told apart`);
  const width = labels.length;
  const rows = examples.map(({ tokens, label, weight = 1 }) => ({
    places: hashFeatures(tokens),
    right: labels.indexOf(label),
    weight,
  }));
  const weights = new Float32Array(FEATURE_PLACES * width);
  const squares = new Float32Array(FEATURE_PLACES * width);
  const bias = new Float32Array(width);
  const biasSquares = new Float32Array(width);
  const chances = new Float64Array(width);
  const order = rows.map((_, index) => index);
  const random = seededRandom(plan.seed);

  for (let epoch = 0; epoch < plan.epochs; epoch += 1) {
    shuffle(order, random);
    for (const number of order) {
      const row = rows[number];
      if (!row) continue;
      const { places, right, weight } = row;
      const value = 1 / Math.sqrt(Math.max(1, places.length));
      for (let label = 0; label < width; label += 1) {
        let sum = bias[label] ?? 0;
        for (const place of places) sum += (weights[place * width + label] ?? 0) * value;
        chances[label] = sum;
      }
      toChances(chances);
      for (let label = 0; label < width; label += 1) {
        const miss = weight * ((chances[label] ?? 0) - (label === right ? 1 : 0));
        biasSquares[label] = (biasSquares[label] ?? 0) + miss * miss;
        bias[label] = (bias[label] ?? 0) - (0.1 * miss) / Math.sqrt((biasSquares[label] ?? 0) + 1);
        for (const place of places) {
          const at = place * width + label;
          const slope = miss * value + plan.decay * (weights[at] ?? 0);
          squares[at] = (squares[at] ?? 0) + slope * slope;
          weights[at] =
            (weights[at] ?? 0) - (plan.rate * slope) / (Math.sqrt(squares[at] ?? 0) + 1e-6);
        }
      }
    }
  }
  return LinearModel.quantised(labels, bias, weights);
}

/** Turns scores into chances that add up to 1, in place. */
export function toChances(scores: Float64Array): void {
  let most = Number.NEGATIVE_INFINITY;
  for (const score of scores) most = Math.max(most, score);
  let sum = 0;
  for (let index = 0; index < scores.length; index += 1) {
    const raised = Math.exp((scores[index] ?? 0) - most);
    scores[index] = raised;
    sum += raised;
  }
  for (let index = 0; index < scores.length; index += 1) scores[index] = (scores[index] ?? 0) / sum;
}

/** Source: Mulberry32. */
function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Source: Fisher & Yates. */
function shuffle(order: number[], random: () => number): void {
  for (let last = order.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    [order[last], order[other]] = [order[other] ?? 0, order[last] ?? 0];
  }
}
