import { SlotLists } from './slot-lists.ts';

/** A cell of the table: its key, and beside it in memory who holds that; a look-up is mostly one read. */
const CELL = 2;
const HELD_BY = 1;
/** Held by one slot: that + 1; by more: minus where their list begins. Else one of these. */
const NEVER_USED = 0;
const NOBODY_ANY_MORE = -0x80000000;
const FIRST_BITS = 12;
/** Share of the cells that may be taken; with more, searches become long. */
const FULLEST = 0.75;
/** Spreads the small numbers that the smallest hashes of windows are. Source: Knuth, Fibonacci hashing. */
const GOLDEN = 0x9e3779b1;

/**
 * Numbers of 32 bits, each with the slots that hold it. Nearly all numbers are held by one slot or none: a look-up
 * has the answer in the cell itself. The slots of the others stand side by side: going from one to the next all
 * over the memory would take longer than everything else.
 */
export class Postings {
  /** Open addressing: a key is in the first free cell from its own place on. */
  #cells = new Int32Array(CELL << FIRST_BITS);
  /** The table has 2 to the power of this cells. */
  #bits = FIRST_BITS;
  #taken = 0;
  readonly #lists = new SlotLists();
  readonly #most: number;

  /** @param most slots that may hold a number, 2 at least: what more hold tells nothing apart, and takes long */
  constructor(most: number) {
    this.#most = most;
  }

  add(key: number, slot: number): void {
    const at = this.#placeOf(key);
    const cells = this.#cells;
    const heldBy = cells[at + HELD_BY] as number;
    if (heldBy > 0) {
      cells[at + HELD_BY] = -this.#lists.ofTwo(heldBy - 1, slot);
    } else if (heldBy !== NEVER_USED && heldBy !== NOBODY_ANY_MORE) {
      if (this.#lists.count(-heldBy) < this.#most) {
        cells[at + HELD_BY] = -this.#lists.add(-heldBy, slot);
      }
    } else {
      cells[at] = key;
      cells[at + HELD_BY] = slot + 1;
      if (heldBy === NEVER_USED) this.#taken += 1;
      if (this.#taken >= FULLEST * 2 ** this.#bits) this.#rehash();
    }
  }

  /**
   * The slots that hold a number, newest first.
   *
   * @param into as long as `most`; filled from its start
   * @returns how many there are
   */
  read(key: number, into: Int32Array): number {
    const heldBy = this.#cells[this.#placeOf(key) + HELD_BY] as number;
    if (heldBy === NEVER_USED || heldBy === NOBODY_ANY_MORE) return 0;
    if (heldBy < 0) return this.#lists.read(-heldBy, into);
    into[0] = heldBy - 1;
    return 1;
  }

  /**
   * Reads the cells of keys that are about to be looked up. Not in the cache, they are fetched side by side here; a
   * look-up has to wait for its own before the next begins.
   */
  touch(keys: readonly number[]): number {
    const cells = this.#cells;
    let touched = 0;
    for (const key of keys) touched |= cells[this.#homeOf(key) + HELD_BY] as number;
    // Handed back so that the reading is not optimised away.
    return touched;
  }

  remove(key: number, slot: number): void {
    const at = this.#placeOf(key) + HELD_BY;
    const heldBy = this.#cells[at] as number;
    const isList = heldBy < 0 && heldBy !== NOBODY_ANY_MORE;
    const isLast = isList ? this.#lists.remove(-heldBy, slot) === 0 : heldBy === slot + 1;
    // The cell stays taken until the next rehash: the search for keys that stand behind it goes on across it.
    if (isLast) this.#cells[at] = NOBODY_ANY_MORE;
  }

  /** Where the search for a key begins. */
  #homeOf(key: number): number {
    return CELL * (Math.imul(key, GOLDEN) >>> (32 - this.#bits));
  }

  /** Where the cell of a key is: its own, or a free one. */
  #placeOf(key: number): number {
    const cells = this.#cells;
    const signed = key | 0;
    let at = this.#homeOf(signed);
    while (cells[at + HELD_BY] !== NEVER_USED && cells[at] !== signed) {
      at += CELL;
      if (at === cells.length) at = 0;
    }
    return at;
  }

  /** Puts the keys that somebody holds into a table that they fill by half of what may be at most. */
  #rehash(): void {
    const old = this.#cells;
    let held = 0;
    for (let at = HELD_BY; at < old.length; at += CELL) {
      if (old[at] !== NEVER_USED && old[at] !== NOBODY_ANY_MORE) held += 1;
    }
    while (2 * held > FULLEST * 2 ** this.#bits) this.#bits += 1;
    this.#cells = new Int32Array(CELL << this.#bits);
    this.#taken = held;
    for (let at = 0; at < old.length; at += CELL) {
      const heldBy = old[at + HELD_BY] as number;
      if (heldBy === NEVER_USED || heldBy === NOBODY_ANY_MORE) continue;
      const place = this.#placeOf(old[at] as number);
      this.#cells[place] = old[at] as number;
      this.#cells[place + HELD_BY] = heldBy;
    }
  }
}
