import { readFileSync } from 'node:fs';
import { beijingMinute, gradeLabel, idOf, messageOf, Refused, type Grade } from '#core';
import { openDatabase } from '#core/sqlite';
import {
  createAnalysis,
  gradeOf,
  measureVolume,
  type BurstPack,
  type Lead,
  type LeadPost,
  type OpinionEvent,
} from '#analyze';
import { readArchive, readTable, toItems, type Post } from '#ingest';
import { openSegmenter } from '../analyze/adapters/open-segmenter.ts';
import { SqliteLeadStore } from '../analyze/adapters/sqlite-lead-store.ts';
import { SqliteOpinionEventStore } from '../analyze/adapters/sqlite-opinion-event-store.ts';
import { SqlitePostStore } from '../analyze/adapters/sqlite-post-store.ts';
import { archiveColumns } from './archive-columns.ts';
import { EXIT } from './exit-codes.ts';
import { toGradingContext } from './grading-context.ts';
import { readPacks } from './packs.ts';
import { openModels } from './proposal-models.ts';
import { toReaderRules } from './reader-rules.ts';
import type { Settings } from './settings.ts';
import { toLexicon } from './to-lexicon.ts';

export interface AnalyzeOrder {
  readonly file: string;
  /** `text=诉求内容`, where the headers do not say it. */
  readonly columns: readonly string[];
  /** Posts that meet no watch are analysed too. */
  readonly takesAll: boolean;
  readonly isJson: boolean;
  readonly showsProgress: boolean;
}

/** One post as the analysis left it. */
interface PostResult {
  readonly id: string;
  readonly publishedAt: Date;
  readonly title: string;
  readonly watchIds: readonly string[];
  readonly copyOf?: string;
  readonly eventId?: string;
  /** What it says, with the words that say it. */
  readonly said?: Omit<LeadPost, 'postId' | 'title' | 'publishedAt' | 'snapshots'>;
  /** The event's proposal as it stood once this post was known. */
  readonly proposal?: { readonly grade: Grade; readonly reason: string };
}

/**
 * The whole analysis over an office's own archive: one pass in order of time, with the office's watches and
 * packs, on the code that runs live. Stores of its own in memory; nothing of the office's is touched.
 *
 * @returns the exit code: 5 when some rows could not be taken
 */
export async function analyze(
  settings: Settings,
  order: AnalyzeOrder,
  terminal: { readonly print: (text: string) => void; readonly say: (text: string) => void },
): Promise<number> {
  const { print, say } = terminal;
  const table = await readTable(readBytes(order.file));
  const { items, unparsable } = toItems(table, archiveColumns(table.headers, order.columns));
  // The same author is the same pseudonym within this run, and nobody in any other.
  const salt = idOf('analyze', String(process.pid), String(Date.now()));
  const pseudonym = (sourceId: string, author: string): string => idOf(salt, sourceId, author);
  const { posts, undated, refused } = readArchive(items, new Date(), pseudonym);
  const skipped = unparsable + undated + refused;
  say(`${posts.length} 条；没有正文 ${unparsable}，时间读不出 ${undated}，拒收 ${refused}`);
  if (settings.watches.length === 0 && !order.takesAll) {
    say('设置里没有监测方案：没有一条会命中。加 --all 则不论是否命中都分析。');
  }

  const packs = readPacks(settings);
  const segmenter = await openSegmenter(toLexicon(settings.office, packs.lexicon));
  const database = openDatabase(':memory:');
  const stores = {
    posts: new SqlitePostStore(database, segmenter),
    leads: new SqliteLeadStore(database),
    events: new SqliteOpinionEventStore(database),
  };
  let clock = posts[0]?.publishedAt ?? new Date();
  const stage = createAnalysis({
    ...stores,
    ...toReaderRules(settings, packs, { segmenter, models: await openModels() }),
    // An archive is of no source that is set here: every watch listens.
    watches: settings.watches.map(({ sources: _any, ...watch }) => watch),
    takesAll: order.takesAll,
    context: toGradingContext(settings.office, packs.grading),
    rekey: (eventId, author) => idOf(eventId, author),
    now: () => clock,
    isDrill: false,
  });
  for (const [number, post] of posts.entries()) {
    clock = post.publishedAt;
    await stage.process([post]);
    if (order.showsProgress && (number + 1) % PROGRESS_EVERY === 0) {
      say(`${number + 1} / ${posts.length}`);
    }
  }

  const events = [...(await stores.events.listNewest(Number.MAX_SAFE_INTEGER))].reverse();
  const leads = new Map<string, readonly Lead[]>();
  for (const { id } of events) leads.set(id, await stores.leads.listByEvent(id));
  const bursts = findBursts([...leads.values()].flat(), clock, packs.bursts);
  if (order.isJson) {
    for (const result of toResults(posts, events, leads)) print(JSON.stringify(result));
    print(JSON.stringify({ events: events.map(toSummary), bursts }));
  } else {
    print(inWords(posts, events, bursts));
  }
  database.close();
  return skipped === 0 ? EXIT.ok : EXIT.partly;
}

const PROGRESS_EVERY = 1000;

function readBytes(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (cause) {
    throw new Refused('FILE_UNREADABLE', `读不到文件 ${file}：${messageOf(cause)}`, 'invalid');
  }
}

function toResults(
  posts: readonly Post[],
  events: readonly OpinionEvent[],
  leadsOf: ReadonlyMap<string, readonly Lead[]>,
): PostResult[] {
  const linked = new Map<string, PostResult>();
  for (const event of events) {
    for (const lead of leadsOf.get(event.id) ?? []) {
      for (const post of lead.posts) linked.set(post.postId, toResult(post, lead, event));
    }
  }
  return posts.map(
    ({ id, publishedAt, title }) => linked.get(id) ?? { id, publishedAt, title, watchIds: [] },
  );
}

function toResult(post: LeadPost, lead: Lead, event: OpinionEvent): PostResult {
  const { postId: id, publishedAt, title, snapshots: _grown, ...said } = post;
  const stood = event.gradeHistory.findLast(({ at }) => at <= post.fetchedAt);
  return {
    id,
    publishedAt,
    title,
    watchIds: lead.watchIds,
    ...(lead.id !== id && { copyOf: lead.id }),
    eventId: event.id,
    said,
    ...(stood && { proposal: { grade: stood.to, reason: stood.reason } }),
  };
}

function toSummary(event: OpinionEvent): object {
  const { id, title, firstPublicAt, lastPostAt, postCount, outletCount, regionCodes } = event;
  const { proposal, gradeHistory, figures, knownAt, triggeredAt, mustRespondReasons } = event;
  return {
    id,
    title,
    firstPublicAt,
    lastPostAt,
    postCount,
    outletCount,
    regionCodes,
    figures,
    knownAt,
    triggeredAt,
    mustRespondReasons,
    proposal,
    gradeHistory,
  };
}

interface Burst {
  readonly watchId: string;
  readonly at: Date;
  readonly posts: number;
  readonly outlets: number;
  readonly score: number;
}

/** The bursts of each watch over the whole archive. */
function findBursts(leads: readonly Lead[], until: Date, rule: BurstPack): Burst[] {
  const watchIds = [...new Set(leads.flatMap((lead) => lead.watchIds))];
  const whole = { ...rule, burst: { ...rule.burst, historyMs: Number.MAX_SAFE_INTEGER } };
  return watchIds.flatMap((watchId) => {
    const voices = leads
      .filter((lead) => lead.watchIds.includes(watchId))
      .flatMap(({ posts }) => posts);
    return measureVolume(voices, until, whole)
      .filter(({ isBurst }) => isBurst)
      .map(({ at, value, outlets, score }) => ({ watchId, at, posts: value, outlets, score }));
  });
}

const SHOWN = 40;

function inWords(
  posts: readonly Post[],
  events: readonly OpinionEvent[],
  bursts: readonly Burst[],
): string {
  const linked = events.reduce((sum, { postCount }) => sum + postCount, 0);
  const graded = events.toSorted((a, b) => b.proposal.sum - a.proposal.sum).slice(0, SHOWN);
  return [
    `${posts.length} 条信息，${linked} 条命中，成 ${events.length} 个事件；按分值排列，前 ${graded.length} 个：`,
    ...graded.map(
      (event) =>
        `${gradeLabel(gradeOf(event))} ${event.proposal.sum}分 ${beijingMinute(event.firstPublicAt)} ${event.title}（${event.postCount} 条、${event.outletCount} 家）\n    ${event.proposal.sentence}`,
    ),
    bursts.length === 0 ? '没有异动。' : `异动 ${bursts.length} 次：`,
    ...bursts.map(
      ({ watchId, at, posts: count, outlets, score }) =>
        `  ${beijingMinute(at)} ${watchId}：十分钟 ${count} 条，近一小时 ${outlets} 家，得分 ${score.toFixed(1)}`,
    ),
  ].join('\n');
}
