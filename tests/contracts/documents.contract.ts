import { describe, expect, test } from 'vitest';
import { amend, NotFound, StaleWrite, type Document, type Documents, type Effect } from '#core';

export interface DocumentsUnderTest<T extends Document> {
  readonly open: () => Promise<Documents<T>>;
  /** A document at revision 1. */
  readonly make: (id: string, effects: readonly Effect[]) => T;
  /** The same document with something else in it. */
  readonly change: (document: T) => T;
}

const effect = (id: string): Effect => ({ topic: 'acts', id, key: 'k', body: { id } });

/** What every store of documents keeps, whatever it keeps them in. */
export function describeDocuments<T extends Document>(
  name: string,
  { open, make, change }: DocumentsUnderTest<T>,
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

    test('amending reads again and decides again when another writer was first', async () => {
      const store = await open();
      await store.create(make('a', []));
      let decided = 0;
      const add = (id: string) => (document: T) => ({
        ...document,
        effects: [...document.effects, effect(id)],
      });
      await Promise.all(
        ['e1', 'e2', 'e3', 'e4'].map(
          async (id) =>
            await amend(store, 'a', (document) => {
              decided += 1;
              return add(id)(document);
            }),
        ),
      );
      const stored = await store.findById('a');
      expect(stored?.revision).toBe(5);
      expect(stored?.effects.map(({ id }) => id).sort()).toEqual(['e1', 'e2', 'e3', 'e4']);
      expect(decided).toBeGreaterThan(4);
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
