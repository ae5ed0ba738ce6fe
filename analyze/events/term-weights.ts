import { DAY_MS } from '#core';
import type { Terms } from './assign-event.ts';
import type { GroupingPack } from './grouping-pack.ts';

type Rule = Pick<GroupingPack['events'], 'backgroundTexts' | 'streamHalfLifeMs'>;

/** Counts may grow by this much before all of them are scaled down. */
const LARGEST_SCALE = 1e9;
/** A term seen less often than this, decayed, is forgotten. */
const LEAST_COUNT = 0.05;
/** With more terms than this in memory, those that no lead had are forgotten: about 20 MB. */
const MANY_TERMS = 100_000;

const A_WORD = /[\p{Letter}\p{Number}]{2}/u;

/** A word or a character, looked up once and counted without looking it up again. */
export interface KnownTerm {
  readonly term: string;
  /** Letters or digits, two at least. */
  readonly isWord: boolean;
  /** Share of texts that it occurs in, in general. */
  readonly share: number;
  /** Leads that had it, scaled. */
  seen: number;
  /** How often the text has it that is being read; 0 between texts. */
  times: number;
  /** Whether the text that is being read has it as a name. */
  isName: boolean;
}

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
  readonly #terms = new Map<string, KnownTerm>();
  /** The same by the code of a single character. */
  #characters: KnownTerm[] = [];
  #many = MANY_TERMS;
  #texts = 0;
  #newest = 0;
  #scaledAt = 0;
  /** A lead of the newest moment counts this much; older ones counted less when they came. */
  #scale = 1;

  constructor(shareOf: (term: string) => number, rule: Rule) {
    this.#shareOf = shareOf;
    this.#rule = rule;
  }

  /** Rarity of a term, no unit, above 0. */
  rarityOf(term: string): number {
    return this.rarityOfKnown(this.know(term));
  }

  rarityOfKnown({ share, seen }: KnownTerm): number {
    const { backgroundTexts } = this.#rule;
    const all = backgroundTexts + this.#texts / this.#scale + 1;
    return Math.log(1 + all / (backgroundTexts * share + seen / this.#scale + 0.5));
  }

  /** The same object for the same term until the next lead is observed. */
  know(term: string): KnownTerm {
    const known = this.#terms.get(term);
    if (known) return known;
    const isWord = term.length > 1 && A_WORD.test(term);
    const share = this.#shareOf(term);
    const made: KnownTerm = { term, isWord, share, seen: 0, times: 0, isName: false };
    this.#terms.set(term, made);
    return made;
  }

  /** @param code of a character that is one UTF-16 unit */
  knowCharacter(code: number): KnownTerm {
    return (this.#characters[code] ??= this.know(String.fromCharCode(code)));
  }

  /** One more lead of the stream; copies are none. */
  observe(terms: Terms, at: Date): void {
    if (at.getTime() > this.#newest) this.#moveTo(at.getTime());
    this.#texts += this.#scale;
    for (const one of terms) this.know(one[0]).seen += this.#scale;
    if (this.#terms.size > this.#many) this.#rescale();
  }

  #moveTo(at: number): void {
    const passedMs = this.#newest === 0 ? 0 : at - this.#newest;
    this.#newest = at;
    this.#scale *= 2 ** (passedMs / this.#rule.streamHalfLifeMs);
    if (this.#scale > LARGEST_SCALE || at - this.#scaledAt > DAY_MS) this.#rescale();
  }

  #rescale(): void {
    this.#texts /= this.#scale;
    for (const [term, known] of this.#terms) {
      known.seen /= this.#scale;
      if (known.seen < LEAST_COUNT) this.#terms.delete(term);
    }
    this.#characters = [];
    this.#scale = 1;
    this.#scaledAt = this.#newest;
    this.#many = Math.max(MANY_TERMS, 2 * this.#terms.size);
  }
}
