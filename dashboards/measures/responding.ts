import { beijingMinute, durationInWords, HOUR_MS } from '#core';
import type { Countdown } from '#alert';
import { missingFromChecklist, type PressConference, type Release } from '#respond';
import { dutiesDue, dutyItem, onTimeItems, standingOf } from './duties.ts';
import { durationsOf, shareOf, sharesIn, type Measure, type MeasureItem } from './measure.ts';
import type { MeasureRules } from './measure-pack.ts';
import { isIn, standing, type MeasuredEvent, type MeasureRecords } from './records.ts';

const GROUP = '回应';

/** Whether and when the office spoke. */
export function responding(records: MeasureRecords, rules: MeasureRules): readonly Measure[] {
  const { limits } = rules;
  const share = sharesIn(GROUP, limits);
  const release = dutiesDue(records, 'AUTH_RELEASE_5H');
  return [
    share(
      'onTime5h',
      '按时发布率（5小时）',
      '本期到期的“5小时发布”时限中，从起算时间起5小时内发布的占多少。起算时间由记录推出，定级确认得晚不推后。',
      onTimeItems(records, 'AUTH_RELEASE_5H'),
    ),
    share(
      'onTime5hFromKnown',
      '按时发布率（5小时，自知悉时间起）',
      '同一批时限，改从本单位最早知悉的时间起算；比上一行低，说明研判定级用去的时间长。',
      shadowItems(release, 'knownAt', records),
    ),
    share(
      'onTime5hFromOccurred',
      '按时发布率（5小时，自事发时间起）',
      '同一批时限，改从事发时间起算；事发时间没有登记的单列。',
      shadowItems(release, 'occurredAt', records),
    ),
    {
      code: 'releaseDelay',
      group: GROUP,
      name: '首次发布用时',
      counting: '从5小时发布的起算时间到首次发布；没有发布的不在内。',
      notes: [],
      measured: durationsOf(
        release.flatMap((duty) => timed(duty)),
        limits,
      ),
    },
    share(
      'onTime24h',
      '按时发布会率（24小时）',
      '本期到期的“24小时发布会”时限中，24小时内举行的占多少，按举行时间；书面发布、吹风会不算。',
      onTimeItems(records, 'PRESS_24H'),
    ),
    share(
      'onTime48h',
      '48小时回应率',
      '本期到期的“48小时回应”时限中，48小时内发布回应的占多少。',
      onTimeItems(records, 'RESPONSE_48H'),
    ),
    principalStatement(records, rules),
    continuousGap(records, rules),
    share(
      'continuousOnTime',
      '持续发布按期率',
      '本期到期的“持续发布”时限中，间隔没有超过规则所定的占多少；最终发布之后不再起算。',
      onTimeItems(records, 'CONTINUOUS'),
    ),
    perfunctory(records, rules),
  ];
}

/** The same duties, judged from another beginning. */
function shadowItems(
  duties: readonly Countdown[],
  from: 'knownAt' | 'occurredAt',
  { readAt }: MeasureRecords,
): readonly MeasureItem[] {
  return duties.map((duty) => {
    const standing = standingOf(duty, readAt);
    if (standing !== 'in' && standing !== 'out') return dutyItem(duty, standing);
    const startAt = duty.shadow[from];
    if (!startAt) return dutyItem(duty, 'unknown');
    const lengthMs = duty.statutoryDueAt.getTime() - duty.start.at.getTime();
    const dueAt = new Date(startAt.getTime() + lengthMs);
    const isMet = duty.satisfiedAt !== undefined && duty.satisfiedAt <= dueAt;
    const item = dutyItem(duty, isMet ? 'in' : 'out');
    return { ...item, words: `${item.words}；改从 ${beijingMinute(startAt)} 起算` };
  });
}

/** From the start of a duty to when it was met. */
export function timed(duty: Countdown): readonly MeasureItem[] {
  if (!duty.satisfiedAt || duty.state === 'cancelled') return [];
  const ms = duty.satisfiedAt.getTime() - duty.start.at.getTime();
  const item = dutyItem(duty, 'in');
  return [{ ...item, ms, words: `${item.words}，用时${durationInWords(ms)}` }];
}

/** Whether the principal spoke on grave events, as far as records name who spoke. */
function principalStatement(records: MeasureRecords, { limits }: MeasureRules): Measure {
  const head = {
    code: 'principalStatement',
    group: GROUP,
    name: '主动发声率',
    counting:
      '本期满24小时的特别重大、重大事件中，主要负责人24小时内在新闻发布会上发声的占多少。发布稿没有登记由谁发声，不计在内，所以只会偏低。',
  };
  const { principals } = records;
  if (principals.length === 0) {
    const reason = '人员里没有登记主要负责人，认不出发言人是不是主要负责人';
    return { ...head, notes: [], measured: { kind: 'notRecorded', reason } };
  }
  const duties = dutiesDue(records, 'PRESS_24H');
  const items = duties.map((duty) => {
    const held = records.events
      .find(({ event }) => event.id === duty.eventId)
      ?.conferences.find((one) => isByPrincipal(one, principals, duty));
    const standing = standingOf(duty, records.readAt);
    const isSet = standing === 'cancelled' || standing === 'open';
    const { cite, eventId } = dutyItem(duty, standing);
    const spoke = held?.heldAt
      ? `${beijingMinute(held.heldAt)} ${held.spokesperson}发声`
      : '没有主要负责人发声的记录';
    return {
      cite,
      eventId,
      words: `《${duty.eventTitle}》${spoke}`,
      // The conference may be waived; that the principal speaks is not.
      standing: held ? ('in' as const) : isSet ? standing : ('out' as const),
    };
  });
  return {
    ...head,
    notes: [`主要负责人：${principals.join('、')}（按现在的人员登记）`],
    measured: shareOf(items, limits),
  };
}

function isByPrincipal(
  { mode, state, heldAt, spokesperson }: PressConference,
  principals: readonly string[],
  duty: Countdown,
): boolean {
  const untilMs = duty.start.at.getTime() + 24 * HOUR_MS;
  return (
    mode !== 'written' &&
    state !== 'cancelled' &&
    heldAt !== undefined &&
    heldAt >= duty.start.at &&
    heldAt.getTime() <= untilMs &&
    principals.some((name) => spokesperson.includes(name))
  );
}

/** Texts on what happens, first to last; after the final one nothing more is owed. */
function wordsToThePublic({
  releases,
}: MeasuredEvent): readonly (Release & { readonly at: Date })[] {
  const all = releases
    .flatMap((one) => (one.published ? [{ ...one, at: one.published.at }] : []))
    .filter(({ kind }) => ['firstRelease', 'clarification', 'followUp', 'final'].includes(kind))
    .toSorted((a, b) => a.at.getTime() - b.at.getTime());
  const last = all.findIndex(({ kind }) => kind === 'final');
  return last < 0 ? all : all.slice(0, last + 1);
}

/** 持续发布间隔: between one release and the next, of events that owe them. */
function continuousGap(records: MeasureRecords, { limits }: MeasureRules): Measure {
  const owing = standing(records).filter(({ countdowns }) =>
    countdowns.some(({ code }) => code === 'CONTINUOUS'),
  );
  const items = owing.flatMap((file) => {
    const told = wordsToThePublic(file);
    return told.slice(1).flatMap((one, index): MeasureItem[] => {
      const before = told[index];
      if (!before || !isIn(records.period, one.at)) return [];
      const ms = one.at.getTime() - before.at.getTime();
      return [
        {
          cite: `release:${one.id}`,
          eventId: one.eventId,
          words: `《${one.title}》${beijingMinute(one.at)} 发布，距上一次${durationInWords(ms)}`,
          standing: 'in',
          ms,
        },
      ];
    });
  });
  return {
    code: 'continuousGap',
    group: GROUP,
    name: '持续发布间隔',
    counting:
      '特别重大、重大事件前后两次发布之间的时间，到最终发布为止；按后一次发布的时间归入本期。平均、最长。',
    notes: [],
    measured: durationsOf(items, limits),
  };
}

/** 敷衍率: published texts that do not say all they must. */
function perfunctory(records: MeasureRecords, { limits, review }: MeasureRules): Measure {
  const items = records.events
    .flatMap(({ releases }) => releases)
    .filter(({ published }) => published && isIn(records.period, published.at))
    .map((release): MeasureItem => {
      const missing = missingFromChecklist(release, review);
      return {
        cite: `release:${release.id}`,
        eventId: release.eventId,
        words: `《${release.title}》${missing.length > 0 ? missing.join('；') : '内容完整'}`,
        standing: missing.length > 0 ? 'in' : 'out',
      };
    });
  return {
    code: 'perfunctory',
    group: GROUP,
    name: '敷衍率',
    counting:
      '本期发布的稿件中，内容完整性（事实、措施、结果或下次更新时间）有缺的占多少，按现在的审查规则。',
    notes: [],
    measured: shareOf(items, limits),
  };
}
