import { DAY_MS } from '#core';
import type { Terms } from './assign-event.ts';
import type { GroupingPack } from './grouping-pack.ts';

type Rule = Pick<GroupingPack['events'], 'backgroundTexts' | 'streamHalfLifeMs'>;

/** Counts may grow by this much before all of them are scaled down. */
const LARGEST_SCALE = 1e9;
/** A term seen less often than this, decayed, is forgotten. */
const LEAST_COUNT = 0.05;

/**
 * How much a term tells: rare ones more than common ones. What is common is learned from the leads themselves,
 * upon what the dictionary says of the language: 地震 is rare in general and tells little among earthquake reports.
 *
 * The dictionary counts as a number of texts seen before the first lead; leads fade by half in each half-life.
 * Source: idf with a prior; forward decay, Cormode et al. (2009).
 */
export class TermWeights {
  readonly #shareOf: (term: string) => number;
  readonly #rule: Rule;
  readonly #counts = new Map<string, number>();
  #texts = 0;
  #newest = 0;
  /** A lead of the newest moment counts this much; older ones counted less when they came. */
  #scale = 1;

  constructor(shareOf: (term: string) => number, rule: Rule) {
    this.#shareOf = shareOf;
    this.#rule = rule;
  }

  /** Rarity of a term, no unit, above 0. */
  rarityOf(term: string): number {
    const { backgroundTexts } = this.#rule;
    const all = backgroundTexts + this.#texts / this.#scale + 1;
    const seen = (this.#counts.get(term) ?? 0) / this.#scale;
    const with_ = backgroundTexts * this.#shareOf(term) + seen + 0.5;
    return Math.log(1 + all / with_);
  }

  /** One more lead of the stream; copies are none. */
  observe(terms: Terms, at: Date): void {
    if (at.getTime() > this.#newest) this.#moveTo(at.getTime());
    this.#texts += this.#scale;
    for (const [term] of terms) {
      this.#counts.set(term, (this.#counts.get(term) ?? 0) + this.#scale);
    }
  }

  #moveTo(at: number): void {
    const passedMs = this.#newest === 0 ? 0 : at - this.#newest;
    this.#newest = at;
    this.#scale *= 2 ** (passedMs / this.#rule.streamHalfLifeMs);
    if (this.#scale > LARGEST_SCALE || passedMs > DAY_MS) this.#rescale();
  }

  #rescale(): void {
    this.#texts /= this.#scale;
    for (const [term, count] of this.#counts) {
      const now = count / this.#scale;
      if (now < LEAST_COUNT) this.#counts.delete(term);
      else this.#counts.set(term, now);
    }
    this.#scale = 1;
  }
}
