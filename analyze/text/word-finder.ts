import { placeChildren, type Trie } from './double-array.ts';

/** Where a word stands in a text, in UTF-16 units. */
export interface FoundWord {
  /** Position of the word in the list the finder was built from. */
  readonly word: number;
  readonly start: number;
  readonly end: number;
}

/** Fields of a node: its parent + 1, where its children begin, its fallback, the longest word ending here or `NONE`. */
const [FIELDS, PARENT, CHILDREN, FALLBACK, WORD] = [4, 0, 1, 2, 3];
const NONE = -1;

/**
 * Finds every occurrence of many words in one pass, overlapping ones too.
 *
 * Source: Aho & Corasick (1975), over UTF-16 units; its trie as a double array (Aoe, 1989), so that a step is two
 * reads of one flat array, whatever the number of words.
 */
export class WordFinder {
  readonly #lengths: Int32Array;
  /** What ends wherever a word ends, too: the next of the list that is the same word, or else the longest shorter one. */
  readonly #next: Int32Array;
  readonly #trie: Trie;
  /** The node under the root for each code; most steps of most texts start there. */
  readonly #first: Int32Array;
  #found: Int32Array<ArrayBuffer> = new Int32Array(256);

  constructor(words: readonly string[]) {
    this.#lengths = Int32Array.from(words, (word) => word.length);
    this.#next = new Int32Array(words.length).fill(NONE);
    this.#trie = placeChildren(words, this.#next);
    this.#first = new Int32Array(this.#trie.codes);
    this.#link();
  }

  find(text: string): FoundWord[] {
    const count = this.scan(text);
    return Array.from({ length: count }, (_, nth) => {
      const word = this.#found[nth * 2] ?? 0;
      const end = this.#found[nth * 2 + 1] ?? 0;
      return { word, start: end - (this.#lengths[word] ?? 0), end };
    });
  }

  /** What the last scan found: word, end, word, end, … in order of their ends; valid until the next. */
  get found(): Int32Array {
    return this.#found;
  }

  /** As find, without making an object for each word. @returns how many it found */
  scan(text: string): number {
    const { nodes, codeOf } = this.#trie;
    const first = this.#first;
    const nextWord = this.#next;
    let found = this.#found;
    let written = 0;
    let node = 0;
    for (let at = 0; at < text.length; at += 1) {
      const code = codeOf[text.charCodeAt(at)] as number;
      if (code === 0) {
        node = 0;
        continue;
      }
      let next = 0;
      while (node !== 0) {
        next = (nodes[node * FIELDS + CHILDREN] as number) + code;
        if (nodes[next * FIELDS + PARENT] === node + 1) break;
        node = nodes[node * FIELDS + FALLBACK] as number;
      }
      node = node === 0 ? (first[code] as number) : next;
      let word = nodes[node * FIELDS + WORD] as number;
      while (word !== NONE) {
        if (written === found.length) found = this.#grow();
        found[written++] = word;
        found[written++] = at + 1;
        word = nextWord[word] as number;
      }
    }
    return written / 2;
  }

  #grow(): Int32Array<ArrayBuffer> {
    const more = new Int32Array(this.#found.length * 2);
    more.set(this.#found);
    this.#found = more;
    return more;
  }

  /** Breadth first, so that a node's fallback is complete before it is used. */
  #link(): void {
    const { nodes, order, wordAt } = this.#trie;
    nodes[WORD] = NONE;
    for (const node of order) {
      const parent = (nodes[node * FIELDS + PARENT] ?? 0) - 1;
      const code = node - (nodes[parent * FIELDS + CHILDREN] ?? 0);
      if (parent === 0) this.#first[code] = node;
      const fallback = parent === 0 ? 0 : this.#longestSuffix(parent, code);
      nodes[node * FIELDS + FALLBACK] = fallback;
      const shorter = nodes[fallback * FIELDS + WORD] ?? NONE;
      const word = wordAt[node] ?? NONE;
      nodes[node * FIELDS + WORD] = word === NONE ? shorter : word;
      if (word !== NONE) this.#next[this.#lastTwin(word)] = shorter;
    }
  }

  #lastTwin(word: number): number {
    let last = word;
    while ((this.#next[last] ?? NONE) !== NONE) last = this.#next[last] ?? NONE;
    return last;
  }

  /** The node of the longest proper suffix of `node` that goes on with `code`; the root when none does. */
  #longestSuffix(node: number, code: number): number {
    const { nodes } = this.#trie;
    let back = node;
    while (back !== 0) {
      back = nodes[back * FIELDS + FALLBACK] ?? 0;
      const next = (nodes[back * FIELDS + CHILDREN] ?? 0) + code;
      if (nodes[next * FIELDS + PARENT] === back + 1) return next;
    }
    return 0;
  }
}
