import type { Alert, Countdown, DutyRecord } from '#alert';
import { mergedFrom, type Lead, type OpinionEvent } from '#analyze';
import type {
  Assessment,
  Evaluation,
  HandlingOrder,
  OutsideNotice,
  PressConference,
  Release,
  ReleaseRegisterEntry,
  RumorCase,
  SupervisionOrder,
} from '#respond';

/** From which moment on, and up to which; the second is not in it. */
export interface Period {
  readonly from: Date;
  readonly to: Date;
}

export const isIn = ({ from, to }: Period, at: Date): boolean => at >= from && at < to;

/** All that measures ask of one event. */
export interface MeasuredEvent {
  readonly event: OpinionEvent;
  readonly leads: readonly Lead[];
  readonly countdowns: readonly Countdown[];
  readonly alerts: readonly Alert[];
  readonly dutyRecords: readonly DutyRecord[];
  readonly releases: readonly Release[];
  readonly conferences: readonly PressConference[];
  readonly orders: readonly HandlingOrder[];
  readonly assessments: readonly Assessment[];
  readonly evaluation: Evaluation | undefined;
}

/** A source that is planned, and whether it can be read now. */
export interface PlannedSource {
  readonly id: string;
  readonly name: string;
  /** 门户网站, 论坛, … */
  readonly kindName: string;
  readonly isHealthy: boolean;
  readonly healthName: string;
}

/** A report that was sent, and the issue that corrects it. */
export interface SentReport {
  readonly id: string;
  /** 舆情日报〔2026〕第12期 */
  readonly name: string;
  readonly isDrill: boolean;
  readonly sentAt: Date;
  readonly correction?:
    | {
        readonly name: string;
        readonly reason: string;
        /** A fact was wrong, not only its wording. */
        readonly isFactual: boolean;
        /** Absent while it is on its way. */
        readonly sentAt?: Date | undefined;
      }
    | undefined;
}

/** What measures are computed from: records as they stood when they were read. Nothing else enters them. */
export interface MeasureRecords {
  /** Only what belongs to a drill is measured, or only what does not. */
  readonly isDrill: boolean;
  readonly period: Period;
  readonly readAt: Date;
  /** Merged ones too: what was due under them before the merge. */
  readonly events: readonly MeasuredEvent[];
  readonly supervisions: readonly SupervisionOrder[];
  readonly rumors: readonly RumorCase[];
  /** Of no event: the replies to matters that were handed down. */
  readonly otherDuties: readonly Countdown[];
  /** Entries of the events above. */
  readonly register: readonly ReleaseRegisterEntry[];
  /** Reports that were sent and cite an event, by event: 舆情日报〔2026〕第12期, … */
  readonly reported: ReadonlyMap<string, string>;
  readonly sentReports: readonly SentReport[];
  readonly outsideNotices: readonly OutsideNotice[];
  readonly sources: readonly PlannedSource[];
  /** Names of the people who are the principal. */
  readonly principals: readonly string[];
  /** Older events than those read are on record: no measure may be taken as whole. */
  readonly isCutOff: boolean;
}

/**
 * Events that stand on their own, each with what was done under those that were merged into it: it was done for the
 * same matter.
 */
export function standing({ events }: Pick<MeasureRecords, 'events'>): readonly MeasuredEvent[] {
  const merged = new Map(
    events.filter(({ event }) => event.state === 'merged').map((file) => [file.event.id, file]),
  );
  return events
    .filter(({ event }) => event.state !== 'merged')
    .map((file) => {
      const theirs = mergedFrom(file.event).flatMap((id) => merged.get(id) ?? []);
      return theirs.length === 0 ? file : joined(file, theirs);
    });
}

function joined(own: MeasuredEvent, theirs: readonly MeasuredEvent[]): MeasuredEvent {
  const all = [...theirs, own];
  return {
    ...own,
    countdowns: all.flatMap(({ countdowns }) => countdowns),
    alerts: all.flatMap(({ alerts }) => alerts),
    dutyRecords: all.flatMap(({ dutyRecords }) => dutyRecords),
    releases: all.flatMap(({ releases }) => releases),
    conferences: all.flatMap(({ conferences }) => conferences),
    orders: all.flatMap(({ orders }) => orders),
    assessments: all.flatMap(({ assessments }) => assessments),
  };
}
