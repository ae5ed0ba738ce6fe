import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import type { GroupingPack, Lead, Segmenter } from '#analyze';
import { LeadSchema } from '#analyze';
import { similarity, toLeadProfile } from '../../analyze/events/assign-event.ts';
import { EventBook } from '../../analyze/events/event-book.ts';
import { EventIndex } from '../../analyze/events/event-index.ts';
import { TermWeights } from '../../analyze/events/term-weights.ts';
import { createTermReader } from '../../analyze/events/to-terms.ts';
import { normaliseText } from '../../analyze/text/normalise-text.ts';
import { openSegmenter } from '../../analyze/adapters/open-segmenter.ts';
import { readPacks } from '../../config/packs.ts';
import { SettingsSchema } from '../../config/settings.ts';
import type { Failure, Judge, JudgePart, Measure } from './part.ts';

/**
 * Events, on Weibo's list of hot topics of spring 2025: pairs of topics, and the list as a stream in time order.
 * Labels come from editors who gave one brief to several topics; topics of one story under several briefs count as
 * several events there, so a join is not always a mistake.
 *
 * Rules were searched for on the first half of the days; the second half was looked at while choosing between the
 * best of them, so it is no unseen set.
 */
const CHOSEN_UNTIL = new Date('2025-04-15T16:00:00Z');

const TopicSchema = z.object({
  title: z.string(),
  text: z.string().default(''),
  day: z.string().transform((day) => new Date(`${day}T12:00:00+08:00`)),
});
type Topic = Readonly<z.infer<typeof TopicSchema>>;
const PairSchema = z.object({
  a: TopicSchema,
  b: TopicSchema,
  label: z.union([z.literal(0), z.literal(1)]),
});
type Pair = Readonly<z.infer<typeof PairSchema>>;
const StreamTopicSchema = TopicSchema.extend({ event: z.string().nullable() });
export type StreamTopic = Readonly<z.infer<typeof StreamTopicSchema>>;

export interface EventData {
  readonly pairs: readonly Pair[];
  readonly stream: readonly StreamTopic[];
}

export function readEventData(folder: string): EventData | undefined {
  try {
    return {
      pairs: readRows(join(folder, 'weibo-hot/same-event-pairs.jsonl.gz'), PairSchema),
      stream: readRows(join(folder, 'weibo-hot/same-event-stream.jsonl.gz'), StreamTopicSchema),
    };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

export const judgeEvents: Judge = async (folder) => {
  const data = folder === undefined ? undefined : readEventData(folder);
  if (!data) return [{ name: '成事', skipped: '没有 weibo-hot/same-event-*.jsonl.gz' }];
  const segmenter = await openSegmenter();
  const { grouping } = readPacks(SettingsSchema.parse({}));
  return [
    ...pairParts(scorePairs(data, grouping, segmenter)),
    ...streamParts(groupStream(data.stream, grouping, segmenter)),
  ];
};

/** A pair with how similar the two are: with the first seen whole, and by titles alone. */
export interface ScoredPair {
  readonly pair: Pair;
  readonly whole: number;
  readonly titles: number;
}

/** Pairs, each judged with what a stream up to its own day has taught of common words, and nothing later. */
export function scorePairs(
  { pairs, stream }: EventData,
  grouping: GroupingPack,
  segmenter: Segmenter,
): ScoredPair[] {
  const rule = grouping.events;
  const weights = new TermWeights((term) => segmenter.shareOf(term), rule);
  const read = createTopicReader(grouping, segmenter);
  const later = (a: Date, b: Date): number => Math.max(a.getTime(), b.getTime());
  const waiting = [...pairs].sort((a, b) => later(a.a.day, a.b.day) - later(b.a.day, b.b.day));
  const scored: ScoredPair[] = [];
  const judgeUntil = (at: number): void => {
    for (let pair = waiting[0]; pair && later(pair.a.day, pair.b.day) < at; pair = waiting[0]) {
      const compare = (a: Topic, b: Topic): number => {
        const index = new EventIndex(rule);
        index.addLead('a', toLeadProfile(toLead('a', a, read(a, weights))));
        const lead = toLeadProfile(toLead('b', b, read(b, weights)));
        return Math.max(0, ...index.candidate(lead, 'a').map((one) => similarity(lead, one, rule)));
      };
      const whole = compare(pair.a, pair.b);
      scored.push({ pair, whole, titles: compare({ ...pair.a, text: '' }, pair.b) });
      waiting.shift();
    }
  };
  for (const topic of stream) {
    judgeUntil(topic.day.getTime());
    weights.observe(read(topic, weights), topic.day);
  }
  judgeUntil(Infinity);
  return scored;
}

/** A topic of the stream and the event it was put into. */
export interface GroupedTopic {
  readonly topic: StreamTopic;
  readonly eventId: string;
}

/** One online pass, as the stage does it. */
export function groupStream(
  stream: readonly StreamTopic[],
  grouping: GroupingPack,
  segmenter: Segmenter,
): GroupedTopic[] {
  const book = new EventBook(grouping, (term) => segmenter.shareOf(term));
  const read = createTopicReader(grouping, segmenter);
  let day = 0;
  return stream.map((topic, index) => {
    if (topic.day.getTime() > day) {
      day = topic.day.getTime();
      const silent = new Date(day - grouping.events.silenceMs);
      book.forgetBefore({ lead: silent, event: silent });
    }
    const lead = toLead(`topic-${index}`, topic, read(topic, book.weights));
    const eventId = book.eventFor(lead);
    book.joinEvent({ ...lead, eventId });
    return { topic, eventId };
  });
}

function createTopicReader(grouping: GroupingPack, segmenter: Segmenter) {
  const rule = grouping.events.terms;
  const toTerms = createTermReader(rule);
  return ({ title, text }: Topic, weights: TermWeights) =>
    toTerms(
      {
        title: segmenter.tag(normaliseText(title)),
        head: segmenter.tag(normaliseText(text).slice(0, rule.headCharacters)),
        watchWords: [],
      },
      weights,
    );
}

function toLead(id: string, { title, day }: Topic, terms: [string, number][]): Lead {
  return LeadSchema.parse({
    id,
    revision: 1,
    effects: [],
    state: 'linked',
    eventId: '',
    watchIds: ['hot'],
    firstSeenAt: day,
    title,
    terms,
    entities: [],
    numbers: [],
    posts: [],
    fingerprints: [],
  });
}

const halves = [
  { name: '上半（选定规则所用）', isIn: (day: Date) => day <= CHOSEN_UNTIL },
  { name: '下半（复核）', isIn: (day: Date) => day > CHOSEN_UNTIL },
];

function pairParts(scored: readonly ScoredPair[]): JudgePart[] {
  const { leastSimilarity } = readPacks(SettingsSchema.parse({})).grouping.events;
  return halves.map(({ name, isIn }) => {
    const half = scored.filter(({ pair }) => isIn(pair.a.day));
    return {
      name: `成事：两两判断，${name}`,
      data: `weibo-hot/same-event-pairs，${half.length} 对；标注来自编辑共用的导语`,
      measures: [
        atLeast('F1，首条看全文', pairF1(half, 'whole', leastSimilarity), 0.93),
        atLeast('F1，只看标题', pairF1(half, 'titles', leastSimilarity), 0.8),
      ],
      failures: half
        .filter(({ pair, whole }) => whole >= leastSimilarity !== (pair.label === 1))
        .map(({ pair, whole }): Failure => ({
          expected: pair.label === 1 ? '同一事件' : '两件事',
          got: `相似度 ${whole.toFixed(3)}`,
          text: `${pair.a.title}｜${pair.b.title}`,
        })),
    };
  });
}

export function pairF1(
  scored: readonly ScoredPair[],
  by: 'whole' | 'titles',
  least: number,
): number {
  const said = scored.filter((one) => one[by] >= least);
  const right = said.filter(({ pair }) => pair.label === 1).length;
  const all = scored.filter(({ pair }) => pair.label === 1).length;
  return (2 * right) / (said.length + all);
}

function streamParts(grouped: readonly GroupedTopic[]): JudgePart[] {
  return halves.map(({ name, isIn }) => {
    const half = grouped.filter(({ topic }) => isIn(topic.day));
    const { f1, precision, recall, joined, labelledEvents, events } = bCubed(half);
    return {
      name: `成事：在线一遍，${name}`,
      data: `weibo-hot/same-event-stream，${half.length} 条，其中有标注 ${half.filter(({ topic }) => topic.event !== null).length} 条；无标注的不计对错`,
      measures: [
        atLeast('B³ F1', f1, 0.9),
        { what: 'B³ 精确率、召回率', measured: `${precision.toFixed(3)}、${recall.toFixed(3)}` },
        {
          what: '并入两件以上有标注事件的，占所成事件',
          measured: `${((100 * joined.length) / events).toFixed(1)} %`,
        },
        {
          what: '同上，占含标注的事件（同一件事有几条导语的也在内）',
          measured: `${((100 * joined.length) / labelledEvents).toFixed(1)} %`,
          asked: '≤ 2 %',
          isMet: joined.length <= 0.02 * labelledEvents,
        },
      ],
      failures: joined.map((topics): Failure => ({
        expected: '各成一事',
        got: '并为一事',
        text: topics.map(({ topic }) => topic.title).join('｜'),
      })),
    };
  });
}

/** B³ over labelled topics. Source: Bagga & Baldwin (1998). */
export function bCubed(grouped: readonly GroupedTopic[]) {
  const labelled = grouped.filter(({ topic }) => topic.event !== null);
  const clusters = Map.groupBy(labelled, ({ eventId }) => eventId);
  const labels = Map.groupBy(labelled, ({ topic }) => topic.event);
  let precision = 0;
  let recall = 0;
  for (const { topic, eventId } of labelled) {
    const cluster = clusters.get(eventId) ?? [];
    const same = cluster.filter((one) => one.topic.event === topic.event).length;
    precision += same / cluster.length / labelled.length;
    recall += same / (labels.get(topic.event)?.length ?? 1) / labelled.length;
  }
  return {
    precision,
    recall,
    f1: (2 * precision * recall) / (precision + recall),
    joined: [...clusters.values()].filter(
      (cluster) => new Set(cluster.map(({ topic }) => topic.event)).size > 1,
    ),
    labelledEvents: clusters.size,
    events: new Set(grouped.map(({ eventId }) => eventId)).size,
  };
}

function atLeast(what: string, value: number, asked: number): Measure {
  return { what, measured: value.toFixed(3), asked: `≥ ${asked}`, isMet: value >= asked };
}

function readRows<T>(path: string, schema: z.ZodType<T>): T[] {
  const lines = gunzipSync(readFileSync(path)).toString('utf8').trim().split('\n');
  return lines.map((line) => schema.parse(JSON.parse(line)));
}
