import { array, assert, constantFrom, integer, oneof, property, record } from 'fast-check';
import { expect, test } from 'vitest';
import { Postings } from '../../../analyze/copies/postings.ts';

/** The same, plain to read: each number with the slots that hold it, oldest first. */
class PlainPostings {
  readonly #slots = new Map<number, number[]>();
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  add(key: number, slot: number): void {
    const slots = this.#slots.get(key) ?? [];
    if (slots.length < this.#most) this.#slots.set(key, [...slots, slot]);
  }

  remove(key: number, slot: number): void {
    const slots = this.#slots.get(key) ?? [];
    const at = slots.lastIndexOf(slot);
    if (at >= 0) this.#slots.set(key, slots.toSpliced(at, 1));
  }

  read(key: number): number[] {
    return (this.#slots.get(key) ?? []).toReversed();
  }
}

const MOST = 5;
const read = (postings: Postings, key: number): number[] => {
  const into = new Int32Array(MOST);
  return [...into.subarray(0, postings.read(key, into))];
};

/** Few keys, so that they are held by many; the ends of what 32 bits can say among them. */
const key = oneof(constantFrom(0, 1, 2, 0x7fffffff, 0x80000000, 0xffffffff), integer({ min: 0 }));
const step = record({
  act: constantFrom('add', 'add', 'remove'),
  key,
  slot: integer({ min: 0, max: 9 }),
});

test('a number has the slots that were entered for it and not taken out, newest first', () => {
  assert(
    property(array(step, { maxLength: 200 }), (steps) => {
      const [ours, plain] = [new Postings(MOST), new PlainPostings(MOST)];
      for (const { act, key: one, slot } of steps) {
        if (act === 'add') {
          ours.add(one, slot);
          plain.add(one, slot);
        } else {
          ours.remove(one, slot);
          plain.remove(one, slot);
        }
        expect(read(ours, one)).toEqual(plain.read(one));
      }
      for (const { key: one } of steps) expect(read(ours, one)).toEqual(plain.read(one));
    }),
  );
});

test('so it stays while numbers come and go by the thousand and the table grows', () => {
  assert(
    property(
      array(integer({ min: 0, max: 0xffffffff }), { minLength: 2, maxLength: 6 }),
      integer({ min: 1, max: 40 }),
      (beginnings, stride) => {
        const [ours, plain] = [new Postings(MOST), new PlainPostings(MOST)];
        const keysOf = (beginning: number): number[] =>
          Array.from({ length: 3_000 }, (_, nth) => (beginning + nth * stride) >>> 0);
        for (const [slot, beginning] of beginnings.entries()) {
          for (const one of keysOf(beginning)) {
            ours.add(one, slot);
            plain.add(one, slot);
          }
          // Half of those before go again, as texts leave the window.
          const before = slot === 0 ? [] : keysOf(beginnings[slot - 1] ?? 0);
          for (const one of before.filter((_, nth) => nth % 2 === 0)) {
            ours.remove(one, slot - 1);
            plain.remove(one, slot - 1);
          }
        }
        const wrong = beginnings
          .flatMap(keysOf)
          .filter((one) => read(ours, one).join() !== plain.read(one).join());
        expect(wrong).toEqual([]);
      },
    ),
    { numRuns: 20 },
  );
});
