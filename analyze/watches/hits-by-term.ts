/** Terms found in one text: number, start, end, and so on. */
export type Hits = number[];
export const HIT = 3;

/** The hits of one text, each term's in their order; filled anew for each text without clearing. */
export class HitsByTerm {
  hits: Hits = [];
  readonly #first: Int32Array;
  /** For which filling `#first` was set. */
  readonly #setFor: Uint32Array;
  #next = new Int32Array(256);
  #filling = 0;

  constructor(terms: number) {
    this.#first = new Int32Array(terms);
    this.#setFor = new Uint32Array(terms);
  }

  fill(hits: Hits): void {
    this.hits = hits;
    this.#filling += 1;
    if (this.#next.length < hits.length) this.#next = new Int32Array(hits.length * 2);
    for (let at = hits.length - HIT; at >= 0; at -= HIT) {
      const term = hits[at] as number;
      this.#next[at] = this.firstOf(term);
      this.#first[term] = at;
      this.#setFor[term] = this.#filling;
    }
  }

  /** Where in `hits` the first of a term stands; -1 for none. */
  firstOf(term: number): number {
    return this.#setFor[term] === this.#filling ? (this.#first[term] as number) : -1;
  }

  /** Where the next of the same term stands; -1 after the last. */
  nextOf(at: number): number {
    return this.#next[at] as number;
  }
}
