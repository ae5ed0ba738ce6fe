import { addDays, beijingDay, DAY_KIND_WORDS, type NationalCalendar } from '#core';
import { eventIdOf, isOpen, type AlertStore, type CountdownStore } from '#alert';
import type { LeadStore, OpinionEvent, OpinionEventStore, PostStore } from '#analyze';
import type { ConferenceStore, ReleaseStore } from '#respond';
import {
  isIn,
  periodBefore,
  type EventFile,
  type Period,
  type ReportRecords,
  type SourceStanding,
} from './records.ts';

/** Where the records of a report are read. */
export interface RecordStores {
  readonly events: OpinionEventStore;
  readonly leads: LeadStore;
  readonly posts: Pick<PostStore, 'countSince'>;
  readonly alerts: AlertStore;
  readonly countdowns: CountdownStore;
  readonly releases: ReleaseStore;
  readonly conferences: ConferenceStore;
}

export interface CollectDeps {
  readonly stores: RecordStores;
  readonly office: string;
  readonly isDrill: boolean;
  readonly calendar: NationalCalendar;
  readonly regionNames: ReadonlyMap<string, string>;
  readonly sensitivePeriods: readonly {
    readonly name: string;
    readonly from: string;
    readonly to: string;
  }[];
  readonly sources: () => Promise<readonly SourceStanding[]>;
}

/** Events read at most; a report of a period needs those of it and of the one before. */
const MOST_EVENTS = 2_000;

/** Reads what is on record for a period, as it stands now; of all events, or of one whatever its state. */
export async function collectRecords(
  deps: CollectDeps,
  period: Period,
  readAt: Date,
  eventId?: string,
): Promise<ReportRecords> {
  const { stores, office, isDrill, calendar, regionNames, sensitivePeriods } = deps;
  const before = periodBefore(period);
  const events = await eventsOf(deps, period, eventId);
  const files: EventFile[] = [];
  for (const event of events) files.push(await fileOf(event, stores));
  const leads = await stores.leads.listSince(before.from);
  const [sinceFrom, sinceTo, open] = await Promise.all([
    stores.posts.countSince(period.from),
    stores.posts.countSince(period.to),
    stores.countdowns.listOpen(),
  ]);
  const day = addDays(beijingDay(new Date(period.to.getTime() - 1)), 1);
  const kind = calendar.dayOf(day);
  return {
    office,
    isDrill,
    period,
    readAt,
    files,
    otherCountdowns: open.filter(
      (one) => one.eventId === undefined && isOpen(one) && one.code !== 'REPORT_DUE',
    ),
    sources: await deps.sources(),
    regionNames,
    postCount: sinceFrom - sinceTo,
    leadCount: leads.filter(({ firstSeenAt }) => isIn(period, firstSeenAt)).length,
    leadCountBefore: leads.filter(({ firstSeenAt }) => isIn(before, firstSeenAt)).length,
    ahead: {
      day,
      words: kind
        ? [DAY_KIND_WORDS[kind.kind], kind.name].filter(Boolean).join('，')
        : '节假日安排未知',
      sensitive: sensitivePeriods
        .filter(({ from, to }) => day >= from && day <= to)
        .map(({ name }) => name),
    },
  };
}

async function eventsOf(
  { stores, isDrill }: CollectDeps,
  period: Period,
  eventId: string | undefined,
): Promise<readonly OpinionEvent[]> {
  if (eventId !== undefined) {
    const event = await stores.events.findById(eventId);
    return event?.isDrill === isDrill ? [event] : [];
  }
  const before = periodBefore(period);
  const events = await stores.events.listNewest(MOST_EVENTS);
  return events.filter((event) => event.isDrill === isDrill && concerns(event, period, before));
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
