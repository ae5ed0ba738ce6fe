import { describe, expect, test } from 'vitest';
import type { CorrectionStore } from '#analyze';
import { aCorrection } from '../support/corrections.ts';
import { minutesAfter } from '../support/posts.ts';

export function describeCorrectionStore(name: string, open: () => Promise<CorrectionStore>): void {
  describe(`${name} as a CorrectionStore`, () => {
    const idsOf = (found: readonly { readonly id: string }[]) => found.map(({ id }) => id);

    test('corrections come by event and by field, oldest first', async () => {
      const store = await open();
      await store.create(aCorrection({ id: 'later', at: minutesAfter(9) }));
      await store.create(aCorrection({ id: 'first', at: minutesAfter(1) }));
      await store.create(aCorrection({ id: 'unit', field: 'unit', at: minutesAfter(2) }));
      await store.create(aCorrection({ id: 'other', eventId: 'event-2', at: minutesAfter(3) }));
      expect(idsOf(await store.listByEvent('event-1'))).toEqual(['first', 'unit', 'later']);
      expect(idsOf(await store.listByField('topic'))).toEqual(['first', 'other', 'later']);
      expect(await store.listByField('focus')).toEqual([]);
    });

    test('of two at one moment the one written last comes last, and so is in force', async () => {
      const store = await open();
      await store.create(aCorrection({ id: 'b' }));
      await store.create(aCorrection({ id: 'a' }));
      expect(idsOf(await store.listByEvent('event-1'))).toEqual(['b', 'a']);
    });
  });
}
