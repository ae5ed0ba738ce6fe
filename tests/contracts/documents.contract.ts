import { describe, expect, test } from 'vitest';
import {
  amend,
  amendMany,
  NotFound,
  StaleWrite,
  type Document,
  type Documents,
  type Effect,
} from '#core';

export interface DocumentsUnderTest<T extends Document> {
  readonly open: () => Promise<Documents<T>>;
  /** A document at revision 1. */
  readonly make: (id: string, effects: readonly Effect[]) => T;
  /** The same document with something more in it; done twice, it can be told from once. */
  readonly change: (document: T) => T;
  /** False for a kind whose changes set nothing off. */
  readonly hasEffects?: boolean;
}

const effect = (id: string): Effect => ({ topic: 'acts', id, key: 'k', body: { id } });

/** What every store of documents keeps, whatever it keeps them in. */
export function describeDocuments<T extends Document>(
  name: string,
  { open, make, change, hasEffects = true }: DocumentsUnderTest<T>,
): void {
  describe(`${name} as Documents`, () => {
    test('what is not there is undefined, not a failure', async () => {
      expect(await (await open()).findById('nobody')).toBeUndefined();
    });

    test('what was stored comes back as it was', async () => {
      const store = await open();
      const document = make('a', [effect('e1')]);
      expect(await store.create(document)).toBe(true);
      expect(await store.findById('a')).toEqual(document);
    });

    test('creating twice keeps the first', async () => {
      const store = await open();
      const first = make('a', []);
      await store.create(first);
      expect(await store.create(change(first))).toBe(false);
      expect(await store.findById('a')).toEqual(first);
    });

    test('a change replaces the revision before it', async () => {
      const store = await open();
      const first = make('a', []);
      await store.create(first);
      const second = { ...change(first), revision: 2 };
      await store.replace(second);
      expect(await store.findById('a')).toEqual(second);
    });

    test.for([1, 3])('a change to revision %i, when 1 is stored, is stale', async (revision) => {
      const store = await open();
      const first = make('a', []);
      await store.create(first);
      await expect(store.replace({ ...change(first), revision })).rejects.toThrow(StaleWrite);
      expect(await store.findById('a')).toEqual(first);
    });

    test('what was never created cannot be replaced', async () => {
      const store = await open();
      await expect(store.replace({ ...make('a', []), revision: 2 })).rejects.toThrow(StaleWrite);
      expect(await store.findById('a')).toBeUndefined();
    });

    if (hasEffects) {
      test('a document is found by its effects until they are cleared', async () => {
        const store = await open();
        const document = make('a', [effect('e1'), effect('e2')]);
        await store.create(document);
        await store.create(make('b', []));
        expect(await store.findWithEffects(10)).toEqual([document]);
        const changed = { ...change(document), revision: 2 };
        await store.replace(changed);
        expect(await store.findWithEffects(10)).toEqual([changed]);
        await store.replace({ ...changed, revision: 3, effects: [] });
        expect(await store.findWithEffects(10)).toEqual([]);
      });

      test('the oldest change comes first: a document that keeps changing starves no other', async () => {
        const store = await open();
        const busy = make('a', [effect('e1')]);
        await store.create(busy);
        await store.create(make('b', [effect('e2')]));
        await store.replace({ ...change(busy), revision: 2 });
        const ids = (found: readonly T[]) => found.map(({ id }) => id);
        expect(ids(await store.findWithEffects(1))).toEqual(['b']);
        expect(ids(await store.findWithEffects(10))).toEqual(['b', 'a']);
      });
    }

    test('amending reads again and decides again when another writer was first', async () => {
      const store = await open();
      const first = make('a', []);
      await store.create(first);
      let decided = 0;
      const writers = Array.from({ length: 4 }, async () =>
        amend(store, 'a', (document) => {
          decided += 1;
          return change(document);
        }),
      );
      await Promise.all(writers);
      const changed = change(change(change(change(first))));
      expect(await store.findById('a')).toEqual({ ...changed, revision: 5 });
      expect(decided).toBeGreaterThan(4);
    });

    test('many are stored at once, new ones and changed ones', async () => {
      const store = await open();
      const first = make('a', []);
      await store.create(first);
      const second = { ...change(first), revision: 2 };
      const other = make('b', []);
      await store.saveMany([second, other]);
      expect(await store.findById('a')).toEqual(second);
      expect(await store.findById('b')).toEqual(other);
    });

    test.for([1, 3])('among many, one at revision %i over 1 is stale', async (revision) => {
      const store = await open();
      const first = make('a', []);
      await store.create(first);
      const stale = { ...change(first), revision };
      await expect(store.saveMany([make('b', []), stale])).rejects.toThrow(StaleWrite);
      expect(await store.findById('a')).toEqual(first);
    });

    test('amending many creates, changes, leaves alone, and decides again after another writer', async () => {
      const store = await open();
      const [a, b, c] = [make('a', []), make('b', []), make('c', [])];
      await store.saveMany([a, b]);
      let decided = 0;
      const amendAll = async () =>
        await amendMany(store, ['a', 'b', 'c'], (found, id) => {
          decided += 1;
          if (id === 'b') return undefined;
          return found ? change(found) : c;
        });
      await Promise.all([amendAll(), amendAll()]);
      expect(decided).toBeGreaterThan(6);
      expect(await store.findById('a')).toEqual({ ...change(change(a)), revision: 3 });
      expect(await store.findById('b')).toEqual(b);
      const third = { ...change(c), revision: 2 };
      expect(await store.findById('c')).toEqual(third);
      expect(await amendMany(store, ['b', 'c', 'd'], () => undefined)).toEqual([b, third]);
    });

    test('amending with nothing to change writes nothing', async () => {
      const store = await open();
      const document = make('a', []);
      await store.create(document);
      expect(await amend(store, 'a', () => undefined)).toEqual(document);
      expect(await store.findById('a')).toEqual(document);
    });

    test('amending what is not there says what is missing, in words', async () => {
      const store = await open();
      const attempt = amend(store, 'a', (document) => document);
      await expect(attempt).rejects.toThrow(NotFound);
      await expect(attempt).rejects.toThrow(`没有找到${store.kind} a`);
    });
  });
}
