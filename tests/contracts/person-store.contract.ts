import { describe, expect, test } from 'vitest';
import type { PersonStore } from '#core';
import { aPerson } from '../support/people.ts';

export function describePersonStore(name: string, open: () => Promise<PersonStore>): void {
  describe(`${name} as a PersonStore`, () => {
    const filled = async () => {
      const store = await open();
      await store.create(aPerson('乙', ['handler'], { id: 'p2', signInName: 'yi' }));
      await store.create(
        aPerson('丙', ['analyst'], { id: 'p3', signInName: 'bing', isDisabled: true }),
      );
      await store.create(
        aPerson('丁', [], { id: 'p1', signInName: 'ding', email: 'ding@office.test' }),
      );
      return store;
    };

    test('a person is found by the very name of signing in', async () => {
      const store = await filled();
      expect((await store.findBySignInName('yi'))?.name).toBe('乙');
      expect(await store.findBySignInName('YI')).toBeUndefined();
      expect(await store.findBySignInName('')).toBeUndefined();
    });

    test('all are listed, disabled accounts too', async () => {
      const all = await (await filled()).listAll();
      expect(all.map(({ name }) => name).sort()).toEqual(['丁', '丙', '乙'].sort());
    });

    test('a new name of signing in takes the place of the old one', async () => {
      const store = await filled();
      const person = (await store.findById('p2'))!;
      await store.replace({ ...person, revision: 2, signInName: 'yi2' });
      expect(await store.findBySignInName('yi')).toBeUndefined();
      expect((await store.findBySignInName('yi2'))?.id).toBe('p2');
    });
  });
}
