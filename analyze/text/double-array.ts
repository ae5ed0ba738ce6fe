/** A trie of words in flat arrays; node 0 is its root. */
export interface Trie {
  /** Four fields a node: its parent + 1 (0 a free place), where its children begin, and two for who uses it. */
  readonly nodes: Int32Array;
  /** The word that ends at a node, or -1. */
  readonly wordAt: Int32Array;
  /** A unit's code, from 1; 0 for units that are in no word. A child stands at its parent's beginning + its code. */
  readonly codeOf: Uint16Array;
  /** How many codes there are, 0 included. */
  readonly codes: number;
  /** All nodes but the root, parents before their children. */
  readonly order: readonly number[];
}

const FIELDS = 4;
/** So many places tried in vain say that the array is full up to here. */
const FULL_AFTER = 200;

/**
 * Builds a trie whose children are found by one addition. Empty words are left out.
 *
 * @param twins filled with the next equal word of each word; only the first stands in the trie
 */
export function placeChildren(words: readonly string[], twins: Int32Array): Trie {
  const { codeOf, codes } = codeUnits(words);
  const numbers = sortedNumbers(words, twins);
  const places = new Places(codes);
  const order: number[] = [];
  const wordAt: number[] = [];
  /** The words of a node are neighbours in the sorted list: from, to, and how many units they share. */
  const queue: [node: number, from: number, to: number, depth: number][] = [
    [0, 0, numbers.length, 0],
  ];
  for (const [node, from, to, depth] of queue) {
    const children: { readonly code: number; readonly from: number; readonly to: number }[] = [];
    for (let at = from; at < to;) {
      const word = words[numbers[at] as number] as string;
      if (word.length === depth) {
        wordAt[node] = numbers[at] as number;
        at += 1;
        continue;
      }
      const unit = word.charCodeAt(depth);
      const start = at;
      while (at < to && words[numbers[at] as number]?.charCodeAt(depth) === unit) at += 1;
      children.push({ code: codeOf[unit] as number, from: start, to: at });
    }
    if (children.length === 0) continue;
    const begin = places.take(
      node,
      children.map(({ code }) => code),
    );
    for (const child of children) {
      order.push(begin + child.code);
      queue.push([begin + child.code, child.from, child.to, depth + 1]);
    }
  }
  const nodes = places.nodes();
  const ends = Int32Array.from({ length: nodes.length / FIELDS }, (_, node) => wordAt[node] ?? -1);
  return { nodes, wordAt: ends, codeOf, codes, order };
}

/** Frequent units get small codes: their children lie close together. */
function codeUnits(words: readonly string[]): { codeOf: Uint16Array; codes: number } {
  const counts = new Map<number, number>();
  for (const word of words) {
    for (let at = 0; at < word.length; at += 1) {
      const unit = word.charCodeAt(at);
      counts.set(unit, (counts.get(unit) ?? 0) + 1);
    }
  }
  const codeOf = new Uint16Array(0x10000);
  const frequent = [...counts].sort(([, a], [, b]) => b - a);
  for (const [index, [unit]] of frequent.entries()) codeOf[unit] = index + 1;
  return { codeOf, codes: frequent.length + 1 };
}

/** Numbers of the distinct words, in the order of their units. */
function sortedNumbers(words: readonly string[], twins: Int32Array): number[] {
  const last = new Map<string, number>();
  const numbers: number[] = [];
  for (const [number, word] of words.entries()) {
    if (word === '') continue;
    const twin = last.get(word);
    if (twin === undefined) numbers.push(number);
    else twins[twin] = number;
    last.set(word, number);
  }
  return numbers.sort((a, b) => ((words[a] as string) < (words[b] as string) ? -1 : 1));
}

/** Which places of the array are taken. */
class Places {
  readonly #codes: number;
  #fields: Int32Array;
  #firstFree = 1;
  #used = 1;

  constructor(codes: number) {
    this.#codes = codes;
    this.#fields = new Int32Array(FIELDS * 1_024);
    // Nobody's child: its place is taken all the same.
    this.#fields[0] = -1;
  }

  /** Finds a beginning from which all the codes lead to free places, and takes them for a node. */
  take(node: number, codes: readonly number[]): number {
    const begin = this.#findBegin(codes);
    this.#fields[node * FIELDS + 1] = begin;
    for (const code of codes) {
      const place = begin + code;
      this.#fields[place * FIELDS] = node + 1;
      this.#used = Math.max(this.#used, place + 1);
    }
    while (this.#isTaken(this.#firstFree)) this.#firstFree += 1;
    return begin;
  }

  /** The array cut to its length, with room for any code behind the last beginning. */
  nodes(): Int32Array {
    this.#reserve(this.#used + this.#codes);
    return this.#fields.slice(0, (this.#used + this.#codes) * FIELDS);
  }

  #findBegin(codes: readonly number[]): number {
    const smallest = Math.min(...codes);
    let tried = 0;
    for (let place = this.#firstFree; ; place += 1) {
      this.#reserve(place + this.#codes);
      if (this.#isTaken(place)) continue;
      const begin = place - smallest;
      if (begin >= 0 && codes.every((code) => !this.#isTaken(begin + code))) return begin;
      tried += 1;
      if (tried === FULL_AFTER) this.#firstFree = place;
    }
  }

  #isTaken(place: number): boolean {
    return (this.#fields[place * FIELDS] ?? 0) !== 0;
  }

  #reserve(places: number): void {
    if (places * FIELDS <= this.#fields.length) return;
    const more = new Int32Array(places * FIELDS * 2);
    more.set(this.#fields);
    this.#fields = more;
  }
}
