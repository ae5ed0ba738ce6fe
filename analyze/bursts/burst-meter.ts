import type { BurstPack } from './burst-pack.ts';
import { SeasonalBaseline, type Usual } from './seasonal-baseline.ts';
import { countSurprise, gaugeSurprise } from './surprise.ts';

/** One value of a series beside what is usual there. */
export interface Measured {
  readonly at: Date;
  readonly value: number;
  /** −log10 of the chance of as much or more; the more surprising of the short and the long window. */
  readonly score: number;
  /** What is usual, for the band of a chart. */
  readonly usual: Usual;
  /** A burst begins here: surprising enough, and no news of a burst already told. */
  readonly isOnset: boolean;
}

/**
 * Follows one series value by value and says when it leaves its own past behind; it never looks ahead.
 * Counts are judged by a negative binomial, gauges (which may fall too) by a normal.
 */
export class BurstMeter {
  readonly #rule: Pick<BurstPack, 'baseline' | 'burst'>;
  readonly #kind: 'count' | 'gauge';
  readonly #baseline: SeasonalBaseline;
  #recent: { readonly value: number; readonly usual: Usual }[] = [];
  #toldAt = Number.NEGATIVE_INFINITY;
  #told = 0;

  constructor(rule: Pick<BurstPack, 'baseline' | 'burst'>, kind: 'count' | 'gauge') {
    this.#rule = rule;
    this.#kind = kind;
    this.#baseline = new SeasonalBaseline(rule.baseline);
  }

  /** @param at later than the one before */
  add(at: Date, value: number): Measured {
    const { leastScore, quietMs, risesBy, longBins } = this.#rule.burst;
    const usual = this.#baseline.usualAt(at);
    this.#recent = [...this.#recent.slice(1 - longBins), { value, usual }];
    const score = usual.hasLearned
      ? Math.max(this.#shortScore(value, usual), this.#longScore())
      : 0;
    if (at.getTime() - this.#toldAt >= quietMs) this.#told = 0;
    const isOnset = score >= leastScore && score >= this.#told * risesBy;
    if (isOnset) {
      this.#toldAt = at.getTime();
      this.#told = score;
    }
    this.#baseline.learn(at, value);
    return { at, value, score, usual, isOnset };
  }

  #shortScore(value: number, usual: Usual): number {
    return this.#kind === 'count' ? countSurprise(value, usual) : gaugeSurprise(value, usual);
  }

  /** The same over the longer window: a slow rise that no single bin shows. */
  #longScore(): number {
    const count = this.#recent.length;
    const value = this.#recent.reduce((sum, one) => sum + one.value, 0);
    const mean = this.#recent.reduce((sum, one) => sum + one.usual.mean, 0);
    const last = this.#recent.at(-1)?.usual;
    if (!last || count < this.#rule.burst.longBins) return 0;
    // Neighbouring values lean the same way: their sum strays more than that of independent ones.
    const deviation = last.deviation * count ** this.#rule.burst.longLean;
    const usual = { ...last, mean, deviation, overall: last.overall * count };
    return this.#shortScore(value, usual);
  }
}
