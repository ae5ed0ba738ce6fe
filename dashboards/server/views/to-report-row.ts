import type { Person } from '#core';
import {
  draftNumber,
  REPORT_KIND_NAMES,
  REPORT_STATE_NAMES,
  throughWhom,
  type Instruction,
  type Reader,
  type Report,
} from '#briefings';
import type { InstructionView, ReaderView, ReportRow } from '#contract';
import type { ReportRoom } from '../report-room.ts';
import { iso } from './iso.ts';

const NEXT = { drafted: 'review', reviewed: 'sign', signed: 'send' } as const;
const STEP_NAMES = { review: '审核', sign: '签发', send: '报送' } as const;

/** A report as its page lists it, with what this person may do next. */
export function toReportRow(
  report: Report,
  person: Person,
  room: Pick<ReportRoom, 'whyNot' | 'reading' | 'editing'>,
): ReportRow {
  const { id, model, state, dueAt, createdAt, contentDigest, isDrill, sent, history } = report;
  const step =
    state === 'drafted' || state === 'reviewed' || state === 'signed' ? NEXT[state] : undefined;
  const whyNot = step && room.whyNot(report, step, person);
  return {
    id,
    title: model.title,
    kindName: REPORT_KIND_NAMES[report.kind],
    number: model.header.number,
    stage: report.stage,
    eventId: report.eventId,
    period: model.period,
    state,
    stateName: REPORT_STATE_NAMES[state],
    dueAt: iso(dueAt),
    createdAt: iso(createdAt),
    contentDigest,
    isDrill,
    sentTo: sent?.receivers.map(({ name }) => name) ?? [],
    readers: report.readers.map(toReaderView),
    instructions: report.instructions.map(toInstructionView),
    mayKeep: room.reading.mayKeep(person),
    mayRoute: room.reading.mayRoute(person),
    history: history.map(({ at, actor, what }) => ({ at: iso(at), who: actor.name, what })),
    draft: draftNumber(report),
    mayEdit: room.editing.whyNotEdit(report, person) === undefined,
    mayReturn: room.editing.whyNotReturn(report, person) === undefined,
    ...(report.corrects && {
      corrects: {
        id: report.corrects.id,
        name: report.corrects.name,
        reason: report.corrects.reason,
      },
    }),
    ...(report.correctedBy && { correctedBy: report.correctedBy }),
    mayCorrect: room.editing.whyNotCorrect(report, person) === undefined,
    ...(step && {
      next: { step, name: STEP_NAMES[step], isAllowed: whyNot === undefined, whyNot: whyNot ?? '' },
    }),
  };
}

const toReaderView = ({ personId, name, link, readAt, urgedAt, revoked }: Reader): ReaderView => ({
  personId,
  name,
  linkUntil: iso(link.expiresAt),
  ...(readAt && { readAt: iso(readAt) }),
  ...(urgedAt && { urgedAt: iso(urgedAt) }),
  ...(revoked && {
    revoked: { at: iso(revoked.at), by: revoked.by.name, reason: revoked.reason },
  }),
});

function toInstructionView(instruction: Instruction): InstructionView {
  const { id, at, leader, text, track, event, unit, dueAt, paper, order } = instruction;
  const through = throughWhom(instruction);
  return {
    id,
    at: iso(at),
    leader: leader.name,
    text,
    track,
    ...(order && { orderId: order.id }),
    ...(event && { eventId: event.id, eventTitle: event.title }),
    ...(unit && { unit }),
    dueAt: iso(dueAt),
    ...(through && { through: through.name }),
    ...(paper && {
      paper: { by: paper.by.name, day: paper.day, hasPicture: paper.picture !== undefined },
    }),
  };
}
