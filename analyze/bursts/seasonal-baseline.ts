import { DAY_MS } from '#core';
import type { BurstPack } from './burst-pack.ts';

/** What a series usually does at a moment. */
export interface Usual {
  readonly mean: number;
  /** Standard deviation over all times of the day, same unit. */
  readonly deviation: number;
  /** Mean over all times of the day. */
  readonly overall: number;
  /** Whether enough was seen to call anything unusual. */
  readonly hasLearned: boolean;
}

const NEIGHBOURS = [
  { offset: -1, share: 0.5 },
  { offset: 0, share: 1 },
  { offset: 1, share: 0.5 },
] as const;

/**
 * Learns what a series usually does by time of day, in one pass, looking only back: a profile of the day
 * shrunk to the overall mean, a level that follows slowly, and the deviation left over. Whether the time of
 * day explains the series is learned too: a series without a daily rhythm is judged against its level alone.
 */
export class SeasonalBaseline {
  readonly #rule: BurstPack['baseline'];
  readonly #binMeans: Float64Array;
  readonly #binWeights: Float64Array;
  #values = 0;
  #mean = 0;
  #spread = 0;
  #level = 0;
  #seasonalError = 0;
  #flatError = 0;

  constructor(rule: BurstPack['baseline']) {
    this.#rule = rule;
    this.#binMeans = new Float64Array(rule.binsPerDay);
    this.#binWeights = new Float64Array(rule.binsPerDay);
  }

  /** What is usual at a moment, before the value of that moment is learned. */
  usualAt(at: Date): Usual {
    const base = this.#isSeasonal() ? this.#profileAt(at) : this.#mean;
    return {
      mean: base + this.#level,
      deviation: this.#deviation(),
      overall: this.#mean,
      hasLearned: this.#values >= this.#rule.learnsFrom && this.#spread > 0,
    };
  }

  learn(at: Date, value: number): void {
    const { memoryValues, cutAt, levelGain, levelKeeps, binKeeps, learnsFrom } = this.#rule;
    const seasonal = this.#profileAt(at) + this.#level;
    const flat = (this.#values > 0 ? this.#mean : value) + this.#level;
    const usual = this.#isSeasonal() ? seasonal : flat;
    const isNew = this.#values < learnsFrom;
    const most = this.#deviation() * cutAt;
    const cut = (residual: number, limit = most): number =>
      isNew ? residual : Math.max(-limit, Math.min(limit, residual));
    const learned = usual + cut(value - usual);

    const bin = this.#binOf(at);
    const weight = (this.#binWeights[bin] ?? 0) * binKeeps + 1;
    this.#binWeights[bin] = weight;
    const held = this.#binMeans[bin] ?? 0;
    this.#binMeans[bin] = held + (learned - this.#level - held) / weight;

    this.#values += 1;
    const share = 1 / Math.min(this.#values, memoryValues);
    this.#mean += (learned - this.#mean) * share;
    // A little more than what is learned, or a wild series would never be believed to be wild.
    const limit = most * (4 / 3);
    this.#seasonalError += (cut(value - seasonal, limit) ** 2 - this.#seasonalError) * share;
    this.#flatError += (cut(value - flat, limit) ** 2 - this.#flatError) * share;
    this.#spread += (Math.abs(value - this.#mean) - this.#spread) * share;
    this.#level = (this.#level + levelGain * cut(value - usual)) * levelKeeps;
  }

  #isSeasonal(): boolean {
    return this.#seasonalError < this.#flatError;
  }

  #deviation(): number {
    const error = Math.min(this.#seasonalError, this.#flatError);
    return Math.max(Math.sqrt(error), this.#rule.leastDeviation * this.#spread);
  }

  #binOf(at: Date): number {
    const bins = this.#rule.binsPerDay;
    return Math.floor(((at.getTime() % DAY_MS) / DAY_MS) * bins) % bins;
  }

  /** The day's profile, smoothed over its neighbours and shrunk to the overall mean. */
  #profileAt(at: Date): number {
    const bins = this.#rule.binsPerDay;
    const bin = this.#binOf(at);
    let sum = this.#mean * 0.5;
    let weights = 0.5;
    for (const { offset, share } of NEIGHBOURS) {
      const near = (bin + offset + bins) % bins;
      const weight = (this.#binWeights[near] ?? 0) * share;
      sum += (this.#binMeans[near] ?? 0) * weight;
      weights += weight;
    }
    return sum / weights;
  }
}
