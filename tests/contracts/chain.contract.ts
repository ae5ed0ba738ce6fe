import { describe, expect, test } from 'vitest';

/** A record that only grows: the audit trail, the release register. */
interface Chain<T> {
  append(entry: T): Promise<void>;
  listByEvent(eventId: string): Promise<readonly T[]>;
  listNewest(limit: number): Promise<readonly T[]>;
  findBreak(): Promise<number | undefined>;
}

export interface ChainUnderTest<T> {
  readonly chain: Chain<T>;
  /** Writes over a stored entry as somebody with the disk in hand could; false when the store refuses. */
  readonly tamper: (how: Tampering) => void;
  /** Tries to change and to take away an entry by the ordinary way. */
  readonly tryChange: () => void;
  readonly tryRemove: () => void;
}

/** On the second of three entries. */
export type Tampering = 'content' | 'event' | 'removed' | 'swapped';

/** What every append-only record keeps. */
export function describeChain<T extends { readonly id: string }>(
  name: string,
  open: () => Promise<ChainUnderTest<T>>,
  make: (id: string, eventId: string) => T,
): void {
  describe(`${name} as a chain`, () => {
    const filled = async (): Promise<ChainUnderTest<T>> => {
      const opened = await open();
      for (const [id, eventId] of [
        ['a', 'event-1'],
        ['b', 'event-2'],
        ['c', 'event-1'],
      ] as const) {
        await opened.chain.append(make(id, eventId));
      }
      return opened;
    };

    test('an empty record holds', async () => {
      const { chain } = await open();
      expect(await chain.findBreak()).toBeUndefined();
      expect(await chain.listNewest(10)).toEqual([]);
    });

    test('entries are found by event in order, and the newest first', async () => {
      const { chain } = await filled();
      expect(await chain.listByEvent('event-1')).toEqual([
        make('a', 'event-1'),
        make('c', 'event-1'),
      ]);
      expect(await chain.listNewest(2)).toEqual([make('c', 'event-1'), make('b', 'event-2')]);
      expect(await chain.findBreak()).toBeUndefined();
    });

    test('an id already there is left as it is, and the chain holds', async () => {
      const { chain } = await filled();
      await chain.append(make('a', 'event-9'));
      expect(await chain.listNewest(10)).toHaveLength(3);
      expect(await chain.listByEvent('event-9')).toEqual([]);
      expect(await chain.findBreak()).toBeUndefined();
      await chain.append(make('d', 'event-1'));
      expect(await chain.findBreak()).toBeUndefined();
    });

    test('nothing is changed or taken away', async () => {
      const { chain, tryChange, tryRemove } = await filled();
      expect(tryChange).toThrow('append-only');
      expect(tryRemove).toThrow('append-only');
      expect(await chain.listNewest(10)).toHaveLength(3);
    });

    test.for<{ how: Tampering; found: number }>([
      { how: 'content', found: 2 },
      { how: 'event', found: 2 },
      { how: 'removed', found: 3 },
      { how: 'swapped', found: 2 },
    ])('who writes past the rules is found out: $how', async ({ how, found }) => {
      const { chain, tamper } = await filled();
      tamper(how);
      expect(await chain.findBreak()).toBe(found);
    });
  });
}
