import { describe, expect, test } from 'vitest';
import type { OpinionEvent, OpinionEventStore } from '#analyze';
import { EventStateSchema } from '../../analyze/events/opinion-event.ts';
import { anOpinionEvent } from '../support/events.ts';
import { minutesAfter } from '../support/posts.ts';

const SETTLED: readonly OpinionEvent['state'][] = ['closed', 'merged', 'archived'];

export function describeOpinionEventStore(
  name: string,
  open: () => Promise<OpinionEventStore>,
): void {
  describe(`${name} as an OpinionEventStore`, () => {
    const idsOf = (events: readonly OpinionEvent[]) => events.map(({ id }) => id);

    test('an event is open until it is closed, merged or archived', async () => {
      const store = await open();
      const states = EventStateSchema.options;
      for (const state of states) await store.create(anOpinionEvent({ id: state, state }));
      const expected = states.filter((state) => !SETTLED.includes(state));
      expect(idsOf(await store.listOpen()).toSorted()).toEqual(expected.toSorted());
    });

    test('open events with a post since a moment are found, and no others', async () => {
      const store = await open();
      const at = (id: string, minutes: number) => ({ id, lastPostAt: minutesAfter(minutes) });
      await store.create(anOpinionEvent(at('before', 4)));
      await store.create(anOpinionEvent(at('then', 5)));
      await store.create(anOpinionEvent(at('after', 6)));
      await store.create(anOpinionEvent({ ...at('closed', 7), state: 'closed' }));
      expect(idsOf(await store.listOpenSince(minutesAfter(5)))).toEqual(['after', 'then']);
    });

    test('an event that is closed is open no more, and open again when it is reopened', async () => {
      const store = await open();
      const event = anOpinionEvent();
      await store.create(event);
      await store.replace({ ...event, revision: 2, state: 'closed' });
      expect(await store.listOpen()).toEqual([]);
      const reopened: OpinionEvent = { ...event, revision: 3, state: 'reopened' };
      await store.replace(reopened);
      expect(await store.listOpen()).toEqual([reopened]);
    });

    test('the newest come first, closed ones too, and no more than asked for', async () => {
      const store = await open();
      const at = (minutes: number): Partial<OpinionEvent> => ({
        id: `at-${minutes}`,
        lastPostAt: minutesAfter(minutes),
      });
      await store.create(anOpinionEvent(at(5)));
      await store.create(anOpinionEvent({ ...at(9), state: 'closed' }));
      await store.create(anOpinionEvent(at(0)));
      expect(idsOf(await store.listNewest(10))).toEqual(['at-9', 'at-5', 'at-0']);
      expect(idsOf(await store.listNewest(2))).toEqual(['at-9', 'at-5']);
    });

    test('an event that gets a new post is the newest', async () => {
      const store = await open();
      const quiet = anOpinionEvent({ id: 'quiet' });
      await store.create(quiet);
      await store.create(anOpinionEvent({ id: 'busy', lastPostAt: minutesAfter(5) }));
      await store.replace({ ...quiet, revision: 2, lastPostAt: minutesAfter(9) });
      expect(idsOf(await store.listNewest(10))).toEqual(['quiet', 'busy']);
    });
  });
}
