import { setTimeout as pause } from 'node:timers/promises';
import { relayEffects, runStage, startLoop } from '#core';
import { createAnalysis } from '#analyze';
import { POSTS_TOPIC } from '#ingest';
import { createChangeFeed } from '#server';
import { openSegmenter } from '../../analyze/adapters/open-segmenter.ts';
import { openEmbedded } from '../../config/backends/embedded.ts';
import { toGradingContext } from '../../config/grading-context.ts';
import { readPacks } from '../../config/packs.ts';
import { openModels } from '../../config/proposal-models.ts';
import { toReaderRules } from '../../config/reader-rules.ts';
import { SettingsSchema } from '../../config/settings.ts';
import { toLexicon } from '../../config/to-lexicon.ts';
import { handOver } from '../figure.ts';
import { makePost, makeWatches, seeded } from '../support/texts.ts';

/** The whole path of a post: into the log, segmented, matched, grouped, stored, found by search. */
const [folder = '', count = '100000'] = process.argv.slice(2);
const POSTS = Number(count);
const WATCHES = 1_000;
const BATCH = 500;

const settings = SettingsSchema.parse({ storage: { folder } });
const packs = readPacks(settings);
const segmenter = await openSegmenter(toLexicon(settings.office, packs.lexicon));
const realNow = (): Date => new Date();
const failures: unknown[] = [];
const onError = (error: unknown): void => void failures.push(error);
const backend = openEmbedded(folder, {
  segmenter,
  changes: createChangeFeed(realNow()),
  onError,
  realNow,
  workers: settings.storage.workers,
});
const random = seeded(1);
const analysis = createAnalysis({
  ...toReaderRules(settings, packs, { segmenter, models: await openModels() }),
  watches: makeWatches(random, WATCHES),
  posts: backend.posts,
  leads: backend.leads,
  events: backend.events,
  context: toGradingContext(settings.office, packs.grading),
  rekey: backend.rekey,
  now: realNow,
  isDrill: false,
});
const { handle, counts } = runStage(analysis, {
  setAside: backend.setAside,
  now: realNow,
  onFailure: onError,
});
let peakRss = 0;
const sampling = setInterval(() => {
  peakRss = Math.max(peakRss, process.memoryUsage.rss());
}, 100);
// As in the product: what an event sets off goes on to the log.
const relay = startLoop({
  everyMs: 250,
  step: async () => void (await relayEffects(backend.events, backend.log)),
  onError,
});
const reader = await backend.log.follow(POSTS_TOPIC, 'analysis', handle);

// Made before the clock starts: making texts is no part of the product.
const makeBatch = (from: number) =>
  Array.from({ length: Math.min(BATCH, POSTS - from) }, (_, index) => {
    const post = makePost(random, from + index, new Date());
    return { id: post.id, key: post.sourceId, body: post };
  });
let workMs = 0;
let mainUs = 0;
let allUs = 0;
/** Processor time: on a busy machine it says what the clock cannot. */
const sumOf = ({ user, system }: NodeJS.CpuUsage): number => user + system;
for (let from = 0; from < POSTS; from += BATCH) {
  const batch = makeBatch(from);
  const startedAt = performance.now();
  const [main, all] = [process.threadCpuUsage(), process.cpuUsage()];
  await backend.log.append(POSTS_TOPIC, batch);
  while (counts.done + counts.setAside < from + batch.length) await pause(1);
  workMs += performance.now() - startedAt;
  mainUs += sumOf(process.threadCpuUsage(main));
  allUs += sumOf(process.cpuUsage(all));
}
clearInterval(sampling);
await reader.close();
await relay.close();
const found = await backend.posts.search({ words: `第${POSTS - 1}条`, limit: 5 });
const events = await backend.events.listOpen();
const stored = await backend.posts.count();
backend.close();
if (failures.length > 0 || stored !== POSTS || found.length === 0) {
  throw new Error(`${stored} of ${POSTS} stored, ${found.length} found: ${String(failures[0])}`);
}

const perSecond = Math.round((POSTS / workMs) * 1_000);
const rss = Math.round(peakRss / 1_000_000);
handOver([
  {
    what: '处理一条信息的全过程：入日志、分词、对照方案、归并、入库、可检索',
    asked: '≥ 1500 条/秒',
    measured: `${perSecond} 条/秒`,
    isMet: perSecond >= 1_500,
    how: `${POSTS} 条约 500 字的文本，${WATCHES} 个监测方案，${events.length} 个事件；处理器时间每条 ${Math.round(allUs / POSTS)} 微秒，其中主线程 ${Math.round(mainUs / POSTS)} 微秒`,
  },
  {
    what: '处理时的常驻内存',
    asked: '≤ 700 MB',
    measured: `${rss} MB`,
    isMet: rss <= 700,
    how: '同一次运行中的最大值',
  },
]);
