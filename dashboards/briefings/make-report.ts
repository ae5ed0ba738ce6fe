import { beijingDay, MACHINE, Refused, Turns, type Actor } from '#core';
import { buildDaily } from './build-daily.ts';
import { collectRecords } from './collect-records.ts';
import { canNameDue, flashesOf, makeFlash, owesFlash, type FlashOrder } from './make-flash.ts';
import { imprintOf, newReport, nextIssue, type MakeDeps } from './new-report.ts';
import { dailyPeriod, momentOn } from './report-period.ts';
import type { Report } from './report.ts';

export interface ReportMaker {
  /** The daily report of a day; the one that stands already, when it was made before. */
  makeDaily(day: string, actor: Actor, at: Date): Promise<Report>;
  /** The next 快报 on an event. @throws {Refused | NotFound} */
  makeFlash(order: FlashOrder): Promise<Report>;
  /** Makes what is due by now and not there. @returns how many were made */
  makeDue(this: void, at: Date): Promise<number>;
}

/** Makes reports and gives them their numbers, one after the other. */
export function createReportMaker(deps: MakeDeps): ReportMaker {
  const turns = new Turns();
  const { collecting, pack, reports } = deps;

  const makeDaily = async (day: string, actor: Actor, at: Date): Promise<Report> => {
    const period = dailyPeriod(day, pack.daily.closesAt, collecting.calendar);
    const year = Number(day.slice(0, 4));
    const made = (await reports.listOfYear('daily', year)).find(
      ({ period: { to } }) => +to === +period.to,
    );
    if (made) return made;
    if (at < period.to) {
      throw new Refused(
        'REPORT_NOT_CLOSED',
        `${day} 的日报 ${pack.daily.closesAt} 截稿，现在还不能出`,
      );
    }
    const records = await collectRecords(collecting, period, at);
    return await nextIssue(reports, { kind: 'daily', year }, (issue) =>
      newReport({
        kind: 'daily',
        year,
        issue,
        model: buildDaily(records, imprintOf(pack, 'daily', year, issue)),
        period,
        dueAt: momentOn(day, pack.daily.sentBy),
        isDrill: collecting.isDrill,
        actor,
        at,
      }),
    );
  };
  /** Each looks and makes in one turn: a person may ask for the same one meanwhile. */
  type Job = () => Promise<boolean>;

  const flashesDue = async (at: Date): Promise<Job[]> => {
    const { events, countdowns } = collecting.stores;
    const jobs: Job[] = [];
    for (const event of await events.listOpen()) {
      if (event.isDrill !== collecting.isDrill || !owesFlash(event, pack.flash, at)) continue;
      jobs.push(async () => {
        const eventId = event.id;
        if ((await flashesOf(reports, eventId, at)).length > 0) return false;
        const armed = await countdowns.listByEvent(eventId);
        if (!canNameDue(event, armed, pack.flash, at)) return false;
        await makeFlash(deps, { eventId, isFinal: false, by: MACHINE, at });
        return true;
      });
    }
    return jobs;
  };

  const dailyDue = (at: Date): Job[] => {
    const day = beijingDay(at);
    const closes = momentOn(day, pack.daily.closesAt);
    if (!collecting.calendar.isWorkday(day) || at < closes) return [];
    return [
      async () => {
        const before = await reports.listOfYear('daily', Number(day.slice(0, 4)));
        if (before.some(({ period: { to } }) => +to === +closes)) return false;
        await makeDaily(day, MACHINE, at);
        return true;
      },
    ];
  };

  return {
    makeDaily: async (day, actor, at) =>
      await turns.run(async () => await makeDaily(day, actor, at)),
    makeFlash: async (order) => await turns.run(async () => await makeFlash(deps, order)),
    async makeDue(at) {
      const failures: unknown[] = [];
      let made = 0;
      // One that cannot be made keeps no other from being made; it is told at the end.
      for (const make of [...(await flashesDue(at)), ...dailyDue(at)]) {
        try {
          if (await turns.run(make)) made += 1;
        } catch (error) {
          failures.push(error);
        }
      }
      if (failures.length > 0) {
        throw new AggregateError(failures, `${failures.length} 份报告没有拟成`);
      }
      return made;
    },
  };
}
