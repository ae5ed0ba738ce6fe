import {
  auditEffect,
  beijingDay,
  idOf,
  MACHINE,
  Refused,
  ROLE_WORDS,
  Turns,
  type Actor,
  type Effect,
} from '#core';
import { ACTS_TOPIC, type DutyAct } from '#alert';
import type { Imprint } from './build-daily.ts';
import { buildDaily } from './build-daily.ts';
import { collectRecords, type CollectDeps } from './collect-records.ts';
import type { ReportModel } from './model.ts';
import type { Period } from './records.ts';
import { dailyPeriod, momentOn } from './report-period.ts';
import type { ReportPack } from './report-pack.ts';
import { digestOfModel, reportId, type Report, type ReportStore } from './report.ts';

export interface MakeDeps {
  readonly reports: ReportStore;
  readonly collecting: CollectDeps;
  readonly pack: ReportPack;
}

export interface ReportMaker {
  /** The daily report of a day; the one that stands already, when it was made before. */
  makeDaily(day: string, actor: Actor, at: Date): Promise<Report>;
  /** Makes the daily report that is due by now and not there. @returns how many were made */
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
    return await number(reports, { kind: 'daily', year }, (issue) =>
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
    async makeDue(at) {
      const day = beijingDay(at);
      const { calendar } = collecting;
      if (!calendar.isWorkday(day) || at < momentOn(day, pack.daily.closesAt)) return 0;
      const before = await reports.listOfYear('daily', Number(day.slice(0, 4)));
      const closes = momentOn(day, pack.daily.closesAt);
      if (before.some(({ period: { to } }) => +to === +closes)) return 0;
      await turns.run(async () => await makeDaily(day, MACHINE, at));
      return 1;
    },
  };
}

/** The next number of a kind and year: the id is the number, so no two get one, and none is left out. */
async function number(
  reports: ReportStore,
  { kind, year }: Pick<Report, 'kind' | 'year'>,
  make: (issue: number) => Report,
): Promise<Report> {
  let issue = ((await reports.listOfYear(kind, year)).at(-1)?.issue ?? 0) + 1;
  for (;;) {
    const report = make(issue);
    if (await reports.create(report)) return report;
    issue += 1;
  }
}

export function imprintOf(
  pack: ReportPack,
  kind: 'daily' | 'flash',
  year: number,
  issue: number,
): Imprint {
  const { name, marking, mostCharacters, recipients } = pack[kind];
  const to = recipients.map((role) => ROLE_WORDS[role]).join('、');
  return {
    name,
    marking,
    mostCharacters,
    number: `〔${year}〕第${issue}期`,
    distribution: `报：${to}`,
  };
}

interface NewReport {
  readonly kind: Report['kind'];
  readonly year: number;
  readonly issue: number;
  readonly model: ReportModel;
  readonly period: Period;
  readonly dueAt: Date;
  readonly isDrill: boolean;
  readonly actor: Actor;
  readonly at: Date;
}

/** A drafted report; that its period has ended begins the countdown of its sending. */
export function newReport({
  kind,
  year,
  issue,
  model,
  period,
  dueAt,
  isDrill,
  actor,
  at,
}: NewReport): Report {
  const id = reportId({ kind, year, issue, part: 0 });
  const what = `拟出《${model.title}》${model.header.number}`;
  const ended: DutyAct = {
    id: idOf('act', 'reportPeriodEnded', id),
    target: `report:${id}`,
    kind: 'reportPeriodEnded',
    doneAt: period.to,
    ref: `report:${id}`,
    what: `${model.title}截稿`,
    title: `${model.title}${model.header.number}`,
    dueAt,
    isDrill,
  };
  const act: Effect = { topic: ACTS_TOPIC, id: ended.id, key: `report:${id}`, body: ended };
  return {
    id,
    revision: 1,
    effects: [act, auditEffect({ at, actor, act: what, target: `report:${id}` })],
    kind,
    year,
    issue,
    part: 0,
    isDrill,
    state: 'drafted',
    period,
    dueAt,
    model,
    contentDigest: digestOfModel(model),
    madeBy: actor,
    signatures: [],
    history: [{ at, actor, what }],
    createdAt: at,
  };
}
