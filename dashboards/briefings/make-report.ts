import { beijingDay, MACHINE, Refused, Turns, type Actor } from '#core';
import { buildDaily } from './build-daily.ts';
import { collectRecords } from './collect-records.ts';
import { flashesOf, makeFlash, owesFlash, type FlashOrder } from './make-flash.ts';
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
  return {
    makeDaily: async (day, actor, at) =>
      await turns.run(async () => await makeDaily(day, actor, at)),
    makeFlash: async (order) => await turns.run(async () => await makeFlash(deps, order)),
    async makeDue(at) {
      let made = 0;
      for (const event of await collecting.stores.events.listOpen()) {
        if (event.isDrill !== collecting.isDrill) continue;
        const countdowns = await collecting.stores.countdowns.listByEvent(event.id);
        if (!owesFlash({ event, countdowns }, pack, at)) continue;
        const order = { eventId: event.id, isFinal: false, by: MACHINE, at };
        // Looked at and made in one turn: a person may ask for it at the same time.
        const report = await turns.run(async () =>
          (await flashesOf(reports, event.id, at)).length > 0
            ? undefined
            : await makeFlash(deps, order),
        );
        if (report) made += 1;
      }
      const day = beijingDay(at);
      const { calendar } = collecting;
      if (!calendar.isWorkday(day) || at < momentOn(day, pack.daily.closesAt)) return made;
      const before = await reports.listOfYear('daily', Number(day.slice(0, 4)));
      const closes = momentOn(day, pack.daily.closesAt);
      if (before.some(({ period: { to } }) => +to === +closes)) return made;
      await turns.run(async () => await makeDaily(day, MACHINE, at));
      return made + 1;
    },
  };
}
