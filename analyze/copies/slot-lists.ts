/** In front of the slots of a list: the room it has with this header, and how many slots are in it. */
const ROOM = 0;
const COUNT = 1;
const HEADER = 2;
const SMALLEST = 4;

/** Lists of slots in one array, each in a stretch of its own: a list is named by where it begins, above 0. */
export class SlotLists {
  #memory = new Int32Array(1 << 12);
  #used = 1;
  /** Stretches given back, by their room. */
  readonly #free = new Map<number, number[]>();

  /** @returns a new list of two slots */
  ofTwo(first: number, second: number): number {
    const list = this.#take(SMALLEST);
    this.#memory.set([SMALLEST, 2, first, second], list);
    return list;
  }

  /** One more slot in a list, which may have to move. @returns where it is now */
  add(list: number, slot: number): number {
    const room = this.#memory[list + ROOM] as number;
    const end = HEADER + this.count(list);
    const place = end < room ? list : this.#move(list, room);
    this.#memory[place + end] = slot;
    this.#memory[place + COUNT] = end - HEADER + 1;
    return place;
  }

  count(list: number): number {
    return this.#memory[list + COUNT] as number;
  }

  /** Copies the slots, the last one first. @returns how many there are */
  read(list: number, into: Int32Array): number {
    const memory = this.#memory;
    const count = this.count(list);
    const last = list + HEADER + count - 1;
    for (let nth = 0; nth < count; nth += 1) into[nth] = memory[last - nth] as number;
    return count;
  }

  /** Takes out the last entry of a slot. @returns how many slots are left; a list of none is given back */
  remove(list: number, slot: number): number {
    const memory = this.#memory;
    const count = this.count(list);
    const end = list + HEADER + count;
    const at = memory.subarray(0, end).lastIndexOf(slot);
    if (at < list + HEADER) return count;
    memory.copyWithin(at, at + 1, end);
    memory[list + COUNT] = count - 1;
    if (count === 1) this.#giveBack(list);
    return count - 1;
  }

  #move(list: number, room: number): number {
    const place = this.#take(2 * room);
    this.#memory.copyWithin(place, list, list + room);
    this.#memory[place + ROOM] = 2 * room;
    this.#giveBack(list);
    return place;
  }

  #take(room: number): number {
    const free = this.#free.get(room)?.pop();
    if (free !== undefined) return free;
    const list = this.#used;
    this.#used += room;
    if (this.#used > this.#memory.length) {
      const memory = new Int32Array(Math.ceil(this.#memory.length * 1.5));
      memory.set(this.#memory);
      this.#memory = memory;
    }
    return list;
  }

  #giveBack(list: number): void {
    const room = this.#memory[list + ROOM] as number;
    const free = this.#free.get(room);
    if (free) free.push(list);
    else this.#free.set(room, [list]);
  }
}
