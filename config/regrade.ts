import { beijingMinute, durationInWords, GRADE_WORDS, NotFound } from '#core';
import {
  compareRises,
  createPostReader,
  GradingPackSchema,
  keepStanding,
  recordsOf,
  replayGrade,
  TermWeights,
  ruleVersionOf,
  type Lead,
  type LeadPost,
  type OpinionEvent,
  type ReadPost,
  type RiseDifference,
} from '#analyze';
import type { Post } from '#ingest';
import { openSegmenter } from '../analyze/adapters/open-segmenter.ts';
import type { Backend } from './backends/embedded.ts';
import { EXIT } from './exit-codes.ts';
import { toGradingContext } from './grading-context.ts';
import { readPacks, readSources } from './packs.ts';
import { openModels } from './proposal-models.ts';
import { toReaderRules } from './reader-rules.ts';
import { readYaml } from './read-settings.ts';
import { momentOf } from './replay.ts';
import type { Settings } from './settings.ts';
import { toLexicon } from './to-lexicon.ts';
import { withBackend } from './with-backend.ts';

export interface RegradeOrder {
  /** As people write them: 2026-03-02, 2026-03-02 10:00. */
  readonly from: string;
  readonly to: string;
  /** A grading pack to try; the one in force when absent. */
  readonly grading?: string;
  readonly isJson: boolean;
}

interface Judged {
  readonly eventId: string;
  readonly title: string;
  readonly isSame: boolean;
  readonly differences: readonly RiseDifference[];
}

/**
 * Judges the events of a time again, each record at its moment, and compares with what was proposed then.
 * Under the same packs every decision must come out the same; under another one the difference is what the
 * change would have meant. Nothing is written. Needs the folder for itself.
 *
 * @returns the exit code: 0 all the same, 5 something differs
 */
export async function regrade(
  settings: Settings,
  order: RegradeOrder,
  print: (text: string) => void,
): Promise<number> {
  const now = new Date();
  const [fromAt, toAt] = [momentOf(order.from, now), momentOf(order.to, now)];
  const packs = readPacks(settings);
  const grading = order.grading ? readYaml(order.grading, GradingPackSchema) : packs.grading;
  const context = toGradingContext(settings.office, grading);
  const segmenter = await openSegmenter(toLexicon(settings.office, packs.lexicon));
  const rules = toReaderRules(settings, packs, { segmenter, models: await openModels() });
  // What is proposed beside the grade is not judged here.
  const { propose: _proposes, ...reading } = rules;
  // Nothing is grouped anew: how rare a term is does not matter.
  const weights = new TermWeights((term) => segmenter.shareOf(term), packs.grouping.events);
  const readWeighed = createPostReader({ ...reading, sources: readSources(settings), grading });
  const read = (post: Post) => readWeighed(post, weights);

  const judged = await withBackend(settings, async (backend) => {
    const all: Judged[] = [];
    for (const event of await eventsBetween(backend, fromAt, toAt)) {
      // Its records are judged with the event they went to.
      if (event.state === 'merged') continue;
      const leads = await readAgain(await backend.leads.listByEvent(event.id), backend, read);
      const { findings, evaluatedAt } = event;
      const history = { records: recordsOf(leads), findings, until: evaluatedAt };
      const replay = keepStanding(replayGrade(history, context), event.kept);
      // After a merge or a split the rises of before are of other records: the starts are what must come out the same.
      const isRegrouped = event.kept.length > 0;
      const proposed = event.gradeHistory.filter(({ kind }) => kind === 'proposed' && !isRegrouped);
      const before = proposed.map(({ to, at, reason }) => ({ grade: to, at, reason }));
      const rises = isRegrouped ? [] : replay.rises;
      const after = rises.map(({ grade, at, sentence }) => ({
        grade,
        at,
        reason: sentence,
      }));
      const decisions = [event.knownAt, event.triggeredAt, event.mustRespondAt, before];
      const again = [replay.knownAt, replay.triggeredAt, replay.mustRespondAt, after];
      all.push({
        eventId: event.id,
        title: event.title,
        isSame: JSON.stringify(decisions) === JSON.stringify(again),
        differences: compareRises(before, after),
      });
    }
    return all;
  });
  const version = ruleVersionOf(grading);
  print(order.isJson ? JSON.stringify({ version, events: judged }) : inWords(judged, version));
  return judged.every(({ isSame }) => isSame) ? EXIT.ok : EXIT.partly;
}

async function eventsBetween(backend: Backend, from: Date, to: Date): Promise<OpinionEvent[]> {
  const newest = await backend.events.listNewest(Number.MAX_SAFE_INTEGER);
  return newest
    .filter(({ firstPublicAt, lastPostAt }) => firstPublicAt < to && lastPostAt >= from)
    .toSorted((a, b) => a.knownAt.at.getTime() - b.knownAt.at.getTime());
}

/** The leads as the words of the pack read them now; what grew with time stays as it grew. */
async function readAgain(
  leads: readonly Lead[],
  { posts }: Pick<Backend, 'posts'>,
  read: (post: Post) => ReadPost | undefined,
): Promise<Lead[]> {
  const again: Lead[] = [];
  for (const lead of leads) {
    const readings: LeadPost[] = [];
    for (const held of lead.posts) {
      const post = await posts.findById(held.postId);
      if (!post) throw new NotFound('信息', held.postId);
      const { snapshots, fetchedAt, publishedAt, hotListScope, authorPseudonym } = held;
      const fresh = read(post)?.leadPost ?? held;
      readings.push({
        ...fresh,
        snapshots,
        fetchedAt,
        publishedAt,
        ...(hotListScope && { hotListScope }),
        ...(authorPseudonym && { authorPseudonym }),
      });
    }
    again.push({ ...lead, posts: readings });
  }
  return again;
}

function inWords(judged: readonly Judged[], version: string): string {
  const different = judged.filter(({ isSame }) => !isSame);
  const rows = different.map(({ title, differences }) => {
    const moved = differences.map(differenceInWords);
    return `《${title}》：${moved.join('；') || '等级与时刻相同，理由或起算凭证不同'}`;
  });
  const same = judged.length - different.length;
  return [
    `按 ${version} 重算 ${judged.length} 个事件：相同 ${same} 个，不同 ${different.length} 个`,
    ...rows,
  ].join('\n');
}

function differenceInWords({ grade, beforeAt, afterAt }: RiseDifference): string {
  const { word } = GRADE_WORDS[grade];
  if (!afterAt) return `不会达到${word}（原在 ${beforeAt ? beijingMinute(beforeAt) : '–'} 达到）`;
  if (!beforeAt) return `会在 ${beijingMinute(afterAt)} 达到${word}（原未达到）`;
  const byMs = beforeAt.getTime() - afterAt.getTime();
  const when = `${beijingMinute(beforeAt)} → ${beijingMinute(afterAt)}`;
  return `${word}会${byMs > 0 ? '早' : '晚'}${durationInWords(byMs)}（${when}）`;
}
