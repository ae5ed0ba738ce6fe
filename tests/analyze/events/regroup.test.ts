import { expect, test } from 'vitest';
import { isAtLeast } from '#core';
import { gradeOf, type Lead } from '#analyze';
import { minutesAfter } from '../../support/posts.ts';
import { openMemoryStores } from '../../support/memory-stores.ts';
import { aLeadOf, answerAt, aRegrouping, openRegrouping } from '../../support/regrouping.ts';

const GRAVE = { contentClass: 'A6', dead: 3, mediaTier: 'M4', figureWords: '3人死亡' } as const;

/** Two events about one burst main: the second one, known later, has the deaths. */
const twoEvents = (): readonly Lead[] => [
  aLeadOf('event-1', 'lead-1', 0),
  aLeadOf('event-1', 'lead-2', 5),
  aLeadOf('event-2', 'lead-3', 20, GRAVE),
  aLeadOf('event-2', 'lead-4', 30),
];

/** All that is stored, but for what only tells how often it was written. */
async function contentOf({
  events,
  leads,
  posts,
  regroupings,
}: Awaited<ReturnType<typeof openRegrouping>>) {
  const plain = (one: object) =>
    JSON.parse(JSON.stringify(one, (key, value) => (WRITTEN.has(key) ? undefined : value)));
  return {
    events: (await events.listNewest(9)).map(plain),
    leads: await Promise.all(
      ['lead-1', 'lead-2', 'lead-3', 'lead-4'].map(async (id) =>
        plain((await leads.findById(id)) ?? {}),
      ),
    ),
    posts: (await posts.search({ words: '', limit: 20 })).map(
      ({ id, eventId }) => `${id} ${eventId}`,
    ),
    regroupings: (await regroupings.listByEvent('event-1')).map(({ state }) => state),
  };
}
const WRITTEN = new Set(['revision', 'effects', 'evaluatedAt']);

test('a merge moves leads and posts, keeps the gravest grade and the earliest starts', async () => {
  const opened = await openRegrouping(twoEvents());
  const { regroup, events, leads, posts } = opened;
  const [one, two] = [await events.findById('event-1'), await events.findById('event-2')];
  await regroup.begin(aRegrouping());

  const merged = await events.findById('event-1');
  expect(merged).toMatchObject({
    state: 'registered',
    postCount: 4,
    knownAt: { at: one?.knownAt.at },
    triggeredAt: { at: two?.triggeredAt?.at },
  });
  expect(merged && gradeOf(merged)).toBe(two && gradeOf(two));
  expect(two?.triggeredAt).toBeDefined();
  expect(await events.findById('event-2')).toMatchObject({
    state: 'merged',
    mergedInto: 'event-1',
  });
  expect(await leads.listByEvent('event-2')).toEqual([]);
  expect(await posts.listByEvent('event-1', 9)).toHaveLength(4);
  expect(merged?.gradeHistory.filter(({ ofEventId }) => ofEventId === 'event-2')).not.toEqual([]);
});

test('what a person confirmed too low for the other does not lower the two together', async () => {
  const { regroup, events } = await openRegrouping(twoEvents());
  const one = await events.findById('event-1');
  if (!one) throw new Error('no event');
  const decided = {
    at: minutesAfter(90),
    actor: answerAt(90).actor,
    kind: 'confirmed' as const,
    to: 'L4' as const,
    reason: '属实',
  };
  await events.replace({
    ...one,
    revision: 2,
    confirmedGrade: 'L4',
    gradeHistory: [...one.gradeHistory, decided],
  });
  const two = await events.findById('event-2');
  await regroup.begin(aRegrouping());
  const merged = await events.findById('event-1');
  if (!merged || !two) throw new Error('no event');
  expect(isAtLeast(gradeOf(two), 'L2')).toBe(true);
  expect(gradeOf(merged)).toBe(gradeOf(two));
});

test('a merge undone gives back what was, and the record tells of both', async () => {
  const opened = await openRegrouping(twoEvents());
  const before = await contentOf(opened);
  await opened.regroup.begin(aRegrouping());
  await opened.regroup.undo('regrouping-1', answerAt(100, '不是一件事'));
  expect(await contentOf(opened)).toEqual({ ...before, regroupings: ['undone'] });
  const [regrouping] = await opened.regroupings.listByEvent('event-2');
  const acts = regrouping?.effects.map(({ body }) => body);
  expect(acts).toMatchObject([
    { act: '并入', eventId: 'event-1' },
    { act: '并入', eventId: 'event-2' },
    { act: '撤销并入', eventId: 'event-1' },
    { act: '撤销并入', eventId: 'event-2' },
  ]);
});

test('a split makes an event of the leads taken out; neither is lower than before, and undoing joins them', async () => {
  const leads = twoEvents().map((lead) => ({ ...lead, eventId: 'event-1' }));
  const opened = await openRegrouping(leads);
  const { regroup, events } = opened;
  const before = await events.findById('event-1');
  const order = aRegrouping({ kind: 'split', otherId: 'event-9', leadIds: ['lead-3'] });
  await regroup.begin(order);
  expect(await events.findById('event-9')).toMatchObject({
    postCount: 1,
    knownAt: { at: minutesAfter(20) },
    triggeredAt: { at: minutesAfter(20) },
  });
  expect(await events.findById('event-1')).toMatchObject({
    postCount: 3,
    proposal: { grade: before?.proposal.grade },
    knownAt: before?.knownAt,
    triggeredAt: before?.triggeredAt,
  });
  await regroup.undo('regrouping-1', answerAt(100));
  expect(await events.findById('event-1')).toMatchObject({ postCount: 4 });
  expect(await events.findById('event-9')).toMatchObject({ state: 'merged' });
});

test.for([
  { what: 'none', leadIds: [] },
  { what: 'all', leadIds: ['lead-1', 'lead-2'] },
])('a split of $what of the leads is refused, and nothing is written', async ({ leadIds }) => {
  const opened = await openRegrouping(twoEvents());
  const before = await contentOf(opened);
  const order = aRegrouping({ kind: 'split', otherId: 'event-9', leadIds });
  await expect(opened.regroup.begin(order)).rejects.toThrow('拆分须选一部分线索');
  expect(await contentOf(opened)).toEqual(before);
});

test('a merged event is not merged again, nor a merge undone under a later one', async () => {
  const { regroup, events } = await openRegrouping(
    [...twoEvents(), aLeadOf('event-3', 'lead-5', 40)],
    undefined,
    clock(),
  );
  await regroup.begin(aRegrouping());
  await expect(regroup.begin(aRegrouping({ id: 'again' }))).rejects.toThrow('已合并');
  await regroup.begin(aRegrouping({ id: 'later', eventId: 'event-3', otherId: 'event-1' }));
  await expect(regroup.undo('regrouping-1', answerAt(100))).rejects.toThrow('先撤销');
  await regroup.undo('later', answerAt(101));
  await regroup.undo('regrouping-1', answerAt(102));
  expect(await events.listOpen()).toHaveLength(3);
});

/** Each look at the clock is a second later. */
function clock() {
  let looks = 0;
  return () => new Date(minutesAfter(120).getTime() + (looks += 1) * 1_000);
}

/** The stores, of which the write of this number and all later ones fail. */
function failingFrom(write: number, stores = openMemoryStores()) {
  let writes = 0;
  const spoil = (...methods: readonly [object, string][]) => {
    for (const [store, method] of methods) {
      const real = Reflect.get(store, method) as (...args: unknown[]) => unknown;
      Reflect.set(store, method, (...args: unknown[]) => {
        writes += 1;
        if (writes >= write) throw new Error('断电');
        return real.apply(store, args);
      });
    }
  };
  const { events, leads, posts, regroupings } = stores;
  return {
    stores,
    /** From here on writes are counted. */
    start: () =>
      spoil(
        [events, 'create'],
        [events, 'replace'],
        [leads, 'replace'],
        [posts, 'saveMany'],
        [regroupings, 'create'],
        [regroupings, 'replace'],
      ),
    count: () => writes,
    restart: () => {
      for (const store of [events, leads, posts, regroupings]) {
        for (const method of ['create', 'replace', 'saveMany'])
          Reflect.deleteProperty(store, method);
      }
    },
  };
}

const acts = {
  merge: async ({ regroup }: Awaited<ReturnType<typeof openRegrouping>>) => {
    await regroup.begin(aRegrouping());
  },
  split: async ({ regroup }: Awaited<ReturnType<typeof openRegrouping>>) => {
    await regroup.begin(aRegrouping({ kind: 'split', otherId: 'event-9', leadIds: ['lead-2'] }));
  },
};

test.for([
  { name: 'merge', isUndone: false },
  { name: 'merge', isUndone: true },
  { name: 'split', isUndone: false },
  { name: 'split', isUndone: true },
] as const)(
  'a crash before any write of a $name (undone: $isUndone) is made good at the next start',
  async ({ name, isUndone }) => {
    const trial = async (write: number) => {
      const failing = failingFrom(write);
      const opened = await openRegrouping(twoEvents(), failing.stores);
      if (isUndone) await acts[name](opened);
      failing.start();
      const act = isUndone
        ? opened.regroup.undo('regrouping-1', answerAt(110))
        : acts[name](opened);
      const hasFailed = await act.then(
        () => false,
        () => true,
      );
      failing.restart();
      return { opened, hasFailed, count: failing.count() };
    };
    const whole = await trial(Infinity);
    const wanted = await contentOf(whole.opened);
    expect(whole.count).toBeGreaterThan(4);
    // The first write is the order itself: before it nothing was begun.
    for (let write = 2; write <= whole.count; write += 1) {
      const { opened, hasFailed } = await trial(write);
      expect(hasFailed).toBe(true);
      expect(await opened.regroup.resume()).toBe(1);
      expect(await contentOf(opened), `write ${write}`).toEqual(wanted);
      expect(await opened.regroup.resume()).toBe(0);
    }
  },
);
