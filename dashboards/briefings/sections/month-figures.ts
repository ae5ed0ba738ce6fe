import { addDays, beijingDay, GRADE_WORDS, GRADES } from '#core';
import { EVENT_STATE_NAMES, gradeOf, type LeadPost } from '#analyze';
import { RELEASE_CHANNEL_NAMES } from '#respond';
import { says, type Figure } from '../model.ts';
import { plainText } from '../plain-text.ts';
import {
  isIn,
  postsWithin,
  rangeInCite,
  type EventFile,
  type Period,
  type ReportRecords,
} from '../records.ts';
import { allCountdowns } from './daily-sections.ts';
import { topicOf } from './weekly-sections.ts';

const MOST_BARS = 8;
const UNTOLD = '判断不出';
const TONES: Readonly<Record<string, string>> = {
  negative: '负面',
  neutral: '中性',
  positive: '正面',
};

/** 图 of a month; those of which there is nothing to draw are left out. Numbered in the order in which they stand. */
export interface MonthFigures {
  readonly overview: readonly Figure[];
  readonly classes: readonly Figure[];
  readonly events: readonly Figure[];
  readonly quality: readonly Figure[];
}

interface Count {
  readonly label: string;
  readonly value: number;
  /** Several together: named in the drawing, and never as the most. */
  readonly isRest?: boolean;
}

interface Drawing {
  readonly name: string;
  readonly unit: string;
  readonly counts: readonly Count[];
  readonly cite: string;
  readonly form: Figure['form'];
}

export function monthFigures(records: ReportRecords): MonthFigures {
  const { files, period, sources, regionNames, topicNames } = records;
  const posts = files.flatMap((file) => postsWithin(file, period));
  const fresh = files.filter(({ event }) => isIn(period, event.knownAt.at));
  const told = files.filter((file) => postsWithin(file, period).length > 0);
  const alerts = files.flatMap(({ alerts }) => alerts).filter((one) => isIn(period, one.firedAt));
  const due = [
    ...allCountdowns(records).map(({ one }) => one),
    ...records.countdownsOfOthers,
  ].filter(({ statutoryDueAt }) => isIn(period, statutoryDueAt));
  const released = files
    .flatMap(({ releases }) => releases)
    .flatMap(({ published }) => (published && isIn(period, published.at) ? [published] : []));
  const sourceNames = new Map(sources.map(({ id, name }) => [id, name]));
  const query = (what: string): string => `query:${what}${rangeInCite(period)}`;
  const bars = (name: string, unit: string, counts: readonly Count[], what: string): Drawing => ({
    name,
    unit,
    counts: most(counts),
    cite: query(what),
    form: 'bars',
  });
  const columns = (name: string, unit: string, times: readonly Date[], what: string): Drawing => ({
    name,
    unit,
    counts: byDay(times, period),
    cite: query(what),
    form: 'columns',
  });
  const drawings = {
    overview: [
      columns(
        '每天收到的信息',
        '条',
        posts.map(({ fetchedAt }) => fetchedAt),
        'posts.fetchedAt',
      ),
      columns(
        '每天新增的事件',
        '起',
        fresh.map(({ event }) => event.knownAt.at),
        'events.knownAt',
      ),
      columns(
        '每天发出的预警',
        '次',
        alerts.map(({ firedAt }) => firedAt),
        'alerts.firedAt',
      ),
    ],
    classes: [
      bars('新增事件的等级', '起', byGrade(fresh), 'events.grade'),
      bars(
        '事件的话题（机器判断）',
        '起',
        counted(told, (file) => topicName(file, records, topicNames)),
        'posts.topic',
      ),
      bars(
        '事件提到的地区',
        '起',
        counted(
          told.flatMap(({ event }) => event.regionCodes),
          (code) => regionNames.get(code) ?? `区划${code}`,
        ),
        'events.regionCodes',
      ),
      bars(
        '信息来自哪里',
        '条',
        counted(posts, ({ sourceId }) => sourceNames.get(sourceId) ?? sourceId),
        'posts.sourceId',
      ),
      bars('信息的情感倾向（机器判断）', '条', counted(posts, toneName), 'posts.sentiment'),
    ],
    events: [
      bars(
        '各事件的信息',
        '条',
        told.map((file) => ({
          label: plainText(file.event.title),
          value: postsWithin(file, period).length,
        })),
        'posts.fetchedAt',
      ),
      bars(
        '事件现在的状态',
        '起',
        counted(told, ({ event }) => EVENT_STATE_NAMES[event.state]),
        'events.state',
      ),
    ],
    quality: [
      bars(
        '到期的时限',
        '项',
        counted(due, ({ name }) => name),
        'countdowns.dueAt',
      ),
      bars(
        '发布的渠道',
        '次',
        counted(released, ({ channel }) => RELEASE_CHANNEL_NAMES[channel]),
        'releases.published',
      ),
    ],
  };
  let number = 0;
  const draw = (all: readonly Drawing[]): Figure[] =>
    all
      .filter(({ counts }) => counts.some(({ value }) => value > 0))
      .map((one) => toFigure(one, (number += 1)));
  return {
    overview: draw(drawings.overview),
    classes: draw(drawings.classes),
    events: draw(drawings.events),
    quality: draw(drawings.quality),
  };
}

function toFigure({ name, unit, counts, cite, form }: Drawing, number: number): Figure {
  const all = counts.reduce((sum, { value }) => sum + value, 0);
  const named = counts.filter(({ isRest }) => !isRest);
  const top = named.reduce((best, one) => (one.value > best.value ? one : best));
  return {
    kind: 'figure',
    name: `图${number} ${name}`,
    form,
    unit,
    points: counts.map(({ label, value }) => ({ label: plainText(label) || '未知', value })),
    said: says(`合计${all}${unit}，最多的是${top.label}，${top.value}${unit}。`, [cite]),
  };
}

const byGrade = (files: readonly EventFile[]): Count[] =>
  GRADES.map((grade) => ({
    label: GRADE_WORDS[grade].word,
    value: files.filter(({ event }) => gradeOf(event) === grade).length,
  }));

function topicName(
  file: EventFile,
  records: ReportRecords,
  names: ReadonlyMap<string, string>,
): string {
  const topic = topicOf(file, records);
  return topic ? (names.get(topic) ?? topic) : UNTOLD;
}

const toneName = ({ proposals }: LeadPost): string =>
  TONES[proposals?.sentiment.value ?? ''] ?? UNTOLD;

function counted<T>(all: readonly T[], nameOf: (one: T) => string): Count[] {
  return [...Map.groupBy(all, nameOf)].map(([label, { length }]) => ({ label, value: length }));
}

/** The largest, in their order; the rest together. */
function most(counts: readonly Count[]): Count[] {
  const sorted = counts.toSorted((a, b) => b.value - a.value || (a.label < b.label ? -1 : 1));
  const rest = sorted.slice(MOST_BARS);
  const others = rest.reduce((sum, { value }) => sum + value, 0);
  return [
    ...sorted.slice(0, MOST_BARS),
    ...(rest.length > 0 ? [{ label: `其他${rest.length}项`, value: others, isRest: true }] : []),
  ];
}

/** Every day of the period, also those with nothing. */
function byDay(times: readonly Date[], { from, to }: Period): Count[] {
  const days = Map.groupBy(times, beijingDay);
  const counts: Count[] = [];
  const last = beijingDay(new Date(to.getTime() - 1));
  for (let day = beijingDay(from); day <= last; day = addDays(day, 1)) {
    counts.push({
      label: `${Number(day.slice(5, 7))}月${Number(day.slice(8))}日`,
      value: days.get(day)?.length ?? 0,
    });
  }
  return counts;
}
