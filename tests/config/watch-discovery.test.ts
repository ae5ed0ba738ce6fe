import { expect, test } from 'vitest';
import { createSourceAlerting, sourceAlertId } from '#alert';
import { WatchSchema } from '#analyze';
import { SourceTroubleSchema } from '#ingest';
import { tellWatchTroubles } from '../../config/tell-watch-troubles.ts';
import type { KnownSource } from '../../config/to-source-view.ts';
import { toWatchDiscovery } from '../../config/to-watch-discovery.ts';
import { after, openAlertingDeps } from '../support/alerts.ts';
import { minutesAfter, NOON } from '../support/posts.ts';
import { aPolledSource, aSourceState } from '../support/sources.ts';

const HOUR_MS = 3_600_000;
const known = (id: string, kind: string, nextMinute: number): KnownSource => ({
  source: aPolledSource({
    id,
    name: `名称 ${id}`,
    kind,
    inputPath: 'rss',
    mediaTier: 'M3',
    url: `https://${id}.test/rss`,
    reader: { kind: 'feed' },
  }),
  state: aSourceState({ id, nextTryAt: minutesAfter(nextMinute) }),
  runs: [],
});
const quick = known('board', 'forum', 5);
const slow = known('daily', 'newspaper', 90);
const watch = (sources?: string[]) =>
  WatchSchema.parse({ id: 'water', name: '供水', matters: ['停水'], ...(sources && { sources }) });

test('a watch hears as late as the slowest of the sources it listens to', () => {
  const all = [quick, slow];
  expect(toWatchDiscovery(watch(), all, HOUR_MS, NOON)).toMatchObject({
    sources: 2,
    listensToAll: true,
    worst: { sourceId: 'daily', sourceName: '名称 daily', ms: 90 * 60_000 },
    isOverBudget: true,
  });
  expect(toWatchDiscovery(watch(['forum']), all, HOUR_MS, NOON)).toMatchObject({
    sources: 1,
    listensToAll: false,
    worst: { sourceId: 'board', ms: 5 * 60_000 },
    isOverBudget: false,
  });
  const never = { ...slow, state: undefined };
  expect(toWatchDiscovery(watch(['daily']), [never], HOUR_MS, NOON)).toEqual({
    watchId: 'water',
    name: '供水',
    sources: 1,
    listensToAll: false,
    budgetMs: HOUR_MS,
    isOverBudget: false,
  });
});

/** A watch over two sources, told of by the minute. */
function openWorld(sources?: string[]) {
  const { deps } = openAlertingDeps();
  const stage = createSourceAlerting(deps);
  const world = { heard: [slow], outage: undefined as Date | undefined, minute: 0 };
  const tell = async (): Promise<number> => {
    world.minute += 1;
    return await tellWatchTroubles({
      listWatches: async () => [
        toWatchDiscovery(watch(sources), world.heard, HOUR_MS, new Date(0)),
      ],
      outageSince: () => world.outage,
      alerts: deps.alerts,
      log: {
        append: async (_topic, entries) =>
          await stage.process(entries.map(({ body }) => SourceTroubleSchema.parse(body))),
      },
      now: () => after(world.minute),
      isDrill: false,
    });
  };
  const alert = async () => await deps.alerts.findById(sourceAlertId('watch:water'));
  return { world, tell, alert };
}

test('a watch over its budget is an alert, told once, and over when it is back within it', async () => {
  const { world, tell, alert } = openWorld(['newspaper', 'forum']);
  expect(await tell()).toBe(1);
  expect(await alert()).toMatchObject({
    state: 'fired',
    title: '监测方案“供水”：最长发现时间超预算',
    reason: expect.stringContaining('名称 daily'),
  });
  expect(await tell()).toBe(0);
  world.heard = [quick];
  expect(await tell()).toBe(1);
  expect(await alert()).toMatchObject({ state: 'handled' });
  expect(await tell()).toBe(0);
  world.heard = [slow];
  expect(await tell()).toBe(1);
  expect(await alert()).toMatchObject({ state: 'fired' });
});

test('while nobody can be reached, and of a watch that listens to all, nothing is told', async () => {
  const choosy = openWorld(['newspaper']);
  choosy.world.outage = NOON;
  expect(await choosy.tell()).toBe(0);
  expect(await openWorld().tell()).toBe(0);
});
