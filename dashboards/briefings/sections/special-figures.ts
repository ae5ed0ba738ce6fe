import { DAY_MS, HOUR_MS, MINUTE_MS } from '#core';
import type { LeadPost } from '#analyze';
import { paragraph, says, type Block, type Figure, type Table } from '../model.ts';
import { plainText } from '../plain-text.ts';
import { eventCite, postsOf } from '../records.ts';
import { momentInWords } from '../words.ts';
import { outletInWords, spreadSentences } from './event-sentences.ts';
import type { SpecialPart } from './special-sections.ts';

/** Widths of a column, from the finest; the first that makes no more columns than find room is taken. */
const STEPS: readonly (readonly [ms: number, words: string])[] = [
  [10 * MINUTE_MS, '每10分钟'],
  [30 * MINUTE_MS, '每半小时'],
  [HOUR_MS, '每小时'],
  [2 * HOUR_MS, '每2小时'],
  [3 * HOUR_MS, '每3小时'],
  [6 * HOUR_MS, '每6小时'],
  [12 * HOUR_MS, '每12小时'],
  [DAY_MS, '每天'],
  [2 * DAY_MS, '每2天'],
  [7 * DAY_MS, '每7天'],
];
const MOST_COLUMNS = 24;
const MOST_BARS = 8;
const MOST_LISTED = 30;

/** 传播态势: how much, when, and where. */
export function spreadFigures({ file, records }: SpecialPart): Block[] {
  const { period } = records;
  const posts = postsOf(file, period);
  const told = paragraph(spreadSentences(file, period));
  return posts.length === 0
    ? [told]
    : [told, overTime(posts, file.event.id), byPlace(posts, records.sources, file.event.id)];
}

const queryOf = (eventId: string, what: string): string => `query:posts.${what}@event:${eventId}`;

function overTime(posts: readonly LeadPost[], eventId: string): Figure {
  const times = posts.map(({ publishedAt }) => publishedAt.getTime());
  const [first, last] = [Math.min(...times), Math.max(...times)];
  const [step, each] = stepFor(last - first);
  const begin = Math.floor(first / step) * step;
  const points = Array.from({ length: Math.floor((last - begin) / step) + 1 }, (_, column) => {
    const from = begin + column * step;
    return {
      label: momentInWords(new Date(from)),
      value: times.filter((at) => at >= from && at < from + step).length,
    };
  });
  const peak = points.reduce((most, point) => (point.value > most.value ? point : most));
  return {
    kind: 'figure',
    name: `图1 ${each}发布的信息`,
    form: 'columns',
    unit: '条',
    points,
    said: says(
      `共${posts.length}条，${momentInWords(new Date(first))}起，最多的一段自${peak.label}起，${peak.value}条。`,
      [queryOf(eventId, 'publishedAt')],
    ),
  };
}

function stepFor(spanMs: number): readonly [number, string] {
  const step = STEPS.find(([ms]) => spanMs / ms < MOST_COLUMNS - 1);
  if (step) return step;
  const days = Math.ceil(spanMs / DAY_MS / (MOST_COLUMNS - 1));
  return [days * DAY_MS, `每${days}天`];
}

function byPlace(
  posts: readonly LeadPost[],
  sources: SpecialPart['records']['sources'],
  eventId: string,
): Figure {
  const names = new Map(sources.map(({ id, name }) => [id, name]));
  const bySource = Map.groupBy(posts, ({ sourceId }) => sourceId);
  const all = [...bySource]
    .map(([id, { length }]) => ({ label: plainText(names.get(id) ?? id), value: length }))
    .toSorted((a, b) => b.value - a.value || (a.label < b.label ? -1 : 1));
  const shown = all.slice(0, MOST_BARS);
  const rest = all.slice(MOST_BARS);
  const others = rest.reduce((sum, { value }) => sum + value, 0);
  const top = all[0] ?? { label: '', value: 0 };
  return {
    kind: 'figure',
    name: '图2 信息来自哪里',
    form: 'bars',
    unit: '条',
    points: [
      ...shown,
      ...(rest.length > 0 ? [{ label: `其他${rest.length}个`, value: others }] : []),
    ],
    said: says(`来自${all.length}个信息源，最多的是${top.label}，${top.value}条。`, [
      queryOf(eventId, 'sourceId'),
    ]),
  };
}

/** 附表: the texts it rests on, with their links; originals before copies, then by time. */
export function postList({ file, records }: SpecialPart): Block[] {
  const posts = postsOf(file, records.period);
  if (posts.length === 0) return [];
  const originals = posts.filter(({ copyRelation }) => copyRelation === undefined);
  const shown = [...originals, ...posts.filter((post) => !originals.includes(post))].slice(
    0,
    MOST_LISTED,
  );
  const table: Table = {
    kind: 'table',
    name: `附表：信息与链接（${shown.length}/${posts.length}）`,
    columns: [
      { title: '时间', share: 3 },
      { title: '来源', share: 3 },
      { title: '标题', share: 5 },
      { title: '链接', share: 5 },
    ],
    rows: shown.map((post) => ({
      cells: [
        momentInWords(post.publishedAt),
        plainText(outletInWords(post)),
        plainText(post.title) || '（无标题）',
        plainText(post.url) || '未知',
      ],
      cites: [eventCite(file), `post:${post.postId}`],
    })),
  };
  return [table];
}
