import {
  auditEffect,
  beijingDay,
  hasRole,
  idOf,
  Refused,
  ROLE_WORDS,
  type Actor,
  type Effect,
  type Person,
} from '#core';
import { ACTS_TOPIC, type DutyAct } from '#alert';
import { rolesInWords } from '#respond';
import type { Imprint } from './routine-model.ts';
import type { CollectDeps, MonthDeps } from './collect-records.ts';
import type { DossierDeps } from './dossier.ts';
import { REPORT_KIND_NAMES, type ReportModel } from './model.ts';
import type { Period } from './records.ts';
import type { ReportPack } from './report-pack.ts';
import type { RoutineKind } from './report-period.ts';
import { digestOfModel, issueNumber, reportId, type Report, type ReportStore } from './report.ts';

/** Where everything that reports tell of is read. */
export type Collecting = CollectDeps & DossierDeps & MonthDeps;

export interface MakeDeps {
  readonly reports: ReportStore;
  readonly collecting: Collecting;
  readonly pack: ReportPack;
  /** Who is on duty at a moment, and reports where nobody asked for it by name. */
  readonly reporter: (at: Date) => Promise<Pick<Person, 'name' | 'phone'> | undefined>;
}

/** The next number of a kind and year: the id is the number, so no two get one, and none is left out. */
export async function nextIssue(
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

/** Kinds that are made; the others are not there yet. */
export type MadeKind = RoutineKind | 'flash' | 'special';

/** Reports of a kind on one event, oldest first; an issue may have begun the year before. */
export async function reportsOn(
  reports: Pick<ReportStore, 'listOfYear'>,
  kind: 'flash' | 'special',
  eventId: string,
  at: Date,
): Promise<readonly Report[]> {
  const year = Number(beijingDay(at).slice(0, 4));
  const both = await Promise.all(
    [year - 1, year].map(async (one) => await reports.listOfYear(kind, one)),
  );
  return both.flat().filter((report) => report.eventId === eventId);
}

export const mayMake = (kind: MadeKind, person: Person, pack: ReportPack): boolean =>
  hasRole(person, ...pack[kind].reviewers);

/** @throws {Refused} when a person asks for a report that others make; the machine makes what the rules ask for */
export function demandMaker(kind: MadeKind, person: Person | undefined, pack: ReportPack): void {
  if (!person || mayMake(kind, person, pack)) return;
  const who = rolesInWords(pack[kind].reviewers);
  throw new Refused('ROLE_NEEDED', `${REPORT_KIND_NAMES[kind]}须由${who}拟出`, 'forbidden');
}

export function imprintOf(pack: ReportPack, kind: MadeKind, year: number, issue: number): Imprint {
  const { name, marking, mostCharacters, recipients } = pack[kind];
  const to = recipients.map((role) => ROLE_WORDS[role]).join('、');
  return {
    name,
    marking,
    mostCharacters,
    number: issueNumber(year, issue),
    distribution: `报：${to}`,
  };
}

interface NewReport {
  readonly kind: Report['kind'];
  readonly stage?: Report['stage'];
  readonly eventId?: string;
  /** 0 where an issue has one part. */
  readonly part?: number;
  readonly year: number;
  readonly issue: number;
  readonly model: ReportModel;
  readonly period: Period;
  readonly dueAt: Date;
  readonly isDrill: boolean;
  readonly actor: Actor;
  readonly at: Date;
  readonly corrects?: Report['corrects'];
}

/** A drafted report; that its period has ended begins the countdown of its sending. */
export function newReport({
  kind,
  stage,
  eventId,
  part = 0,
  year,
  issue,
  model,
  period,
  dueAt,
  isDrill,
  actor,
  at,
  corrects,
}: NewReport): Report {
  const id = reportId({ kind, year, issue, part });
  const what = `拟出《${model.title}》${model.header.number}`;
  const ended: DutyAct = {
    id: idOf('act', 'reportPeriodEnded', id),
    target: `report:${id}`,
    kind: 'reportPeriodEnded',
    // What was wrong in an old period is to be put right from now on.
    doneAt: corrects ? at : period.to,
    ref: `report:${id}`,
    what: corrects ? `更正${corrects.name}` : `${model.title}截稿`,
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
    ...(stage && { stage }),
    year,
    issue,
    part,
    ...(eventId && { eventId }),
    isDrill,
    state: 'drafted',
    period,
    dueAt,
    model,
    contentDigest: digestOfModel(model),
    madeBy: actor,
    edits: [],
    ...(corrects && { corrects }),
    signatures: [],
    readers: [],
    instructions: [],
    history: [{ at, actor, what }],
    createdAt: at,
  };
}
