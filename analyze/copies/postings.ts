const NONE = -1;
/** Of an entry, side by side in memory: a chain is followed with one look per entry. */
const KEY = 0;
const SLOT = 1;
const NEXT = 2;
const WIDTH = 3;

/** Numbers of 32 bits, each with the slots that hold it: chains in typed arrays, 12 bytes an entry and 4 to 8 for its bucket. */
export class Postings {
  /** First place of each chain in the entries. */
  #buckets = new Int32Array(1 << 12).fill(NONE);
  #entries = new Int32Array(WIDTH << 12);
  #free = NONE;
  #used = 0;
  #count = 0;
  readonly #most: number;

  /** @param most slots that may hold a number: what more hold tells nothing apart, and would make long chains */
  constructor(most: number) {
    this.#most = most;
  }

  add(key: number, slot: number): void {
    const bucket = this.#bucketOf(key);
    const first = this.#buckets[bucket] ?? NONE;
    const entries = this.#entries;
    let holding = 0;
    for (let at = first; at !== NONE; at = entries[at + NEXT] ?? NONE) {
      if (entries[at + KEY] === (key | 0)) holding += 1;
    }
    if (holding >= this.#most) return;
    const at = this.#takePlace();
    this.#entries[at + KEY] = key;
    this.#entries[at + SLOT] = slot;
    this.#entries[at + NEXT] = first;
    this.#buckets[bucket] = at;
    this.#count += 1;
    if (this.#count > this.#buckets.length) this.#rehash();
  }

  /**
   * The slots that hold a number, newest first.
   *
   * @param into as long as `most`; filled from its start
   * @returns how many there are
   */
  read(key: number, into: Int32Array): number {
    const entries = this.#entries;
    const signed = key | 0;
    let count = 0;
    let at = this.#buckets[this.#bucketOf(key)] ?? NONE;
    while (at !== NONE) {
      if (entries[at + KEY] === signed) into[count++] = entries[at + SLOT] ?? NONE;
      at = entries[at + NEXT] ?? NONE;
    }
    return count;
  }

  remove(key: number, slot: number): void {
    const bucket = this.#bucketOf(key);
    const entries = this.#entries;
    let before = NONE;
    for (let at = this.#buckets[bucket] ?? NONE; at !== NONE; at = entries[at + NEXT] ?? NONE) {
      if (entries[at + KEY] === (key | 0) && entries[at + SLOT] === slot) {
        const next = entries[at + NEXT] ?? NONE;
        if (before === NONE) this.#buckets[bucket] = next;
        else entries[before + NEXT] = next;
        entries[at + NEXT] = this.#free;
        this.#free = at;
        this.#count -= 1;
        return;
      }
      before = at;
    }
  }

  #bucketOf(key: number): number {
    // The smallest hash of a window is a small number: spread it over all buckets.
    return (Math.imul(key, 0x9e3779b1) >>> 7) & (this.#buckets.length - 1);
  }

  #takePlace(): number {
    if (this.#free !== NONE) {
      const at = this.#free;
      this.#free = this.#entries[at + NEXT] ?? NONE;
      return at;
    }
    if (this.#used === this.#entries.length) {
      const entries = new Int32Array(WIDTH * Math.ceil((this.#entries.length / WIDTH) * 1.5));
      entries.set(this.#entries);
      this.#entries = entries;
    }
    const at = this.#used;
    this.#used += WIDTH;
    return at;
  }

  #rehash(): void {
    const old = this.#buckets;
    const entries = this.#entries;
    this.#buckets = new Int32Array(old.length * 2).fill(NONE);
    for (const first of old) {
      for (let at = first; at !== NONE;) {
        const next = entries[at + NEXT] ?? NONE;
        const bucket = this.#bucketOf(entries[at + KEY] ?? 0);
        entries[at + NEXT] = this.#buckets[bucket] ?? NONE;
        this.#buckets[bucket] = at;
        at = next;
      }
    }
  }
}
