import { beijingMinute, durationInWords, GRADE_WORDS, isAtLeast } from '#core';
import { gradeOf, type OpinionEvent } from '#analyze';
import { OUTSIDE_WAY_NAMES, type OutsideNotice } from '#respond';
import { onTimeItems } from './duties.ts';
import { countOf, durationsOf, shareOf, type Measure, type MeasureItem } from './measure.ts';
import type { MeasureRules } from './measure-pack.ts';
import { isIn, standing, type MeasuredEvent, type MeasureRecords } from './records.ts';

const GROUP = '发现和研判';

/** Whether and when the office came to know, and how long it took to judge. */
export function discovering(records: MeasureRecords, { limits }: MeasureRules): readonly Measure[] {
  return [
    missRate(records, { limits }),
    {
      code: 'planningGaps',
      group: GROUP,
      name: '监测方案之外的漏报',
      counting:
        '本期由外来线索得知、不在监测方案范围之内的一般以上事件。是方案的缺口，不算进漏报率。',
      notes: [],
      measured: countOf(missedOf(records, false)),
    },
    coverage(records, { limits }),
    {
      code: 'detectionDelay',
      group: GROUP,
      name: '发现时长',
      counting:
        '本期知悉的事件，从第一条公开信息发布到本单位最早的记录。发布时间不可靠的单列。按等级分列。',
      notes: [],
      measured: durationsOf(known(records).map(detectionItem), limits, byGrade(records)),
    },
    {
      code: 'assessmentTime',
      group: GROUP,
      name: '研判定级用时',
      counting: '本期由人第一次定级的事件，从系统第一次建议等级到定级；按等级分列。',
      notes: [],
      measured: durationsOf(
        standing(records).flatMap((file) => gradedItem(file, records)),
        limits,
        byGrade(records),
      ),
    },
    {
      code: 'gradedOnTime',
      group: GROUP,
      name: '定级按期率',
      counting: '本期到期的“定级确认”时限中，按期确认的占多少。',
      notes: [],
      measured: shareOf(onTimeItems(records, 'GRADE_CONFIRM'), limits),
    },
    {
      code: 'slowGrowth',
      group: GROUP,
      name: '从知悉到触发',
      counting:
        '本期触发（达到重大）的事件，从本单位最早的记录到触发。长的是慢慢升温的事件，不是研判慢。',
      notes: [],
      measured: durationsOf(
        standing(records).flatMap((file) => growthItem(file, records)),
        limits,
      ),
    },
    {
      code: 'falseAlarmRate',
      group: GROUP,
      name: '误报率',
      counting: '发给人的预警中，以无关、重复、旧闻、广告、误报结案的占多少。',
      notes: [],
      measured: {
        kind: 'notRecorded',
        reason: '预警和线索还没有带原因的排除登记，数不出哪些是误报',
      },
    },
  ];
}

/** 漏报率: missed ÷ (missed + found), of events of 一般 and above inside the monitoring plan. */
function missRate(records: MeasureRecords, { limits }: Pick<MeasureRules, 'limits'>): Measure {
  const head = {
    code: 'missRate',
    group: GROUP,
    name: '漏报率',
    counting:
      '一般以上、监测方案范围之内的事件中，先由外来线索（转办、媒体来电、热线、上级告知、抽查）得知的占多少。外来线索由人登记；每月倒查抽样没有建立，所以只会偏低。',
  };
  const { outsideNotices } = records;
  if (outsideNotices.length === 0) {
    const reason = '外来线索登记簿里还没有登记；没有登记不等于没有漏报';
    return { ...head, notes: [], measured: { kind: 'notRecorded', reason } };
  }
  const missed = missedOf(records, true);
  const notFound = new Set(
    outsideNotices
      .filter((one) => isFirst(one, records))
      .flatMap(({ eventId }) => eventOf(eventId, records.events)?.id ?? []),
  );
  const found = known(records)
    .filter(({ event }) => isAtLeast(gradeOf(event), 'L4') && !notFound.has(event.id))
    .map(({ event }): MeasureItem => ({
      cite: `event:${event.id}`,
      eventId: event.id,
      words: `《${event.title}》${beijingMinute(event.knownAt.at)} 由系统或本单位人员发现`,
      standing: 'out',
    }));
  return {
    ...head,
    notes: missed.length === 0 ? ['本期没有登记外来线索；没有登记不等于没有漏报。'] : [],
    measured: shareOf([...missed, ...found], limits),
  };
}

/** Events of 一般 and above that outside notices of the period told of first; each event once. */
function missedOf(records: MeasureRecords, isInPlan: boolean): readonly MeasureItem[] {
  const told = records.outsideNotices.filter(
    (one) =>
      one.isInPlan === isInPlan &&
      isIn(records.period, one.learnedAt) &&
      isFirst(one, records) &&
      isAtLeast(gradeOfNotice(one, records), 'L4'),
  );
  const first = new Map(
    told.toReversed().map((one) => [eventOf(one.eventId, records.events)?.id ?? one.id, one]),
  );
  return [...first.values()].toReversed().map((one) => ({
    cite: `outsideNotice:${one.id}`,
    eventId: one.eventId,
    words: `${beijingMinute(one.learnedAt)} ${OUTSIDE_WAY_NAMES[one.way]}（${one.from}）：${one.what}`,
    standing: 'in',
  }));
}

/** Heard from outside before the office had any record of it; a notice of no event always is. */
function isFirst({ eventId, learnedAt }: OutsideNotice, { events }: MeasureRecords): boolean {
  const event = eventOf(eventId, events);
  return event === undefined || learnedAt <= event.knownAt.at;
}

const gradeOfNotice = ({ eventId, grade }: OutsideNotice, { events }: MeasureRecords) => {
  const event = eventOf(eventId, events);
  return event ? gradeOf(event) : (grade ?? 'WATCH');
};

/** The event, or the one it was merged into. */
function eventOf(
  eventId: string | undefined,
  events: MeasureRecords['events'],
): OpinionEvent | undefined {
  const event = events.find((file) => file.event.id === eventId)?.event;
  return event?.mergedInto ? (eventOf(event.mergedInto, events) ?? event) : event;
}

function coverage({ sources }: MeasureRecords, { limits }: Pick<MeasureRules, 'limits'>): Measure {
  const items = sources.map(({ id, name, kindName, isHealthy, healthName }): MeasureItem => ({
    cite: `source:${id}`,
    words: `${name}（${kindName}）：${healthName}`,
    standing: isHealthy ? 'in' : 'out',
  }));
  const byKind = [...Map.groupBy(sources, ({ kindName }) => kindName)].map(([kind, all]) => {
    const healthy = all.filter(({ isHealthy }) => isHealthy).length;
    return `${kind}${healthy}/${all.length}`;
  });
  return {
    code: 'coverage',
    group: GROUP,
    name: '信息源正常率',
    counting:
      '计划监测的信息源中，现在读得到的占多少。过去各日的情况没有留存，按读取记录时的状况。',
    notes: byKind.length > 0 ? [`按种类：${byKind.join('，')}`] : [],
    measured: shareOf(items, limits),
  };
}

const known = (records: MeasureRecords): readonly MeasuredEvent[] =>
  standing(records).filter(({ event }) => isIn(records.period, event.knownAt.at));

/** K − P; where the time of publication is only when it was read, nothing can be told. */
function detectionItem({ event, leads }: MeasuredEvent): MeasureItem {
  const first = leads
    .flatMap(({ posts }) => posts)
    .find(({ postId }) => postId === event.firstPostId);
  const ms = event.knownAt.at.getTime() - event.firstPublicAt.getTime();
  const isSure = ms >= 0 && first?.publishedFrom !== 'fetch';
  const times = `${beijingMinute(event.firstPublicAt)} 发布，${beijingMinute(event.knownAt.at)} 知悉`;
  return {
    cite: `event:${event.id}`,
    eventId: event.id,
    words: `《${event.title}》${isSure ? `${times}，用时${durationInWords(ms)}` : '发布时间不可靠'}`,
    standing: isSure ? 'in' : 'unknown',
    ...(isSure && { ms }),
  };
}

/** From the first proposal to the first grade that a person gave. */
function gradedItem({ event }: MeasuredEvent, { period }: MeasureRecords): MeasureItem[] {
  const { gradeHistory } = event;
  const proposed = gradeHistory.find(({ kind }) => kind === 'proposed');
  const graded = gradeHistory.find(
    ({ kind }) => kind === 'confirmed' || kind === 'raised' || kind === 'lowered',
  );
  if (!proposed || !graded || !isIn(period, graded.at)) return [];
  const ms = Math.max(0, graded.at.getTime() - proposed.at.getTime());
  return [
    {
      cite: `event:${event.id}`,
      eventId: event.id,
      words: `《${event.title}》${beijingMinute(proposed.at)} 建议，${beijingMinute(graded.at)} ${graded.actor.name}定级，用时${durationInWords(ms)}`,
      standing: 'in',
      ms,
    },
  ];
}

/** T − K. */
function growthItem({ event }: MeasuredEvent, { period }: MeasureRecords): MeasureItem[] {
  const { triggeredAt, knownAt } = event;
  if (!triggeredAt || !isIn(period, triggeredAt.at)) return [];
  const ms = Math.max(0, triggeredAt.at.getTime() - knownAt.at.getTime());
  return [
    {
      cite: `event:${event.id}`,
      eventId: event.id,
      words: `《${event.title}》${beijingMinute(knownAt.at)} 知悉，${beijingMinute(triggeredAt.at)} 触发：${triggeredAt.reason}`,
      standing: 'in',
      ms,
    },
  ];
}

function byGrade(records: MeasureRecords): (item: MeasureItem) => string | undefined {
  const names = new Map(
    records.events.map(({ event }) => [event.id, GRADE_WORDS[gradeOf(event)].word]),
  );
  return ({ eventId }) => names.get(eventId ?? '');
}
