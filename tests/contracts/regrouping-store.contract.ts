import { describe, expect, test } from 'vitest';
import type { RegroupingStore } from '#analyze';
import { aRegrouping } from '../support/regrouping.ts';

export function describeRegroupingStore(name: string, open: () => Promise<RegroupingStore>): void {
  describe(`${name} as a RegroupingStore`, () => {
    const idsOf = (found: readonly { readonly id: string }[]) => found.map(({ id }) => id);

    test('regroupings come by either event, oldest first', async () => {
      const store = await open();
      await store.create(aRegrouping({ id: 'b' }));
      await store.create(aRegrouping({ id: 'a', eventId: 'event-3', otherId: 'event-1' }));
      await store.create(aRegrouping({ id: 'c', eventId: 'event-3', otherId: 'event-4' }));
      expect(idsOf(await store.listByEvent('event-1'))).toEqual(['b', 'a']);
      expect(idsOf(await store.listByEvent('event-2'))).toEqual(['b']);
    });

    test('what was begun or is being undone is unfinished until it is done', async () => {
      const store = await open();
      const begun = aRegrouping({ id: 'begun' });
      await store.create(begun);
      await store.create(aRegrouping({ id: 'undoing', state: 'undoing' }));
      await store.create(aRegrouping({ id: 'proposed', state: 'proposed' }));
      expect(idsOf(await store.listUnfinished())).toEqual(['begun', 'undoing']);
      await store.replace({ ...begun, revision: 2, state: 'done' });
      expect(idsOf(await store.listUnfinished())).toEqual(['undoing']);
    });
  });
}
