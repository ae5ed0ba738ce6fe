import { describe, expect, test } from 'vitest';
import { HOUR_MS } from '#core';
import { toFunnel, type SeenItem, type SourceStateStore } from '#ingest';
import { aPost, minutesAfter, NOON } from '../support/posts.ts';
import { aRun, aSourceState } from '../support/sources.ts';

const seen = (key: string, changes: Partial<SeenItem> = {}): SeenItem => ({
  key,
  contentDigest: `digest of ${key}`,
  interactions: 3,
  ...changes,
});

export function describeSourceStateStore(
  name: string,
  open: () => Promise<SourceStateStore>,
): void {
  describe(`${name} as a SourceStateStore`, () => {
    test('runs and hours before a moment are forgotten, later ones stay', async () => {
      const store = await open();
      await store.recordRun(aRun('old', { startedAt: new Date(NOON.getTime() - HOUR_MS) }));
      await store.recordRun(aRun('new'));
      expect(await store.dropRunsBefore(NOON)).toBe(1);
      expect((await store.listRuns('city-daily', 10)).map(({ id }) => id)).toEqual(['new']);
      expect(await store.hourCounts('city-daily', new Date(0))).toHaveLength(1);
    });

    test('a run counts once in its hour, only if the source answered, and hours come oldest first', async () => {
      const store = await open();
      const later = new Date(NOON.getTime() + 2 * HOUR_MS);
      await store.recordRun(aRun('late', { startedAt: later, funnel: toFunnel(['new', 'new']) }));
      await store.recordRun(aRun('a'));
      await store.recordRun(aRun('a'));
      await store.recordRun(aRun('b', { funnel: toFunnel(['new', 'old']) }));
      await store.recordRun(aRun('failed', { outcome: 'fetchFailed', funnel: toFunnel([]) }));
      expect(await store.hourCounts('city-daily', NOON)).toEqual([
        { hourAt: NOON, newItems: 2 },
        { hourAt: later, newItems: 2 },
      ]);
      expect(await store.hourCounts('city-daily', later)).toHaveLength(1);
      expect(await store.hourCounts('another', NOON)).toEqual([]);
    });

    test('the runs that hold a quarantined item are found, also those that do not name it', async () => {
      const store = await open();
      const funnel = toFunnel(['quarantined']);
      const outcome = 'nothingUnderstood' as const;
      const around = { funnel, outcome, startedAt: minutesAfter(-1), endedAt: minutesAfter(1) };
      await store.recordRun(aRun('unnamed', around));
      await store.recordRun(aRun('named', { ...around, quarantinedIds: ['raw-1', 'raw-2'] }));
      await store.recordRun(
        aRun('again', { funnel, startedAt: minutesAfter(9), quarantinedIds: ['raw-1'] }),
      );
      await store.recordRun(aRun('well', { startedAt: minutesAfter(-1) }));
      await store.recordRun(aRun('later', { funnel, startedAt: minutesAfter(9) }));
      await store.recordRun(aRun('other', { ...around, sourceId: 'board' }));
      const holding = async (id: string) =>
        (await store.listRunsHolding({ id, sourceId: 'city-daily', at: NOON })).map(
          (run) => run.id,
        );
      expect(await holding('raw-1')).toEqual(['unnamed', 'named', 'again']);
      expect(await holding('raw-2')).toEqual(['unnamed', 'named']);
    });

    test('a run whose funnel is set right says so and moves no hour', async () => {
      const store = await open();
      const run = aRun('a', {
        funnel: toFunnel(['quarantined', 'new']),
        quarantinedIds: ['raw-1'],
      });
      await store.recordRun(run);
      const right = {
        ...run,
        funnel: toFunnel(['new', 'new']),
        quarantinedIds: [],
        reparsedAt: minutesAfter(5),
      };
      await store.correctRun(right);
      expect(await store.listRuns('city-daily', 10)).toEqual([right]);
      expect(await store.hourCounts('city-daily', NOON)).toEqual([{ hourAt: NOON, newItems: 1 }]);
      expect(
        await store.listRunsHolding({ id: 'raw-1', sourceId: 'city-daily', at: NOON }),
      ).toEqual([]);
    });

    test('all sources are listed, each as it stands', async () => {
      const store = await open();
      const daily = aSourceState();
      const board = aSourceState({ id: 'board', health: 'silent', problem: '连接超时' });
      for (const state of [daily, board]) await store.create(state);
      const later = { ...daily, revision: 2, nextTryAt: minutesAfter(10) };
      await store.replace(later);
      const all = await store.listAll();
      expect(all).toHaveLength(2);
      expect(all).toEqual(expect.arrayContaining([later, board]));
    });

    test('the runs of a source come newest first, each once, no more than asked for', async () => {
      const store = await open();
      const runs = [5, 0, 9].map((at) => aRun(`run-${at}`, { startedAt: minutesAfter(at) }));
      for (const run of [...runs, ...runs]) await store.recordRun(run);
      await store.recordRun(aRun('other', { sourceId: 'board' }));
      const found = await store.listRuns('city-daily', 10);
      expect(found.map(({ id }) => id)).toEqual(['run-9', 'run-5', 'run-0']);
      expect(await store.listRuns('city-daily', 1)).toEqual([runs[2]]);
      expect(await store.listRuns('nobody', 10)).toEqual([]);
    });

    test('a failed run comes back with what was wrong and where its items went', async () => {
      const store = await open();
      const run = aRun('run-1', { outcome: 'blocked', problem: '对方要求验证' });
      await store.recordRun(run);
      expect(await store.listRuns('city-daily', 10)).toEqual([run]);
    });

    test('an item is known once it was seen, with the post it became, and only at its source', async () => {
      const store = await open();
      const items = [seen('a'), seen('b', { post: aPost({ interactions: 3 }) })];
      await store.markSeen('city-daily', items, NOON);
      const known = await store.findSeen('city-daily', ['a', 'b', 'c', "'; --"]);
      expect(new Map(known)).toEqual(new Map(items.map((item) => [item.key, item])));
      expect((await store.findSeen('board', ['a', 'b'])).size).toBe(0);
      expect((await store.findSeen('city-daily', [])).size).toBe(0);
    });

    test('an item seen again is known by its newest text and figures', async () => {
      const store = await open();
      await store.markSeen('city-daily', [seen('a'), seen('b')], NOON);
      const changed = seen('a', { contentDigest: 'another', interactions: 900 });
      await store.markSeen('city-daily', [changed], minutesAfter(5));
      const known = await store.findSeen('city-daily', ['a', 'b']);
      expect([known.get('a'), known.get('b')]).toEqual([changed, seen('b')]);
    });

    test('what a source has not shown for long is forgotten, what it shows still is not', async () => {
      const store = await open();
      const day = (number: number): Date => minutesAfter(number * 24 * 60);
      await store.markSeen('city-daily', [seen('pinned'), seen('gone')], NOON);
      await store.markSeen('city-daily', [seen('newest')], day(200));
      await store.noteShown('city-daily', ['pinned', 'unknown'], day(200));
      expect(await store.dropUnshown(180 * 24 * HOUR_MS)).toBe(1);
      const known = await store.findSeen('city-daily', ['pinned', 'gone', 'newest', 'unknown']);
      expect(new Map(known)).toEqual(new Map(['pinned', 'newest'].map((key) => [key, seen(key)])));
    });

    test('a source that showed nothing for a year forgets nothing', async () => {
      const store = await open();
      await store.markSeen('silent', [seen('a')], NOON);
      await store.markSeen('city-daily', [seen('b')], minutesAfter(365 * 24 * 60));
      expect(await store.dropUnshown(180 * 24 * HOUR_MS)).toBe(0);
      expect((await store.findSeen('silent', ['a'])).size).toBe(1);
    });

    test('a long list is known to its last item', async () => {
      const store = await open();
      const keys = Array.from({ length: 2_000 }, (_, number) => `https://news.test/${number}`);
      await store.markSeen(
        'city-daily',
        keys.map((key) => seen(key)),
        NOON,
      );
      expect((await store.findSeen('city-daily', [...keys, 'new'])).size).toBe(2_000);
    });
  });
}
