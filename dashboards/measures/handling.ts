import { beijingMinute, durationInWords } from '#core';
import type { Countdown } from '#alert';
import { SUPERVISION_STATE_NAMES, type ReleaseRegisterEntry } from '#respond';
import { dutiesDue, dutyItem, onTimeItems, standingOf } from './duties.ts';
import { durationsOf, sharesIn, type Measure, type MeasureItem } from './measure.ts';
import type { MeasureRules } from './measure-pack.ts';
import { isIn, type MeasureRecords } from './records.ts';
import { timed } from './responding.ts';

const GROUP = '处置和留痕';

/** Whether what was ordered was done, and what was published was registered. */
export function handling(records: MeasureRecords, { limits }: MeasureRules): readonly Measure[] {
  const share = sharesIn(GROUP, limits);
  const due = dutiesDue(records, 'ORDER_DONE');
  return [
    share(
      'supervisionDoneRate',
      '督办办结率',
      '本期到期的处置单中，经核实办结的占多少，不论是否按期；按提交结果的时间，核实之后才算。',
      due.map((duty) => dutyItem(duty, doneStanding(duty, records.readAt))),
    ),
    share(
      'ordersOnTime',
      '按期办结率',
      '本期到期的处置单中，按期提交结果并经核实的占多少。',
      onTimeItems(records, 'ORDER_DONE'),
    ),
    {
      code: 'orderTime',
      group: GROUP,
      name: '处置单办理用时',
      counting: '本期到期并已办结的处置单，从下达到提交结果。',
      notes: [],
      measured: durationsOf(
        due.flatMap((duty) => timed(duty)),
        limits,
      ),
    },
    share(
      'ordersReturned',
      '处置单退回率',
      '本期下达的处置单中，被承办单位退回过的占多少。',
      returnedItems(records),
    ),
    share(
      'supervisionsClosed',
      '督办单销号率',
      '本期开出的督办单中，已经销号的占多少。督办单不设办结日期，按开出的时间归入本期。',
      supervisionItems(records),
    ),
    share(
      'registerCompleteness',
      '发布登记完整率',
      '本期每一次发布（含同一稿件的其他渠道）中，登记簿里有一条、六项齐全的占多少；应当是全部。',
      registerItems(records),
    ),
  ];
}

/** Done is done, however late. */
function doneStanding(duty: Countdown, readAt: Date): MeasureItem['standing'] {
  const standing = standingOf(duty, readAt);
  if (duty.satisfiedAt && (standing === 'in' || standing === 'out')) return 'in';
  return standing;
}

function returnedItems({ events, period }: MeasureRecords): readonly MeasureItem[] {
  return events
    .flatMap(({ orders }) => orders)
    .filter(({ createdAt }) => isIn(period, createdAt))
    .map(({ id, eventId, leadUnit, task, returns }) => ({
      cite: `order:${id}`,
      eventId,
      words: `${leadUnit}：${task}${returns.length > 0 ? `，退回${returns.length}次：${returns.map(({ reason }) => reason).join('；')}` : ''}`,
      standing: returns.length > 0 ? 'in' : 'out',
    }));
}

function supervisionItems({ supervisions, period }: MeasureRecords): readonly MeasureItem[] {
  return supervisions
    .filter(({ opened }) => isIn(period, opened.at))
    .map(({ id, eventId, title, unit, state, opened, history }) => {
      const closedAt = state === 'closed' ? history.at(-1)?.at : undefined;
      const took = closedAt
        ? `，${durationInWords(closedAt.getTime() - opened.at.getTime())}销号`
        : '';
      return {
        cite: `supervision:${id}`,
        eventId,
        words: `${beijingMinute(opened.at)} 对“${title}”开出（${unit || '单位未定'}），${SUPERVISION_STATE_NAMES[state]}${took}`,
        standing: state === 'closed' ? 'in' : 'out',
      };
    });
}

/** Every publication against the register, not the register against itself. */
function registerItems({ events, period, register }: MeasureRecords): readonly MeasureItem[] {
  return events
    .flatMap(({ releases }) => releases)
    .flatMap((release) =>
      [release.published, ...(release.alsoPublished ?? [])].flatMap((publication) =>
        publication && isIn(period, publication.at) ? [{ release, publication }] : [],
      ),
    )
    .map(({ release, publication }) => {
      const entry = register.find(
        ({ releaseId, channel, releasedAt }) =>
          releaseId === release.id &&
          channel === publication.channel &&
          releasedAt.getTime() === publication.at.getTime(),
      );
      const missing = entry ? missingFields(entry) : ['登记簿里没有'];
      return {
        cite: `release:${release.id}`,
        eventId: release.eventId,
        words: `《${release.title}》${beijingMinute(publication.at)} 发布：${missing.length > 0 ? missing.join('、') : '六项齐全'}`,
        standing: missing.length > 0 ? 'out' : 'in',
      };
    });
}

/** 六项: text, unit, reviewer, publisher, time, channel; the last two are what the entry was found by. */
function missingFields(entry: ReleaseRegisterEntry): readonly string[] {
  const fields: readonly (readonly [string, string])[] = [
    ['缺原文', entry.originalContent],
    ['缺发布单位', entry.releasingUnit],
    ['缺审核人', entry.reviewer],
    ['缺发布人', entry.publisher],
  ];
  return fields.flatMap(([missing, value]) => (value.trim() === '' ? missing : []));
}
