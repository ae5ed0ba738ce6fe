import { join } from 'node:path';
import { z } from 'zod';
import { beijingMinute, DAY_MS, NotFound, Refused, type Grade } from '#core';
import { policyFor, type LadderPack } from '#alert';
import {
  explainWatch,
  rehearse,
  toPostText,
  WatchSchema,
  type Rehearsal,
  type Watch,
} from '#analyze';
import type { Post } from '#ingest';
import { openSegmenter } from '../analyze/adapters/open-segmenter.ts';
import { readStoredPosts } from '../analyze/adapters/read-stored-posts.ts';
import { EXIT } from './exit-codes.ts';
import { toGradingContext } from './grading-context.ts';
import { readPacks, readSources } from './packs.ts';
import { openModels } from './proposal-models.ts';
import { toReaderRules } from './reader-rules.ts';
import { readYaml } from './read-settings.ts';
import type { Settings } from './settings.ts';
import { toLexicon } from './to-lexicon.ts';

export interface WatchTrial {
  /** A YAML file with one watch; it stands in for the one of the same id in the settings. */
  readonly file: string | undefined;
  /** Without a file: a watch of the settings, compared with not having it. */
  readonly id: string | undefined;
  readonly days: number;
  readonly isJson: boolean;
}

interface Alerted {
  readonly title: string;
  readonly grade: Grade;
  readonly at: Date;
  readonly posts: number;
}

const SHOWN = 5;
const NIGHT = { from: 22, to: 6 };

/**
 * 试监测方案: what a changed watch would have met and raised over the posts stored in the last days, and why others
 * were missed. Nothing is written; the product may run.
 *
 * @returns the exit code
 */
export async function testWatch(
  settings: Settings,
  { file, id, days, isJson }: WatchTrial,
  { print, say }: { readonly print: (text: string) => void; readonly say: (text: string) => void },
): Promise<number> {
  const { before, after, watch } = chosenWatches(settings.watches, file, id);
  const packs = readPacks(settings);
  const since = new Date(Date.now() - days * DAY_MS);
  const posts = readStoredPosts(join(settings.storage.folder, 'posts.db'), since);
  say(`最近 ${days} 天库中有 ${posts.length} 条信息，按两种方案各试一遍…`);
  const segmenter = await openSegmenter(toLexicon(settings.office, packs.lexicon));
  const context = toGradingContext(settings.office, packs.grading);
  const { regions } = settings.office;
  const sources = readSources(settings);
  const rules = toReaderRules(settings, packs, { segmenter, models: await openModels() });
  const run = (watches: readonly Watch[]): Rehearsal =>
    rehearse(posts, { ...rules, watches, sources }, context);
  const [old, fresh] = [run(before), run(after)];
  const met = { old: old.metBy.get(watch.id) ?? [], fresh: fresh.metBy.get(watch.id) ?? [] };
  const alerts = {
    old: alertsOf(old, packs.ladders),
    fresh: alertsOf(fresh, packs.ladders),
  };
  const knownIds = new Set(met.old.map((post) => post.id));
  const freshIds = new Set(met.fresh.map((post) => post.id));
  const places = after.flatMap((one) => one.places);
  const explain = (post: Post) =>
    explainWatch(watch, toPostText(post.title, post.text), regions, places);
  const missed = posts
    .filter((post) => !freshIds.has(post.id))
    .flatMap((post) => {
      const verdict = explain(post);
      const isNear = !verdict.isMet && (verdict.found.length > 0 || knownIds.has(post.id));
      return isNear ? [{ title: post.title, url: post.url, why: verdict.sentence }] : [];
    });
  const told = new Set(alerts.old.map(({ title, grade }) => `${grade} ${title}`));
  const report = {
    watch: watch.id,
    days,
    posts: posts.length,
    met: { before: met.old.length, after: met.fresh.length },
    alerts: { before: alerts.old.length, after: alerts.fresh.length },
    nightAlerts: { before: nightly(alerts.old), after: nightly(alerts.fresh) },
    newlyMet: met.fresh
      .filter((post) => !knownIds.has(post.id))
      .slice(0, SHOWN)
      .map(({ title, url }) => ({ title, url })),
    noLongerMet: met.old
      .filter((post) => !freshIds.has(post.id))
      .slice(0, SHOWN)
      .map(({ title, url }) => ({ title, url })),
    newAlerts: alerts.fresh
      .filter(({ title, grade }) => !told.has(`${grade} ${title}`))
      .slice(0, SHOWN),
    nearMisses: missed.slice(0, SHOWN),
  };
  print(isJson ? JSON.stringify(report, null, 2) : inWords(report));
  return EXIT.ok;
}

/** @throws {SettingsWrong} @throws {NotFound} @throws {Refused} */
function chosenWatches(
  watches: readonly Watch[],
  file: string | undefined,
  id: string | undefined,
): { readonly before: readonly Watch[]; readonly after: readonly Watch[]; readonly watch: Watch } {
  if (file !== undefined) {
    const watch = readYaml(file, z.union([WatchSchema, z.tuple([WatchSchema])]));
    const changed = Array.isArray(watch) ? watch[0] : watch;
    const others = watches.filter((one) => one.id !== changed.id);
    return { before: watches, after: [...others, changed], watch: changed };
  }
  if (id === undefined) {
    throw new Refused(
      'WATCH_NOT_NAMED',
      '请给出方案文件，或用 --watch 指出设置里的方案',
      'invalid',
    );
  }
  const watch = watches.find((one) => one.id === id);
  if (!watch) throw new NotFound('监测方案', id);
  return { before: watches.filter((one) => one.id !== id), after: watches, watch };
}

/** One alert an event, at the first grade for which somebody is called. */
function alertsOf({ events }: Rehearsal, ladders: LadderPack): Alerted[] {
  return events.flatMap(({ title, rises, postCount }) => {
    const first = rises.find(({ grade }) => policyFor(ladders, grade));
    if (!first) return [];
    return [{ title, grade: first.grade, at: first.at, posts: postCount }];
  });
}

const nightly = (alerts: readonly Alerted[]): number =>
  alerts.filter(({ at }) => {
    const hour = Number(beijingMinute(at).slice(11, 13));
    return hour >= NIGHT.from || hour < NIGHT.to;
  }).length;

interface Counts {
  readonly before: number;
  readonly after: number;
}

interface Report {
  readonly watch: string;
  readonly days: number;
  readonly posts: number;
  readonly met: Counts;
  readonly alerts: Counts;
  readonly nightAlerts: Counts;
  readonly newlyMet: readonly { readonly title: string }[];
  readonly noLongerMet: readonly { readonly title: string }[];
  readonly newAlerts: readonly Alerted[];
  readonly nearMisses: readonly { readonly title: string; readonly why: string }[];
}

const changeOf = ({ before, after }: Counts): string => {
  if (after === before) return `${after}，不变`;
  return `${before} → ${after}，${after > before ? '多' : '少'} ${Math.abs(after - before)}`;
};

const listed = (head: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : [head, ...lines.map((line) => `  ${line}`)];

function inWords(report: Report): string {
  return [
    `方案 ${report.watch}，最近 ${report.days} 天的 ${report.posts} 条信息`,
    `符合的信息：${changeOf(report.met)}`,
    `会发出的预警：${changeOf(report.alerts)}；其中夜间（22 时至 6 时）：${changeOf(report.nightAlerts)}`,
    ...listed(
      '新符合的：',
      report.newlyMet.map(({ title }) => title),
    ),
    ...listed(
      '不再符合的：',
      report.noLongerMet.map(({ title }) => title),
    ),
    ...listed(
      '新的预警：',
      report.newAlerts.map(({ at, grade, title }) => `${beijingMinute(at)} ${grade} ${title}`),
    ),
    ...listed(
      '差一点符合的：',
      report.nearMisses.map(({ title, why }) => `${title}：${why}`),
    ),
  ].join('\n');
}
