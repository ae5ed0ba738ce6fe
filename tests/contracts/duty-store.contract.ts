import { describe, expect, test } from 'vitest';
import type { DutyStore } from '#server';

export function describeDutyStore(name: string, open: () => Promise<DutyStore>): void {
  describe(`${name} as a DutyStore`, () => {
    test('nobody is on duty before somebody was put there', async () => {
      expect(await (await open()).current()).toEqual({});
    });

    test('the last word holds, also when it leaves a seat empty', async () => {
      const store = await open();
      await store.save({ firstId: 'a', secondId: 'b' });
      expect(await store.current()).toEqual({ firstId: 'a', secondId: 'b' });
      await store.save({ secondId: 'c' });
      expect(await store.current()).toEqual({ secondId: 'c' });
    });
  });
}
