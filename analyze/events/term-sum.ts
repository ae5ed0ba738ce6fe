import { greatestAt } from './greatest-at.ts';

/** Terms by number with their weight; both arrays of one length. */
export interface NumberedTerms {
  readonly numbers: readonly number[];
  readonly weights: readonly number[];
}

/** The terms of an event's leads added up. */
export interface TermSum extends NumberedTerms {
  /** As a vector. */
  readonly length: number;
}

export interface Nearness {
  /** Of the lead's terms and those of the event's leads added up, 0 to 1. */
  readonly cosine: number;
  /** Share of the lead that is terms the event has, whatever they weigh there, 0 to 1. */
  readonly coverage: number;
}

/**
 * Compares and adds terms by laying one side out in a row with a place for every number: a step is one read.
 *
 * The row is shared by all calls and empty between them.
 */
export class TermRow {
  #row = new Float64Array(1 << 12);

  /** How near the terms of a lead are to each of the sums; `lead` has length 1 with the terms that no sum has. */
  nearness(lead: NumberedTerms, sums: readonly TermSum[], end: number): Nearness[] {
    const row = this.#lay(lead, end);
    const near = sums.map(({ numbers, weights, length }): Nearness => {
      let product = 0;
      let coverage = 0;
      for (let at = 0; at < numbers.length; at += 1) {
        const weight = row[numbers[at] as number] as number;
        product += weight * (weights[at] as number);
        coverage += weight * weight;
      }
      return { cosine: length === 0 ? 0 : product / length, coverage };
    });
    for (const number of lead.numbers) row[number] = 0;
    return near;
  }

  /**
   * One more lead in the sum, the heaviest terms kept.
   *
   * @param more weights above 0
   * @returns the sum, and the numbers of `sum` and `more` that it has no more use for: twice there, or cut off
   */
  add(
    sum: NumberedTerms,
    more: NumberedTerms,
    most: number,
    end: number,
  ): { readonly sum: TermSum; readonly spare: readonly number[] } {
    const row = this.#lay(more, end);
    const numbers = [...sum.numbers];
    const weights = [...sum.weights];
    const spare: number[] = [];
    for (let at = 0; at < numbers.length; at += 1) {
      const number = numbers[at] as number;
      const weight = row[number] as number;
      if (weight === 0) continue;
      weights[at] = (weights[at] as number) + weight;
      row[number] = 0;
      spare.push(number);
    }
    for (const number of more.numbers) {
      const weight = row[number] as number;
      if (weight === 0) continue;
      numbers.push(number);
      weights.push(weight);
      row[number] = 0;
    }
    if (numbers.length <= most) return { sum: toSum(numbers, weights), spare };
    const kept = greatestAt(weights, most);
    const stays = new Uint8Array(numbers.length);
    for (const at of kept) stays[at] = 1;
    for (let at = 0; at < numbers.length; at += 1) {
      if (stays[at] === 0) spare.push(numbers[at] as number);
    }
    const pick = (list: readonly number[]) => kept.map((at) => list[at] as number);
    return { sum: toSum(pick(numbers), pick(weights)), spare };
  }

  #lay({ numbers, weights }: NumberedTerms, end: number): Float64Array {
    if (end > this.#row.length) this.#row = new Float64Array(end * 2);
    for (let at = 0; at < numbers.length; at += 1) {
      this.#row[numbers[at] as number] = weights[at] as number;
    }
    return this.#row;
  }
}

function toSum(numbers: readonly number[], weights: readonly number[]): TermSum {
  let squares = 0;
  for (const weight of weights) squares += weight * weight;
  return { numbers, weights, length: Math.sqrt(squares) };
}
