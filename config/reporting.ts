import type { NationalCalendar, Now } from '#core';
import type { ChannelKind, DutyReader } from '#alert';
import type { FieldProposal, OpinionEvent } from '#analyze';
import type { MeasureRoom, ReportRoom, SourcesView } from '#server';
import type { Backend } from './backends/embedded.ts';
import type { createHandlingDesk } from './handling-desk.ts';
import type { LinkTo } from './link-to.ts';
import { createMeasureRoom } from './measure-room.ts';
import type { Packs } from './packs.ts';
import { createReadingDesk } from './reading-desk.ts';
import { createCollecting, createReportRoom } from './report-room.ts';
import type { Settings } from './settings.ts';

/** Reports from their records to their readers, and the measures that they tell. */
export function createReporting(parts: {
  readonly backend: Backend;
  readonly settings: Settings;
  readonly packs: Packs;
  readonly calendar: NationalCalendar;
  readonly sources: Pick<SourcesView, 'listHealth'>;
  readonly handling: Pick<ReturnType<typeof createHandlingDesk>, 'ordering' | 'rules'>;
  readonly proposalsOf: (event: OpinionEvent) => Promise<readonly FieldProposal[]>;
  readonly reader: DutyReader;
  readonly channels: ReadonlySet<ChannelKind>;
  readonly reportsPage: () => string;
  readonly linkTo: LinkTo;
  /** What a person did goes on at once. */
  readonly passingOn: <Act, Result>(
    command: (act: Act) => Promise<Result>,
  ) => (act: Act) => Promise<Result>;
  readonly now: Now;
  readonly isDrill: boolean;
}): {
  readonly reports: ReportRoom;
  readonly measures: MeasureRoom;
  /** Makes what is due; and urges who has not read. @returns how many */
  readonly makeDue: (at: Date) => Promise<number>;
  readonly urgeDue: () => Promise<number>;
} {
  const { backend, settings, packs, sources, handling, linkTo, passingOn, isDrill } = parts;
  const measures = createMeasureRoom({ stores: backend, packs, sources, isDrill });
  const common = {
    reports: backend.reports,
    people: backend.people,
    pack: packs.reports,
    link: parts.reportsPage,
    linkFor: (claim: Parameters<LinkTo>[1]) => linkTo('r', claim),
  };
  const reading = createReadingDesk({
    ...common,
    events: backend.events,
    orders: backend.orders,
    pages: backend.pages,
    ordering: handling.ordering,
    proposalsOf: parts.proposalsOf,
    responsibleUnits: handling.rules.responsibleUnits,
    channels: parts.channels,
    now: parts.now,
    isDrill,
  });
  const room = createReportRoom({
    ...common,
    reading: {
      ...reading,
      receive: passingOn(reading.receive),
      instruct: passingOn(reading.instruct),
      register: passingOn(reading.register),
      route: passingOn(reading.route),
      renew: passingOn(reading.renew),
    },
    fonts: settings.office.fonts,
    collecting: createCollecting({
      stores: backend,
      settings,
      calendar: parts.calendar,
      sources,
      topics: packs.topics.topics,
      questions: packs.judging.questions,
      measure: measures.measure,
      isDrill,
    }),
    reporter: async (at) => {
      const [seat] = (await parts.reader.onDuty(at)).first;
      return seat && (await backend.people.findById(seat.personId));
    },
  });
  return {
    reports: {
      ...room,
      makeRoutine: passingOn(room.makeRoutine),
      makeFlash: passingOn(room.makeFlash),
      makeSpecial: passingOn(room.makeSpecial),
      pass: passingOn(room.pass),
    },
    measures: { ...measures, record: passingOn(measures.record) },
    makeDue: room.makeDue,
    urgeDue: reading.urgeDue,
  };
}
