/** Where a word stands in a text, in UTF-16 units. */
export interface FoundWord {
  /** Position of the word in the list the finder was built from. */
  readonly word: number;
  readonly start: number;
  readonly end: number;
}

/**
 * Finds every occurrence of many words in one pass, overlapping ones too.
 * Source: Aho & Corasick (1975), over UTF-16 units.
 */
export class WordFinder {
  readonly #next: Map<number, number>[] = [new Map()];
  readonly #fallback: number[] = [0];
  /** Words that end at a node, those of shorter suffixes included. */
  readonly #ends: number[][] = [[]];
  readonly #lengths: readonly number[];

  constructor(words: readonly string[]) {
    this.#lengths = words.map((word) => word.length);
    for (const [number, word] of words.entries()) if (word) this.#insert(word, number);
    this.#link();
  }

  find(text: string): FoundWord[] {
    const found: FoundWord[] = [];
    const root = this.#next[0];
    let node = 0;
    for (let index = 0; index < text.length; index += 1) {
      const unit = text.charCodeAt(index);
      let step = this.#next[node]?.get(unit);
      while (step === undefined && node !== 0) {
        node = this.#fallback[node] ?? 0;
        step = (node === 0 ? root : this.#next[node])?.get(unit);
      }
      node = step ?? 0;
      const ends = this.#ends[node];
      if (node === 0 || !ends || ends.length === 0) continue;
      for (const word of ends) {
        found.push({ word, start: index + 1 - (this.#lengths[word] ?? 0), end: index + 1 });
      }
    }
    return found;
  }

  #insert(word: string, number: number): void {
    let node = 0;
    for (let index = 0; index < word.length; index += 1) {
      const unit = word.charCodeAt(index);
      let step = this.#next[node]?.get(unit);
      if (step === undefined) {
        step = this.#next.push(new Map()) - 1;
        this.#fallback.push(0);
        this.#ends.push([]);
        this.#next[node]?.set(unit, step);
      }
      node = step;
    }
    this.#ends[node]?.push(number);
  }

  /** The node of the longest proper suffix of `node` that goes on with `unit`; the root when none does. */
  #longestSuffix(node: number, unit: number): number {
    let back = node;
    while (back !== 0) {
      back = this.#fallback[back] ?? 0;
      const target = this.#next[back]?.get(unit);
      if (target !== undefined) return target;
    }
    return this.#next[0]?.get(unit) ?? 0;
  }

  /** Breadth first, so that a node's fallback is complete before it is used. */
  #link(): void {
    const queue = [...(this.#next[0]?.values() ?? [])];
    for (let at = 0; at < queue.length; at += 1) {
      const node = queue[at] ?? 0;
      for (const [unit, child] of this.#next[node] ?? []) {
        const target = this.#longestSuffix(node, unit);
        this.#fallback[child] = target === child ? 0 : target;
        this.#ends[child]?.push(...(this.#ends[this.#fallback[child] ?? 0] ?? []));
        queue.push(child);
      }
    }
  }
}
