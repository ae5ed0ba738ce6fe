import { DAY_MS } from '#core';
import {
  eventIdOf,
  type AlertStore,
  type Countdown,
  type CountdownStore,
  type DutyRecordStore,
} from '#alert';
import type { LeadStore, OpinionEvent, OpinionEventStore } from '#analyze';
import {
  transferTarget,
  type AssessmentStore,
  type ConferenceStore,
  type EvaluationStore,
  type OrderStore,
  type OutsideNoticeStore,
  type ReleaseRegister,
  type ReleaseStore,
  type RumorStore,
  type SupervisionStore,
  type TransferStore,
} from '#respond';
import type { MeasuredEvent, MeasureRecords, Period } from './records.ts';

/** Where the records of measures are read. */
export interface MeasureStores {
  readonly events: Pick<OpinionEventStore, 'listNewest'>;
  readonly leads: Pick<LeadStore, 'listByEvent'>;
  readonly alerts: Pick<AlertStore, 'listByEvent'>;
  readonly countdowns: Pick<CountdownStore, 'listByEvent'>;
  readonly dutyRecords: Pick<DutyRecordStore, 'listByEvent'>;
  readonly releases: Pick<ReleaseStore, 'listByEvent'>;
  readonly register: Pick<ReleaseRegister, 'listByEvent'>;
  readonly conferences: Pick<ConferenceStore, 'listByEvent'>;
  readonly orders: Pick<OrderStore, 'listByEvent'>;
  readonly assessments: Pick<AssessmentStore, 'listByEvent'>;
  readonly evaluations: Pick<EvaluationStore, 'findByEvent'>;
  readonly supervisions: Pick<SupervisionStore, 'listNewest'>;
  readonly rumors: Pick<RumorStore, 'listNewest'>;
  readonly transfers: Pick<TransferStore, 'listNewest'>;
  readonly outsideNotices: Pick<OutsideNoticeStore, 'listAll'>;
}

export interface MeasureDeps {
  readonly stores: MeasureStores;
  readonly isDrill: boolean;
  readonly sources: () => Promise<MeasureRecords['sources']>;
  readonly reported: () => Promise<MeasureRecords['reported']>;
  readonly sentReports: () => Promise<MeasureRecords['sentReports']>;
  readonly principals: () => Promise<MeasureRecords['principals']>;
  /** Lets others take their turn: years of events are read. */
  readonly breathe: () => Promise<void>;
}

const MOST_EVENTS = 10_000;
const MOST_SUPERVISIONS = 5_000;
const MOST_RUMORS = 5_000;
const MOST_TRANSFERS = 5_000;
const AT_ONCE = 10;
/** Of a closed event nothing falls due so long after its last post. */
const LONG_OVER_MS = 400 * DAY_MS;

/** Reads what is on record, as it stands now. */
export async function collectMeasures(
  deps: MeasureDeps,
  period: Period,
  readAt: Date,
): Promise<MeasureRecords> {
  const { stores, isDrill } = deps;
  const newest = await stores.events.listNewest(MOST_EVENTS);
  const outsideNotices = await stores.outsideNotices.listAll();
  // What was heard of from outside may have come to be known here only after the period.
  const named = new Set(outsideNotices.flatMap(({ eventId }) => eventId ?? []));
  const asked = newest.filter(
    (event) => event.isDrill === isDrill && (named.has(event.id) || mayConcern(event, period)),
  );
  const events: MeasuredEvent[] = [];
  const register: MeasureRecords['register'][number][] = [];
  for (const [number, event] of asked.entries()) {
    if (number % AT_ONCE === 0) await deps.breathe();
    const file = await fileOf(event, stores);
    events.push(file);
    if (file.releases.length > 0) register.push(...(await stores.register.listByEvent(event.id)));
  }
  return {
    isDrill,
    period,
    readAt,
    events,
    register,
    supervisions: await stores.supervisions.listNewest(MOST_SUPERVISIONS),
    rumors: await stores.rumors.listNewest(MOST_RUMORS),
    otherDuties: await transferDuties(deps, period),
    reported: await deps.reported(),
    sentReports: await deps.sentReports(),
    outsideNotices,
    sources: await deps.sources(),
    principals: await deps.principals(),
    isCutOff: newest.length === MOST_EVENTS,
  };
}

/** The countdowns of replies, which belong to no event; a reply is due after the matter was received. */
async function transferDuties(
  { stores, breathe }: MeasureDeps,
  { to }: Period,
): Promise<readonly Countdown[]> {
  const received = (await stores.transfers.listNewest(MOST_TRANSFERS)).filter(
    ({ receivedAt }) => receivedAt < to,
  );
  const duties: Countdown[] = [];
  for (const [number, transfer] of received.entries()) {
    if (number % AT_ONCE === 0) await breathe();
    duties.push(...(await stores.countdowns.listByEvent(transferTarget(transfer))));
  }
  return duties;
}

function mayConcern(event: OpinionEvent, { from, to }: Period): boolean {
  if (event.knownAt.at >= to) return false;
  const isOver = ['closed', 'archived', 'merged'].includes(event.state);
  return !isOver || from.getTime() - event.lastPostAt.getTime() < LONG_OVER_MS;
}

async function fileOf(event: OpinionEvent, stores: MeasureStores): Promise<MeasuredEvent> {
  const { id } = event;
  const alerts = await stores.alerts.listByEvent(id);
  return {
    event,
    leads: await stores.leads.listByEvent(id),
    countdowns: await stores.countdowns.listByEvent(id),
    alerts: alerts.filter((alert) => eventIdOf(alert) === id),
    dutyRecords: await stores.dutyRecords.listByEvent(id),
    releases: await stores.releases.listByEvent(id),
    conferences: await stores.conferences.listByEvent(id),
    orders: await stores.orders.listByEvent(id),
    assessments: await stores.assessments.listByEvent(id),
    evaluation: await stores.evaluations.findByEvent(id),
  };
}
