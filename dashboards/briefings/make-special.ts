import { beijingDay, NotFound, type Actor, type Person } from '#core';
import type { OpinionEvent } from '#analyze';
import { buildSpecial } from './build-special.ts';
import { collectRecords } from './collect-records.ts';
import { collectDossier } from './dossier.ts';
import {
  demandMaker,
  imprintOf,
  newReport,
  nextIssue,
  reportsOn,
  type MakeDeps,
} from './new-report.ts';
import type { ReportPack } from './report-pack.ts';
import type { Report } from './report.ts';

export interface SpecialOrder {
  readonly eventId: string;
  /** Absent when the rules ask for it. */
  readonly person?: Person | undefined;
  readonly by: Actor;
  readonly at: Date;
}

type SpecialRule = Pick<ReportPack['special'], 'grades' | 'afterMs' | 'withinMs' | 'sentWithinMs'>;

/** When a person put the event at one of the pack's grades; the last time, undefined when nobody did. */
export function gravelyGradedAt(
  { gradeHistory }: Pick<OpinionEvent, 'gradeHistory'>,
  { grades }: Pick<SpecialRule, 'grades'>,
): Date | undefined {
  const decided = gradeHistory.filter(({ kind }) => kind === 'confirmed' || kind === 'raised');
  return decided.findLast(({ to }) => grades.includes(to))?.at;
}

/** Whether the rules ask for a 专报 now: a grave grade was confirmed, and there has been time for something to tell. */
export function owesSpecial(
  event: Pick<OpinionEvent, 'gradeHistory'>,
  rule: SpecialRule,
  at: Date,
): boolean {
  const since = gravelyGradedAt(event, rule);
  if (!since) return false;
  const passed = at.getTime() - since.getTime();
  return passed >= rule.afterMs && passed < rule.withinMs;
}

/** The first is due a time after the grade was confirmed; what is asked for later, after it was asked for. */
export function specialDueAt(
  event: Pick<OpinionEvent, 'gradeHistory'>,
  rule: SpecialRule,
  { at, isFirst }: { readonly at: Date; readonly isFirst: boolean },
): Date {
  const since = gravelyGradedAt(event, rule);
  const isFresh = since && at.getTime() - since.getTime() < rule.withinMs;
  const from = isFirst && isFresh ? since : at;
  return new Date(from.getTime() + rule.sentWithinMs);
}

/** A 专报 on an event as it stands; each has a number of its own. @throws {Refused | NotFound} */
export async function makeSpecial(
  deps: MakeDeps,
  { eventId, person, by, at }: SpecialOrder,
): Promise<Report> {
  const { reports, collecting, pack } = deps;
  demandMaker('special', person, pack);
  const { events } = collecting.stores;
  const event = await events.findById(eventId);
  if (!event || event.isDrill !== collecting.isDrill) throw new NotFound(events.kind, eventId);
  const period = { from: event.firstPublicAt, to: at };
  const records = await collectRecords(collecting, period, at, eventId);
  const [file] = records.files;
  if (!file) throw new NotFound(events.kind, eventId);
  const dossier = await collectDossier(collecting, file);
  const before = await reportsOn(reports, 'special', eventId, at);
  const number = before.filter(({ corrects }) => !corrects).length + 1;
  const year = Number(beijingDay(at).slice(0, 4));
  return await nextIssue(reports, { kind: 'special', year }, (issue) =>
    newReport({
      kind: 'special',
      eventId,
      year,
      issue,
      model: buildSpecial(
        records,
        { file, dossier, number },
        imprintOf(pack, 'special', year, issue),
        pack.special,
      ),
      period,
      dueAt: specialDueAt(event, pack.special, { at, isFirst: number === 1 }),
      isDrill: collecting.isDrill,
      actor: by,
      at,
    }),
  );
}
