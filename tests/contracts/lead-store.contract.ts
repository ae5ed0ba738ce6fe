import { describe, expect, test } from 'vitest';
import type { LeadStore } from '#analyze';
import { aLead } from '../support/events.ts';
import { minutesAfter, NOON } from '../support/posts.ts';

export function describeLeadStore(name: string, open: () => Promise<LeadStore>): void {
  describe(`${name} as a LeadStore`, () => {
    const filled = async (): Promise<LeadStore> => {
      const store = await open();
      await store.create(aLead({ id: 'second', firstSeenAt: minutesAfter(5) }));
      await store.create(aLead({ id: 'first' }));
      await store.create(aLead({ id: 'other', eventId: 'event-2', firstSeenAt: minutesAfter(9) }));
      return store;
    };
    const idsOf = (leads: readonly { readonly id: string }[]) => leads.map(({ id }) => id);

    test('the leads of an event come in the order in which they were first seen', async () => {
      const store = await filled();
      expect(idsOf(await store.listByEvent('event-1'))).toEqual(['first', 'second']);
      expect(await store.listByEvent('event-9')).toEqual([]);
    });

    test('a lead put into another event leaves the one it was in', async () => {
      const store = await filled();
      const lead = (await store.findById('second'))!;
      await store.replace({ ...lead, revision: 2, eventId: 'event-2' });
      expect(idsOf(await store.listByEvent('event-1'))).toEqual(['first']);
      expect(idsOf(await store.listByEvent('event-2'))).toEqual(['second', 'other']);
    });

    test('leads since a moment are those first seen then or later, of every event', async () => {
      const store = await filled();
      expect(idsOf(await store.listSince(NOON))).toEqual(['first', 'second', 'other']);
      expect(idsOf(await store.listSince(minutesAfter(5)))).toEqual(['second', 'other']);
      expect(await store.listSince(minutesAfter(10))).toEqual([]);
    });
  });
}
