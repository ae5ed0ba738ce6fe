import { beijingDay, NotFound, Refused, type Actor, type Person } from '#core';
import type { Countdown } from '#alert';
import { gradeOf, type OpinionEvent } from '#analyze';
import { buildFlash } from './build-flash.ts';
import { collectRecords } from './collect-records.ts';
import {
  demandMaker,
  imprintOf,
  newReport,
  nextIssue,
  reportsOn,
  type MakeDeps,
} from './new-report.ts';
import type { ReportStage } from './model.ts';
import type { ReportPack } from './report-pack.ts';
import type { Report, ReportStore } from './report.ts';

export interface FlashOrder {
  readonly eventId: string;
  /** 终报 ends the issue; otherwise it is the 首报, or the next 续报. */
  readonly isFinal: boolean;
  /** Absent when the rules ask for it. */
  readonly person?: Person | undefined;
  readonly by: Actor;
  readonly at: Date;
}

/** Which part of its issue the next 快报 on an event is. @throws {Refused} after the 终报 */
export function nextFlash(
  standing: readonly Pick<Report, 'stage' | 'period'>[],
  isFinal: boolean,
): { readonly stage: ReportStage; readonly part: number; readonly since?: Date } {
  const last = standing.at(-1);
  if (!last) {
    if (isFinal) throw new Refused('FLASH_NOT_BEGUN', '还没有首报，不能出终报');
    return { stage: 'first', part: 0 };
  }
  if (last.stage === 'final') throw new Refused('FLASH_ENDED', '终报已出，这一期快报到此为止');
  const part = standing.length;
  return { stage: isFinal ? 'final' : 'followUp', part, since: last.period.to };
}

type FlashRule = ReportPack['flash'];

/** Whether the rules ask for a 首报: the event reached one of the pack's grades not long ago. */
export function owesFlash(
  event: OpinionEvent,
  { grades, withinMs }: Pick<FlashRule, 'grades' | 'withinMs'>,
  at: Date,
): boolean {
  const since = event.triggeredAt?.at;
  const isFresh = since !== undefined && at.getTime() - since.getTime() < withinMs;
  return isFresh && grades.includes(gradeOf(event));
}

/**
 * Whether the countdown stands whose due time a 首报 must name. Where that one never comes, the report waits for the
 * pack's time only.
 */
export function canNameDue(
  { gradeHistory }: OpinionEvent,
  countdowns: readonly Pick<Countdown, 'code'>[],
  { awaits, awaitsMs }: Pick<FlashRule, 'awaits' | 'awaitsMs'>,
  at: Date,
): boolean {
  const risenAt = gradeHistory.at(-1)?.at.getTime() ?? 0;
  return at.getTime() - risenAt >= awaitsMs || countdowns.some(({ code }) => code === awaits);
}

/** 快报 on an event, in the order of their parts; a correction is no part of the issue that it corrects. */
export const flashesOf = async (
  reports: Pick<ReportStore, 'listOfYear'>,
  eventId: string,
  at: Date,
): Promise<readonly Report[]> =>
  (await reportsOn(reports, 'flash', eventId, at)).filter(({ corrects }) => !corrects);

/** The next 快报 on an event. @throws {Refused | NotFound} */
export async function makeFlash(
  deps: MakeDeps,
  { eventId, isFinal, person, by, at }: FlashOrder,
): Promise<Report> {
  const { reports, collecting, pack } = deps;
  demandMaker('flash', person, pack);
  const { events } = collecting.stores;
  const event = await events.findById(eventId);
  if (!event || event.isDrill !== collecting.isDrill) throw new NotFound(events.kind, eventId);
  const standing = await flashesOf(reports, eventId, at);
  const { stage, part, since } = nextFlash(standing, isFinal);
  const period = { from: event.firstPublicAt, to: at };
  const records = await collectRecords(collecting, period, at, eventId);
  const [file] = records.files;
  if (!file) throw new NotFound(events.kind, eventId);
  const first = standing[0];
  const reporter = person ?? (await deps.reporter(at));
  const year = first?.year ?? Number(beijingDay(at).slice(0, 4));
  const make = (issue: number): Report =>
    newReport({
      kind: 'flash',
      stage,
      eventId,
      year,
      issue,
      part,
      model: buildFlash(
        records,
        {
          file,
          stage,
          reporter: reporter && { name: reporter.name, phone: reporter.phone },
          ...(since && { followUp: { number: part, since } }),
        },
        imprintOf(pack, 'flash', year, issue),
      ),
      period,
      dueAt: new Date(at.getTime() + pack.flash.sentWithinMs),
      isDrill: collecting.isDrill,
      actor: by,
      at,
    });
  if (!first) return await nextIssue(reports, { kind: 'flash', year }, make);
  const report = make(first.issue);
  if (await reports.create(report)) return report;
  throw new Refused('FLASH_MADE', '同一期快报刚刚已经出了，请刷新后再看');
}
