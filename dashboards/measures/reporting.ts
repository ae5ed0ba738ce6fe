import { GRADE_WORDS } from '#core';
import type { Countdown } from '#alert';
import { dutiesDue, dutyItem, onTimeItems, standingOf } from './duties.ts';
import {
  durationsOf,
  shareOf,
  type Measure,
  type MeasureItem,
  type MeasureLimits,
  type Standing,
} from './measure.ts';
import type { MeasureRules } from './measure-pack.ts';
import { isIn, type MeasureRecords, type SentReport } from './records.ts';
import { timed } from './responding.ts';

const GROUP = '报告';

/** Whether superiors heard in time. */
export function reporting(records: MeasureRecords, { limits }: MeasureRules): readonly Measure[] {
  const due = dutiesDue(records, 'FIRST_REPORT');
  return [
    {
      code: 'lateRate',
      group: GROUP,
      name: '迟报率',
      counting:
        '本期首报到期的事件中，电话或书面首报有一项迟报、未报的占多少；一起事件算一次。一般事件随日报报送，没有单独的首报时限，不在内。',
      notes: [],
      measured: shareOf(lateItems(due, records.readAt), limits),
    },
    firstReportTime('phone', due, limits),
    firstReportTime('written', due, limits),
    {
      code: 'transferOnTime',
      group: GROUP,
      name: '转办按期反馈率',
      counting:
        '本期到期的“转办反馈”时限中，按期反馈的占多少；来文没有写时间的按工作日历算，节假日和调休日在内。',
      notes: ['转办登记里的，和在事件上登记了“上级转办”的，都起算；两处登记的同一件只算一次。'],
      measured: shareOf(onTimeItems(records, 'TRANSFER_DUE'), limits),
    },
    {
      code: 'reportErrors',
      group: GROUP,
      name: '报送失实率',
      counting:
        '本期报送的报告中，后来出了更正件、更正了事实的占多少；更正件也是报告，一并计入。只更正文字、格式的不算，更正件还没有报送的另列。',
      notes: ['只有在报告页上出了更正件的才查得出。'],
      measured: shareOf(correctedItems(records), limits),
    },
  ];
}

/** The reports of the period, with what was found wrong in them since. */
function correctedItems({
  sentReports,
  period,
  readAt,
}: Pick<MeasureRecords, 'sentReports' | 'period' | 'readAt'>): readonly MeasureItem[] {
  return sentReports
    .filter(({ sentAt }) => isIn(period, sentAt))
    .map(({ id, name, correction }) => ({
      cite: `report:${id}`,
      words: correction ? `${name}，${correctionInWords(correction)}` : name,
      standing: standingOfReport(correction, readAt),
    }));
}

function standingOfReport(correction: SentReport['correction'], readAt: Date): Standing {
  if (!correction?.isFactual) return 'out';
  return correction.sentAt && correction.sentAt <= readAt ? 'in' : 'open';
}

function correctionInWords({
  name,
  reason,
  isFactual,
  sentAt,
}: NonNullable<SentReport['correction']>): string {
  const what = isFactual ? '事实有误' : '文字有误';
  return `${what}（${reason}），${sentAt ? `已由${name}更正` : `更正件${name}还没有报送`}`;
}

/** An event counts once, by whichever of its reports was missed. */
function lateItems(due: readonly Countdown[], readAt: Date): readonly MeasureItem[] {
  return [...Map.groupBy(due, ({ eventId }) => eventId)].map(([eventId, duties]) => {
    const standings = duties.map((duty) => standingOf(duty, readAt));
    const words = duties.map((duty, number) => dutyItem(duty, standings[number] ?? 'open').words);
    return {
      cite: eventId ? `event:${eventId}` : `countdown:${duties[0]?.id ?? ''}`,
      eventId,
      words: words.join('；'),
      standing: lateStanding(standings),
    };
  });
}

/** Missed in one part is late; met in one and open in none is in time. */
function lateStanding(standings: readonly Standing[]): Standing {
  if (standings.includes('out')) return 'in';
  if (standings.includes('open')) return 'open';
  if (standings.includes('in')) return 'out';
  return standings.includes('waived') ? 'waived' : 'cancelled';
}

/** 首报时长, by grade. */
function firstReportTime(
  part: 'phone' | 'written',
  due: readonly Countdown[],
  limits: MeasureLimits,
): Measure {
  const own = due.filter((one) => one.part === part);
  const grades = gradeNames(own);
  return {
    code: part === 'phone' ? 'firstReportDelayPhone' : 'firstReportDelayWritten',
    group: GROUP,
    name: part === 'phone' ? '首报时长（电话）' : '首报时长（书面）',
    counting: '从首报时限的起算时间到报出；没有报的不在内。按等级分列。',
    notes: [],
    measured: durationsOf(
      own.flatMap((duty) => timed(duty)),
      limits,
      ({ cite }) => grades.get(cite),
    ),
  };
}

const gradeNames = (due: readonly Countdown[]): ReadonlyMap<string, string> =>
  new Map(
    due.flatMap(({ id, grade }) =>
      grade ? [[`countdown:${id}`, GRADE_WORDS[grade].word] as const] : [],
    ),
  );
