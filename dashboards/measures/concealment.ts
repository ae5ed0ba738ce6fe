import { beijingMinute, durationInWords, isAtLeast } from '#core';
import type { Countdown } from '#alert';
import { gradeOf } from '#analyze';
import { countOf, durationsOf, type Measure, type MeasureItem } from './measure.ts';
import type { MeasureRules } from './measure-pack.ts';
import { isIn, standing, type MeasuredEvent, type MeasureRecords } from './records.ts';

const GROUP = '防瞒报';

/** 瞒报 has no rate: what an inspector should look at. */
export function concealment(records: MeasureRecords, { limits }: MeasureRules): readonly Measure[] {
  const files = standing(records);
  const count = (
    code: string,
    name: string,
    counting: string,
    items: readonly MeasureItem[],
    notes: readonly string[] = [],
  ): Measure => ({ code, group: GROUP, name, counting, notes, measured: countOf(items) });
  return [
    count(
      'closedUnreported',
      '没有上报就结案',
      '本期结案、等级一般以上，没有首报记录、也没有写进任何一份已报送报告的事件。有一起就应当核查。',
      files.flatMap((file) => closedUnreported(file, records)),
    ),
    {
      code: 'dismissalsReversed',
      group: GROUP,
      name: '排除复核改判率',
      counting: '经第二人复核的线索排除中，改判的占多少。',
      notes: [],
      measured: { kind: 'notRecorded', reason: '线索的排除和复核还没有登记' },
    },
    count(
      'loweredAfterDue',
      '超时之后降级',
      '本期的降级中，降级时该事件已有到期未办的时限的。超时照计，不因降级消除。',
      files.flatMap((file) => loweredAfterDue(file, records)),
    ),
    {
      code: 'seenToReported',
      group: GROUP,
      name: '从有人看到到上报',
      counting:
        '本期首次上报的事件，从第一个人确认预警到首报。打开页面不留痕，以确认预警为第一次有人看到。',
      notes: [],
      measured: durationsOf(
        files.flatMap((file) => seenToReported(file, records)),
        limits,
      ),
    },
    count(
      'timesEnteredLate',
      '补录的时间',
      '本期补录的发布、发布会和办理记录，各有理由；多了应当核查。',
      files.flatMap((file) => enteredLate(file, records)),
    ),
    {
      code: 'brokenLinks',
      group: GROUP,
      name: '记录链条断裂',
      counting: '发布登记簿、操作记录、超时记录的链条被改动、抽去、调换的条数。',
      notes: [],
      measured: {
        kind: 'notRecorded',
        reason: '不在这里逐次校验；用命令 huiying register verify 校验全部链条',
      },
    },
  ];
}

const REPORTED: readonly string[] = ['firstReportPhone', 'firstReportWritten'];

/** When superiors were first told of an event by itself. */
function firstReportedAt({ countdowns, dutyRecords }: MeasuredEvent): Date | undefined {
  const times = [
    ...countdowns.flatMap(({ code, satisfiedAt }) =>
      code === 'FIRST_REPORT' && satisfiedAt ? [satisfiedAt] : [],
    ),
    ...dutyRecords.flatMap(({ kind, doneAt }) => (REPORTED.includes(kind) ? [doneAt] : [])),
  ];
  return times.toSorted((a, b) => a.getTime() - b.getTime())[0];
}

function closedUnreported(
  file: MeasuredEvent,
  { period, reported }: MeasureRecords,
): readonly MeasureItem[] {
  const { event, evaluation } = file;
  const closed = evaluation?.closed;
  if (!closed || !isIn(period, closed.at) || !isAtLeast(gradeOf(event), 'L4')) return [];
  if (firstReportedAt(file) || reported.has(event.id)) return [];
  return [
    {
      cite: `event:${event.id}`,
      eventId: event.id,
      words: `《${event.title}》${beijingMinute(closed.at)} ${closed.by.name}结案，没有上报的记录`,
      standing: 'in',
    },
  ];
}

function loweredAfterDue(
  { event, countdowns }: MeasuredEvent,
  { period }: MeasureRecords,
): readonly MeasureItem[] {
  return event.gradeHistory
    .filter(({ kind, at }) => kind === 'lowered' && isIn(period, at))
    .flatMap((change) => {
      const missed = countdowns.filter((one) => isMissedAt(one, change.at));
      if (missed.length === 0) return [];
      return [
        {
          cite: `event:${event.id}`,
          eventId: event.id,
          words: `《${event.title}》${beijingMinute(change.at)} ${change.actor.name}降级，当时已超时：${missed.map(({ name }) => name).join('、')}`,
          standing: 'in' as const,
        },
      ];
    });
}

/** Due by then and not met by then. */
const isMissedAt = ({ state, statutoryDueAt, satisfiedAt }: Countdown, at: Date): boolean =>
  state !== 'cancelled' && statutoryDueAt <= at && (!satisfiedAt || satisfiedAt > at);

function seenToReported(file: MeasuredEvent, { period }: MeasureRecords): readonly MeasureItem[] {
  const { event, alerts } = file;
  const reportedAt = firstReportedAt(file);
  const seenAt = alerts
    .flatMap(({ acknowledgedAt }) => acknowledgedAt ?? [])
    .toSorted((a, b) => a.getTime() - b.getTime())[0];
  if (!reportedAt || !isIn(period, reportedAt)) return [];
  const said = `《${event.title}》${beijingMinute(reportedAt)} 首报`;
  const item = { cite: `event:${event.id}`, eventId: event.id };
  if (!seenAt) return [{ ...item, words: `${said}，此前没有人确认预警`, standing: 'unknown' }];
  const ms = Math.max(0, reportedAt.getTime() - seenAt.getTime());
  return [
    {
      ...item,
      words: `${said}，${beijingMinute(seenAt)} 有人确认预警，相隔${durationInWords(ms)}`,
      standing: 'in',
      ms,
    },
  ];
}

function enteredLate(
  { event, releases, conferences, dutyRecords }: MeasuredEvent,
  { period }: MeasureRecords,
): readonly MeasureItem[] {
  const late = [
    ...releases.flatMap(({ id, published, alsoPublished = [] }) =>
      [published, ...alsoPublished].flatMap((one) =>
        one?.lateReason
          ? [
              {
                cite: `release:${id}`,
                at: one.enteredAt ?? one.at,
                what: '发布',
                why: one.lateReason,
              },
            ]
          : [],
      ),
    ),
    ...conferences.flatMap(({ id, heldAt, createdAt, lateReason }) =>
      lateReason && heldAt
        ? [{ cite: `conference:${id}`, at: createdAt, what: '发布会', why: lateReason }]
        : [],
    ),
    ...dutyRecords.flatMap(({ id, recordedAt, lateReason, what }) =>
      lateReason ? [{ cite: `record:${id}`, at: recordedAt, what, why: lateReason }] : [],
    ),
  ];
  return late
    .filter(({ at }) => isIn(period, at))
    .map(({ cite, at, what, why }) => ({
      cite,
      eventId: event.id,
      words: `《${event.title}》${beijingMinute(at)} 补录${what}：${why}`,
      standing: 'in',
    }));
}
