import { addDays, beijingDay, DAY_KIND_WORDS, type NationalCalendar } from '#core';
import { eventIdOf, isOpen, type AlertStore, type Countdown, type CountdownStore } from '#alert';
import type { LeadStore, OpinionEvent, OpinionEventStore, PostStore } from '#analyze';
import type { Measure } from '#measures';
import type {
  AssessmentStore,
  ConferenceStore,
  Evaluation,
  EvaluationStore,
  KeyMessageStore,
  OrderStore,
  ReleaseStore,
  SupervisionStore,
} from '#respond';
import {
  isIn,
  periodBefore,
  type DayAhead,
  type EventFile,
  type Month,
  type Period,
  type ReportRecords,
  type SourceStanding,
} from './records.ts';

/** Where the records of a report are read. */
export interface RecordStores {
  readonly events: OpinionEventStore;
  readonly leads: LeadStore;
  readonly posts: Pick<PostStore, 'countSince' | 'listByEvent'>;
  readonly alerts: AlertStore;
  readonly countdowns: CountdownStore;
  readonly releases: ReleaseStore;
  readonly conferences: ConferenceStore;
  readonly supervisions: Pick<SupervisionStore, 'listNewest'>;
  readonly assessments: Pick<AssessmentStore, 'listByEvent'>;
  readonly keyMessages: Pick<KeyMessageStore, 'listByEvent'>;
  readonly orders: Pick<OrderStore, 'listByEvent'>;
  readonly evaluations: Pick<EvaluationStore, 'findByEvent'>;
}

export interface CollectDeps {
  readonly stores: RecordStores;
  readonly office: string;
  readonly isDrill: boolean;
  readonly calendar: NationalCalendar;
  readonly regionNames: ReadonlyMap<string, string>;
  readonly topicNames: ReadonlyMap<string, string>;
  readonly sensitivePeriods: readonly {
    readonly name: string;
    readonly from: string;
    readonly to: string;
  }[];
  readonly sources: () => Promise<readonly SourceStanding[]>;
}

/** Where the measures of a period are computed. */
export interface MonthDeps {
  readonly measure: (period: Period, at: Date) => Promise<readonly Measure[]>;
}

/** Events read at most; a report of a period needs those of it and of the one before. */
const MOST_EVENTS = 2_000;

const MOST_SUPERVISIONS = 500;

/** Reads what is on record for a period, as it stands now; of all events, or of one whatever its state. */
export async function collectRecords(
  deps: CollectDeps,
  period: Period,
  readAt: Date,
  eventId?: string,
): Promise<ReportRecords> {
  const { stores, office, isDrill, regionNames, topicNames } = deps;
  const before = periodBefore(period);
  const [events, others] = await eventsOf(deps, period, eventId);
  const files: EventFile[] = [];
  for (const event of events) files.push(await fileOf(event, stores));
  const leads = await stores.leads.listSince(before.from);
  const [sinceFrom, sinceTo, open] = await Promise.all([
    stores.posts.countSince(period.from),
    stores.posts.countSince(period.to),
    stores.countdowns.listOpen(),
  ]);
  const lastDay = beijingDay(new Date(period.to.getTime() - 1));
  return {
    office,
    isDrill,
    period,
    readAt,
    files,
    otherCountdowns: open.filter(
      (one) => one.eventId === undefined && isOpen(one) && one.code !== 'REPORT_DUE',
    ),
    countdownsOfOthers: await dueOf(others, period, stores),
    sources: await deps.sources(),
    regionNames,
    topicNames,
    supervisions: (await stores.supervisions.listNewest(MOST_SUPERVISIONS)).filter(
      (one) => one.isDrill === isDrill && one.opened.at < period.to,
    ),
    postCount: sinceFrom - sinceTo,
    leadCount: leads.filter(({ firstSeenAt }) => isIn(period, firstSeenAt)).length,
    leadCountBefore: leads.filter(({ firstSeenAt }) => isIn(before, firstSeenAt)).length,
    ahead: dayAhead(addDays(lastDay, 1), deps),
    days: Array.from({ length: 32 }, (_, after) => dayAhead(addDays(lastDay, after), deps)),
  };
}

function dayAhead(
  day: string,
  { calendar, sensitivePeriods }: Pick<CollectDeps, 'calendar' | 'sensitivePeriods'>,
): DayAhead {
  const kind = calendar.dayOf(day);
  return {
    day,
    words: kind
      ? [DAY_KIND_WORDS[kind.kind], kind.name].filter(Boolean).join('，')
      : '节假日安排未知',
    sensitive: sensitivePeriods
      .filter(({ from, to }) => day >= from && day <= to)
      .map(({ name }) => name),
  };
}

/** The events that a report tells of, and the others. */
async function eventsOf(
  { stores, isDrill }: CollectDeps,
  period: Period,
  eventId: string | undefined,
): Promise<readonly [OpinionEvent[], OpinionEvent[]]> {
  if (eventId !== undefined) {
    const event = await stores.events.findById(eventId);
    return [event?.isDrill === isDrill ? [event] : [], []];
  }
  const before = periodBefore(period);
  const all = (await stores.events.listNewest(MOST_EVENTS)).filter(
    (event) => event.isDrill === isDrill,
  );
  const told = new Set(all.filter((event) => concerns(event, period, before)));
  return [[...told], all.filter((event) => !told.has(event))];
}

/** Countdowns of events due in a period: an event that is over may have had one that was missed. */
async function dueOf(
  events: readonly OpinionEvent[],
  period: Period,
  { countdowns }: Pick<RecordStores, 'countdowns'>,
): Promise<Countdown[]> {
  const due: Countdown[] = [];
  for (const { id } of events.filter(({ state }) => state !== 'merged')) {
    const armed = await countdowns.listByEvent(id);
    due.push(...armed.filter(({ statutoryDueAt }) => isIn(period, statutoryDueAt)));
  }
  return due;
}

/** What came in, what is still open; the one before only to be counted against. */
function concerns(event: OpinionEvent, period: Period, before: Period): boolean {
  if (event.state === 'merged' || event.knownAt.at >= period.to) return false;
  const isOver = event.state === 'closed' || event.state === 'archived';
  return !isOver || event.lastPostAt >= period.from || isIn(before, event.knownAt.at);
}

async function fileOf(event: OpinionEvent, stores: RecordStores): Promise<EventFile> {
  const [leads, countdowns, alerts, releases, conferences] = await Promise.all([
    stores.leads.listByEvent(event.id),
    stores.countdowns.listByEvent(event.id),
    stores.alerts.listByEvent(event.id),
    stores.releases.listByEvent(event.id),
    stores.conferences.listByEvent(event.id),
  ]);
  return {
    event,
    leads,
    countdowns,
    alerts: alerts.filter((alert) => eventIdOf(alert) === event.id),
    releases,
    conferences,
  };
}

/** What a report of a month needs beside the records. */
export async function collectMonth(
  { stores, measure }: Pick<CollectDeps, 'stores'> & MonthDeps,
  { period, files }: ReportRecords,
  readAt: Date,
): Promise<Month> {
  const evaluations = new Map<string, Evaluation>();
  for (const { event } of files) {
    const found = await stores.evaluations.findByEvent(event.id);
    if (found) evaluations.set(event.id, found);
  }
  return { measures: await measure(period, readAt), evaluations };
}
