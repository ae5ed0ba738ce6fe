const NONE = -1;

/**
 * Numbers, each with the slots that hold it: chains in typed arrays, 12 bytes an entry and 4 to 8 for its bucket.
 */
export class Postings {
  #buckets = new Int32Array(1 << 12).fill(NONE);
  #keys = new Uint32Array(1 << 12);
  #slots = new Int32Array(1 << 12);
  #next = new Int32Array(1 << 12);
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
    let holding = 0;
    for (let entry = this.#buckets[bucket] ?? NONE; entry !== NONE;) {
      if (this.#keys[entry] === key) holding += 1;
      entry = this.#next[entry] ?? NONE;
    }
    if (holding >= this.#most) return;
    const entry = this.#takeEntry();
    this.#keys[entry] = key;
    this.#slots[entry] = slot;
    this.#next[entry] = this.#buckets[bucket] ?? NONE;
    this.#buckets[bucket] = entry;
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
    let count = 0;
    for (let entry = this.#buckets[this.#bucketOf(key)] ?? NONE; entry !== NONE;) {
      if (this.#keys[entry] === key) into[count++] = this.#slots[entry] ?? NONE;
      entry = this.#next[entry] ?? NONE;
    }
    return count;
  }

  remove(key: number, slot: number): void {
    const bucket = this.#bucketOf(key);
    let before = NONE;
    for (let entry = this.#buckets[bucket] ?? NONE; entry !== NONE;) {
      const next = this.#next[entry] ?? NONE;
      if (this.#keys[entry] === key && this.#slots[entry] === slot) {
        if (before === NONE) this.#buckets[bucket] = next;
        else this.#next[before] = next;
        this.#next[entry] = this.#free;
        this.#free = entry;
        this.#count -= 1;
        return;
      }
      before = entry;
      entry = next;
    }
  }

  #bucketOf(key: number): number {
    // The smallest hash of a window is a small number: spread it over all buckets.
    return (Math.imul(key, 0x9e3779b1) >>> 0) & (this.#buckets.length - 1);
  }

  #takeEntry(): number {
    if (this.#free !== NONE) {
      const entry = this.#free;
      this.#free = this.#next[entry] ?? NONE;
      return entry;
    }
    if (this.#used === this.#slots.length) this.#grow();
    return this.#used++;
  }

  #grow(): void {
    const size = Math.ceil(this.#slots.length * 1.5);
    const [keys, slots, next] = [this.#keys, this.#slots, this.#next];
    this.#keys = new Uint32Array(size);
    this.#slots = new Int32Array(size);
    this.#next = new Int32Array(size);
    this.#keys.set(keys);
    this.#slots.set(slots);
    this.#next.set(next);
  }

  #rehash(): void {
    const old = this.#buckets;
    this.#buckets = new Int32Array(old.length * 2).fill(NONE);
    for (const first of old) {
      for (let entry = first; entry !== NONE;) {
        const next = this.#next[entry] ?? NONE;
        const bucket = this.#bucketOf(this.#keys[entry] ?? 0);
        this.#next[entry] = this.#buckets[bucket] ?? NONE;
        this.#buckets[bucket] = entry;
        entry = next;
      }
    }
  }
}
