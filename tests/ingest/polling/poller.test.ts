import { expect, test } from 'vitest';
import { openDatabase, SqliteLog } from '#core/sqlite';
import {
  createPoller,
  SOURCE_TROUBLES_TOPIC,
  type FetchProblem,
  type FetchResult,
  type PolledSource,
} from '#ingest';
import { openIntakeKey } from '../../../ingest/adapters/intake-key.ts';
import { SqliteRawItemStore } from '../../../ingest/adapters/sqlite-raw-item-store.ts';
import { SqliteSourceStateStore } from '../../../ingest/adapters/sqlite-source-state-store.ts';
import { rhythmPack } from '../../support/packs.ts';
import { minutesAfter, NOON } from '../../support/posts.ts';
import { aPolledSource, aSourceState } from '../../support/sources.ts';

const aFeed = (id: string, host = `${id}.test`): PolledSource =>
  aPolledSource({
    id,
    name: id,
    kind: 'portal',
    inputPath: 'rss',
    mediaTier: 'M3',
    url: `https://${host}/${id}.xml`,
    reader: { kind: 'feed' },
  });
const failed = (problem: FetchProblem): FetchResult => ({ kind: 'failed', problem, message: '' });

/** A poller on real stores; `answer` stands for the network. */
function openPoller(
  sources: readonly PolledSource[],
  answer: (url: string) => FetchResult | Promise<FetchResult>,
) {
  const database = openDatabase(':memory:');
  const states = new SqliteSourceStateStore(database);
  const asked: string[] = [];
  const troubles: unknown[] = [];
  const failures: string[] = [];
  const clock = { at: NOON };
  const log = new SqliteLog(database, { onError: () => undefined });
  const poller = createPoller({
    sources,
    states,
    fetcher: {
      get: async ({ url }) => {
        asked.push(new URL(url).hostname);
        return await answer(url);
      },
      close: async () => undefined,
    },
    rawItems: new SqliteRawItemStore(database, new Uint8Array(32)),
    log: {
      follow: async (...rest) => await log.follow(...rest),
      append: async (topic, entries) => {
        if (topic === SOURCE_TROUBLES_TOPIC) troubles.push(...entries.map(({ body }) => body));
      },
    },
    now: () => clock.at,
    pseudonym: openIntakeKey(database, () => clock.at),
    isDrill: false,
    random: () => 0.5,
    rhythm: rhythmPack,
    onFailure: (_error, id) => failures.push(id),
  });
  return { poller, states, asked, troubles, failures, clock };
}

test('a domain whose sources all wait leaves places for the others', async () => {
  const slow = Array.from({ length: 300 }, (_, number) => aFeed(`slow-${number}`, 'portal.test'));
  const hanging = Promise.withResolvers<FetchResult>();
  const reached = Promise.withResolvers<void>();
  const { poller, asked } = openPoller([...slow, aFeed('other')], async (url) => {
    if (url.includes('portal.test')) return await hanging.promise;
    reached.resolve();
    return { kind: 'notModified' };
  });
  await poller.step();
  await reached.promise;
  expect(asked.length).toBeLessThan(20);
  hanging.resolve({ kind: 'notModified' });
  await poller.settle();
});

test('a poll whose failure cannot even be written down stops nothing, and comes again', async () => {
  const { poller, states, failures, asked, clock } = openPoller(
    [aFeed('full'), aFeed('other')],
    () => ({ kind: 'notModified' }),
  );
  const create = states.create.bind(states);
  states.create = async (state) => {
    if (state.id === 'full') throw new Error('database or disk is full');
    return await create(state);
  };
  await poller.step();
  await poller.settle();
  expect(failures).toEqual(['full', 'full']);
  expect((await states.findById('other'))?.health).toBe('ok');
  states.create = create;
  clock.at = minutesAfter(2);
  await poller.step();
  await poller.settle();
  expect(asked).toEqual(['other.test', 'full.test']);
  expect((await states.findById('full'))?.health).toBe('ok');
});

test('sites that were dead before and fail again are no outage', async () => {
  const dead = ['a', 'b', 'c', 'd'].map((id) => aFeed(id));
  const { poller, states, troubles } = openPoller(dead, () => failed('timeout'));
  for (const { id } of dead) {
    await states.create(aSourceState({ id, health: 'silent', failuresInARow: 3 }));
  }
  await poller.step();
  await poller.settle();
  expect(poller.outageSince()).toBeUndefined();
  expect(troubles).toEqual([]);
});

test('sites that were well and fail together are one outage, told once', async () => {
  const sources = ['a', 'b', 'c', 'd', 'e', 'f'].map((id) => aFeed(id));
  const { poller, troubles, clock, states } = openPoller(sources, () => failed('timeout'));
  for (const minute of [0, 5, 10]) {
    clock.at = minutesAfter(minute);
    await poller.step();
    await poller.settle();
  }
  expect(poller.outageSince()).toEqual(NOON);
  expect(troubles).toMatchObject([{ kind: 'outage' }]);
  expect((await states.listAll()).map(({ health }) => health)).toEqual(Array(6).fill('late'));
});

test('a site that asked to be left alone is not read before its time, though somebody asks for a look', async () => {
  const { poller, states, asked, clock } = openPoller([aFeed('busy')], () => ({
    kind: 'notModified',
  }));
  await states.create(
    aSourceState({ id: 'busy', nextTryAt: minutesAfter(30), restUntil: minutesAfter(30) }),
  );
  poller.lookSoon('busy');
  for (const minute of [0, 29, 30]) {
    clock.at = minutesAfter(minute);
    poller.lookSoon('busy');
    await poller.step();
    await poller.settle();
    expect(asked).toHaveLength(minute < 30 ? 0 : 1);
  }
});

test('three sites of a small office that die together are three dead sites', async () => {
  const { poller, troubles, clock, states } = openPoller(
    ['a', 'b', 'c'].map((id) => aFeed(id)),
    () => failed('connect'),
  );
  for (const minute of [0, 5, 10]) {
    clock.at = minutesAfter(minute);
    await poller.step();
    await poller.settle();
  }
  expect(poller.outageSince()).toBeUndefined();
  expect(troubles).toEqual([]);
  expect((await states.listAll()).map(({ health }) => health)).toEqual(Array(3).fill('silent'));
});
