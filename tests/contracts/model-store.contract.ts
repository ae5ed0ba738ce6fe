import { describe, expect, test } from 'vitest';
import type { ModelStore } from '#analyze';
import { aModelVersion } from '../support/corrections.ts';

export function describeModelStore(name: string, open: () => Promise<ModelStore>): void {
  describe(`${name} as a ModelStore`, () => {
    test('versions of a kind come in their order, weights and all', async () => {
      const store = await open();
      const second = aModelVersion({ id: 'topic@2', number: 2 });
      await store.create(second);
      await store.create(aModelVersion({ id: 'topic@1', number: 1 }));
      await store.create(aModelVersion({ id: 'sentiment@1', kind: 'sentiment', number: 1 }));
      const found = await store.listByKind('topic');
      expect(found.map(({ id }) => id)).toEqual(['topic@1', 'topic@2']);
      expect(found[1]).toEqual(second);
      expect(await store.listByKind('contentClass')).toEqual([]);
    });
  });
}
