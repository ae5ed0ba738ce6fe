import { beijingDay, MACHINE, Refused, Turns, type Actor, type Person } from '#core';
import { prepareRoutine } from './build-routine.ts';
import { makeCorrection, type CorrectionOrder } from './correct-report.ts';
import { canNameDue, makeFlash, owesFlash, type FlashOrder } from './make-flash.ts';
import { makeSpecial, owesSpecial, type SpecialOrder } from './make-special.ts';
import {
  demandMaker,
  imprintOf,
  newReport,
  nextIssue,
  reportsOn,
  type MakeDeps,
} from './new-report.ts';
import { REPORT_KIND_NAMES } from './model.ts';
import type { Period } from './records.ts';
import {
  momentOn,
  routineIssue,
  ROUTINE_KINDS,
  type RoutineIssue,
  type RoutineKind,
} from './report-period.ts';
import type { Report } from './report.ts';

export interface RoutineOrder {
  readonly kind: RoutineKind;
  /** `yyyy-MM-dd`, Beijing. */
  readonly day: string;
  /** Absent when the rules ask for it. */
  readonly person?: Person | undefined;
  readonly by: Actor;
  readonly at: Date;
}

export interface ReportMaker {
  /** The report of a day or its week; the one that stands already, when it was made before. */
  makeRoutine(order: RoutineOrder): Promise<Report>;
  /** The next 快报 on an event. @throws {Refused | NotFound} */
  makeFlash(order: FlashOrder): Promise<Report>;
  /** A 专报 on an event as it stands. @throws {Refused | NotFound} */
  makeSpecial(order: SpecialOrder): Promise<Report>;
  /** The next issue of its kind, to put right one that was sent. @throws {Refused | NotFound} */
  makeCorrection(order: CorrectionOrder): Promise<Report>;
  /** Makes what is due by now and not there. @returns how many were made */
  makeDue(this: void, at: Date): Promise<number>;
}

/** Makes reports and gives them their numbers, one after the other. */
export function createReportMaker(deps: MakeDeps): ReportMaker {
  const turns = new Turns();
  const { collecting, pack, reports } = deps;

  /** Made once and for all: what was found is not looked for again each minute. */
  const known = new Set<string>();
  const isMade = async (kind: RoutineKind, { day, period }: RoutineIssue): Promise<boolean> => {
    if (known.has(`${kind}@${day}`)) return true;
    const made = await standing(kind, day, period);
    if (made) known.add(`${kind}@${day}`);
    return made !== undefined;
  };
  const standing = async (
    kind: RoutineKind,
    day: string,
    { to }: Period,
  ): Promise<Report | undefined> =>
    (await reports.listOfYear(kind, Number(day.slice(0, 4)))).find(
      ({ period }) => +period.to === +to,
    );

  const makeRoutine = async ({
    kind,
    day: asked,
    person,
    by,
    at,
  }: RoutineOrder): Promise<Report> => {
    demandMaker(kind, person, pack);
    const { day, period } = routineIssue(kind, asked, pack, collecting.calendar);
    const made = await standing(kind, day, period);
    if (made) return made;
    const { closesAt, sentBy } = pack[kind];
    if (at < period.to) {
      throw new Refused(
        'REPORT_NOT_CLOSED',
        `${day} 的${REPORT_KIND_NAMES[kind]} ${closesAt} 截稿，现在还不能出`,
      );
    }
    const onDuty = await deps.reporter(at);
    const build = await prepareRoutine(collecting, { kind, period, at, onDuty });
    const year = Number(day.slice(0, 4));
    return await nextIssue(reports, { kind, year }, (issue) =>
      newReport({
        kind,
        year,
        issue,
        model: build(imprintOf(pack, kind, year, issue)),
        period,
        dueAt: momentOn(day, sentBy),
        isDrill: collecting.isDrill,
        actor: by,
        at,
      }),
    );
  };

  /** Each looks and makes in one turn: a person may ask for the same one meanwhile. */
  type Job = () => Promise<boolean>;

  /** Asked at every look, of every grave event: what was found once is not read again. */
  const hasBegun = async (
    kind: 'flash' | 'special',
    eventId: string,
    at: Date,
  ): Promise<boolean> => {
    const key = `${kind}@${eventId}`;
    if (known.has(key)) return true;
    if ((await reportsOn(reports, kind, eventId, at)).length === 0) return false;
    known.add(key);
    return true;
  };

  const flashesDue = async (at: Date): Promise<Job[]> => {
    const { events, countdowns } = collecting.stores;
    const jobs: Job[] = [];
    for (const event of await events.listOpen()) {
      if (event.isDrill !== collecting.isDrill || !owesFlash(event, pack.flash, at)) continue;
      jobs.push(async () => {
        const eventId = event.id;
        if (await hasBegun('flash', eventId, at)) return false;
        const armed = await countdowns.listByEvent(eventId);
        if (!canNameDue(event, armed, pack.flash, at)) return false;
        await makeFlash(deps, { eventId, isFinal: false, by: MACHINE, at });
        return true;
      });
    }
    return jobs;
  };

  const specialsDue = async (at: Date): Promise<Job[]> => {
    const open = await collecting.stores.events.listOpen();
    return open
      .filter((event) => event.isDrill === collecting.isDrill)
      .filter((event) => owesSpecial(event, pack.special, at))
      .map(({ id: eventId }) => async () => {
        if (await hasBegun('special', eventId, at)) return false;
        await makeSpecial(deps, { eventId, by: MACHINE, at });
        return true;
      });
  };

  /** A product that stood not yet heard nothing: it may not say that nothing was. */
  const hasHeard = async (until: Date): Promise<boolean> => {
    const { posts } = collecting.stores;
    return (await posts.countSince(new Date(0))) > (await posts.countSince(until));
  };

  /** The reports whose time has come today. */
  const routinesDue = (at: Date): Job[] => {
    const today = beijingDay(at);
    return ROUTINE_KINDS.map((kind) => async () => {
      const issue = routineIssue(kind, today, pack, collecting.calendar);
      const isTime =
        issue.isDueByItself &&
        issue.day === today &&
        at >= momentOn(today, pack[kind].closesAt) &&
        at < momentOn(today, pack[kind].madeUpUntil);
      if (!isTime || (await isMade(kind, issue)) || !(await hasHeard(issue.period.to))) {
        return false;
      }
      await makeRoutine({ kind, day: today, by: MACHINE, at });
      return true;
    });
  };

  return {
    makeRoutine: async (order) => await turns.run(async () => await makeRoutine(order)),
    makeFlash: async (order) => await turns.run(async () => await makeFlash(deps, order)),
    makeSpecial: async (order) => await turns.run(async () => await makeSpecial(deps, order)),
    makeCorrection: async (order) => await turns.run(async () => await makeCorrection(deps, order)),
    async makeDue(at) {
      const failures: unknown[] = [];
      let made = 0;
      // One that cannot be made keeps no other from being made; it is told at the end.
      const due = [...(await flashesDue(at)), ...(await specialsDue(at)), ...routinesDue(at)];
      for (const make of due) {
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
