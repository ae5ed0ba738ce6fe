import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { relayEffects, startLoop } from '#core';
import { inTransaction, openDatabase, SqliteLog } from '#core/sqlite';
import { createPoller, isPolled, newState, SourceSchema, type Poller, type Run } from '#ingest';
import { rhythmPack } from '../../tests/support/packs.ts';
import { HttpFetcher } from '../../ingest/adapters/http-fetcher.ts';
import { openIntakeKey } from '../../ingest/adapters/intake-key.ts';
import { SqliteRawItemStore } from '../../ingest/adapters/sqlite-raw-item-store.ts';
import { SqliteSourceStateStore } from '../../ingest/adapters/sqlite-source-state-store.ts';
import { handOver, percentile, type Figure } from '../figure.ts';
import { digestOfText, ITEMS_OF_FEED, makeTexts, textOfItem } from '../support/feed-pages.ts';
import { measureArticles, measureFeeds } from '../support/reading-speed.ts';

/** Many sources on loopback, read at a steady pace; then how fast feeds and pages are read. */
const [count = '10000', seconds = '60'] = process.argv.slice(2);
const SOURCES = Number(count);
const WINDOW_MS = Number(seconds) * 1_000;
const INTERVAL_MS = 300_000;
const CORES = 2;
const STARTS_WITHIN_MS = 30_000;

const folder = mkdtempSync(join(tmpdir(), 'huiying-bench-ingest-'));
const city = fork(new URL('../support/feed-city.ts', import.meta.url).pathname);
try {
  const started = { signal: AbortSignal.timeout(STARTS_WITHIN_MS) };
  const [port] = (await once(city, 'message', started)) as [number];
  handOver([...(await measurePolling(port)), await measureFeeds(), await measureArticles()]);
} finally {
  city.disconnect();
  rmSync(folder, { recursive: true, force: true });
}

async function measurePolling(port: number): Promise<Figure[]> {
  const hosts = Array.from({ length: SOURCES }, (_, site) => `s${site}.test`);
  const sources = hosts
    .map((host, site) =>
      SourceSchema.parse({
        id: `s${site}`,
        name: `第${site}站`,
        kind: 'portal',
        inputPath: 'rss',
        mediaTier: 'M3',
        url: `http://${host}:${port}/rss.xml`,
        reader: { kind: 'feed' },
        pollEveryMs: INTERVAL_MS,
        pollLeastMs: INTERVAL_MS,
        pollMostMs: INTERVAL_MS,
        // Each site is a domain of its own and is asked once in five minutes; only the first look asks twice.
        requestGapMs: 0,
      }),
    )
    .filter(isPolled);
  const database = openDatabase(join(folder, 'ingest.sqlite'));
  const states = new SqliteSourceStateStore(database);
  const log = new SqliteLog(database, { onError: fail });
  const fetcher = new HttpFetcher({
    limits: {
      connectWithinMs: 10_000,
      answerWithinMs: 20_000,
      bodyWithinMs: 20_000,
      mostBytes: 5_000_000,
    },
    allowHosts: hosts,
    userAgent: 'Huiying/bench (+contact)',
    nowMs: Date.now,
    resolve: async () => [{ address: '127.0.0.1', family: 4 }],
  });
  const runs: Run[] = [];
  const recordRun = states.recordRun.bind(states);
  states.recordRun = async (run) => {
    runs.push(run);
    await recordRun(run);
  };
  const now = (): Date => new Date();
  const openPoller = (): Poller =>
    createPoller({
      sources,
      fetcher,
      states,
      rawItems: new SqliteRawItemStore(database, new Uint8Array(32)),
      log,
      now,
      pseudonym: openIntakeKey(database, now),
      isDrill: false,
      random: Math.random,
      rhythm: rhythmPack,
      onFailure: fail,
    });

  // What the feeds show is known: the trial begins on a day like any other, not on the first.
  const texts = makeTexts();
  const digests = new Map(texts.map((text) => [text, digestOfText(text)]));
  inTransaction(database, () => {
    for (const [site, source] of sources.entries()) {
      const items = Array.from({ length: ITEMS_OF_FEED }, (_, nth) => ({
        key: `http://s${site}.test/news/${nth + 1}.html`,
        contentDigest: digests.get(textOfItem(texts, site, nth + 1)) ?? '',
        interactions: 0,
      }));
      void states.create(newState(source, now()));
      void states.markSeen(source.id, items, now());
    }
  });
  // Once through all of them; only the trial itself has to be safe from a power cut.
  database.exec('PRAGMA synchronous = OFF');
  const warming = openPoller();
  const warmedFrom = performance.now();
  while (runs.length < SOURCES) {
    await warming.step();
    await pause(20);
  }
  await warming.settle();
  const warmMs = performance.now() - warmedFrom;
  const surprises = runs.filter(({ outcome }) => outcome !== 'nothingNew');
  if (surprises.length > 0) throw new Error(`${surprises.length}: ${JSON.stringify(surprises[0])}`);

  database.exec('PRAGMA synchronous = FULL');

  // From now on they are due one after the other, as sources are that have been read for a while.
  city.send('publish');
  runs.length = 0;
  const known = await states.listAll();
  const fromMs = Date.now() + 3_000;
  const dueAt = new Map(
    known.map(({ id }, nth) => [id, fromMs + (nth * INTERVAL_MS) / SOURCES] as const),
  );
  inTransaction(database, () => {
    for (const state of known) {
      const nextTryAt = new Date(dueAt.get(state.id) ?? 0);
      void states.replace({ ...state, revision: state.revision + 1, nextTryAt });
    }
  });
  const poller = openPoller();
  const loops = [
    startLoop({ everyMs: 250, step: async () => void (await poller.step()), onError: fail }),
    startLoop({
      everyMs: 250,
      step: async () => void (await relayEffects(states, log)),
      onError: fail,
    }),
  ];
  await pause(Math.max(0, fromMs - Date.now()));
  let mostRss = 0;
  const sampling = setInterval(() => {
    mostRss = Math.max(mostRss, process.memoryUsage.rss());
  }, 100);
  const cpuBefore = process.cpuUsage();
  await pause(WINDOW_MS);
  const { user, system } = process.cpuUsage(cpuBefore);
  clearInterval(sampling);
  const looks = [...runs];
  for (const loop of loops) await loop.close();
  await poller.settle();
  await fetcher.close();
  database.close();

  const due = [...dueAt.values()].filter((at) => at < fromMs + WINDOW_MS).length;
  const latenessMs = looks.map(
    ({ sourceId, startedAt }) => startedAt.getTime() - (dueAt.get(sourceId) ?? 0),
  );
  const newItems = looks.reduce((sum, { funnel }) => sum + funnel.new, 0);
  const failed = looks.filter(({ outcome }) => outcome === 'fetchFailed').length;
  const cpuRatio = (user + system) / 1_000 / WINDOW_MS / CORES;
  const rss = Math.round(mostRss / 1_000_000);
  const lateMs = Math.round(percentile(latenessMs, 0.95));
  const looked = `${SOURCES} 个信息源，5 分钟一次，对方在本机另一进程；${WINDOW_MS / 1_000} 秒内到期 ${due} 次，读了 ${looks.length} 次（失败 ${failed}），新信息 ${newItems} 条；此前全部读过一遍，${Math.round(warmMs / 1_000)} 秒`;
  return [
    {
      what: '采集的处理器占用',
      asked: `≤ 50%（${CORES} 核）`,
      measured: `${(cpuRatio * 100).toFixed(1)}%`,
      isMet: cpuRatio <= 0.5,
      how: looked,
    },
    {
      what: '采集时的常驻内存',
      asked: '≤ 500 MB',
      measured: `${rss} MB`,
      isMet: rss <= 500,
      how: '同一次运行中的最大值',
    },
    {
      what: '到期后多久开始读',
      asked: '第 95 百分位 ≤ 1 秒',
      measured: `${lateMs} 毫秒`,
      isMet: lateMs <= 1_000 && looks.length >= due * 0.99,
      how: '同一次运行；每 250 毫秒查看一次谁到期',
    },
  ];
}

function fail(error: unknown): void {
  throw error instanceof Error ? error : new Error(String(error));
}
