import { describe, expect, test } from 'vitest';
import type { SignInTryStore } from '#server';

const AT = new Date('2026-11-23T18:18:00Z');
const later = (ms: number): Date => new Date(AT.getTime() + ms);

export function describeSignInTryStore(name: string, open: () => Promise<SignInTryStore>): void {
  describe(`${name} as a SignInTryStore`, () => {
    const count = (store: SignInTryStore, key: string, ms: number) =>
      store.countTry(key, later(ms), 2, 1_000);

    test('tries are counted by key', async () => {
      const store = await open();
      expect(await count(store, 'a', 0)).toEqual({ count: 1, lastAt: AT });
      expect(await count(store, 'a', 10)).toEqual({ count: 2, lastAt: later(10) });
      expect(await count(store, 'b', 10)).toEqual({ count: 1, lastAt: later(10) });
    });

    test('beyond the most, the count and its time stand still', async () => {
      const store = await open();
      await count(store, 'a', 0);
      await count(store, 'a', 10);
      expect(await count(store, 'a', 20)).toEqual({ count: 3, lastAt: later(10) });
      expect(await count(store, 'a', 500)).toEqual({ count: 3, lastAt: later(10) });
    });

    test('counting begins anew some time after the last counted try, and when cleared', async () => {
      const store = await open();
      for (const ms of [0, 10, 20]) await count(store, 'a', ms);
      expect((await count(store, 'a', 1_009)).count).toBe(3);
      expect((await count(store, 'a', 1_010)).count).toBe(1);
      await store.clear('a');
      expect((await count(store, 'a', 1_020)).count).toBe(1);
    });

    test('tries side by side are all counted', async () => {
      const store = await open();
      const tries = await Promise.all([0, 1, 2].map((ms) => count(store, 'a', ms)));
      expect(new Set(tries.map((one) => one.count))).toEqual(new Set([1, 2, 3]));
    });
  });
}
