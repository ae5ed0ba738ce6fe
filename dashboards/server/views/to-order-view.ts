import { MACHINE, type Actor, type Person } from '#core';
import { ORDER_STATE_NAMES, ORDER_TRACK_NAMES, type HandlingOrder } from '#respond';
import type { OrderView } from '#contract';
import { iso } from './iso.ts';

const byWhom = ({ at, by }: { readonly at: Date; readonly by: Actor }) => ({
  at: iso(at),
  by: by.name,
});

/** @param may steps that this person may take now */
export function toOrderView(
  order: HandlingOrder,
  person: Person,
  may: readonly string[],
): OrderView {
  const { accepted, signedLate, result, dueAt, instructed, publishingUnit } = order;
  const { leadUnit, assistUnits } = order;
  return {
    id: order.id,
    eventId: order.eventId,
    eventTitle: order.eventTitle,
    isDrill: order.isDrill,
    grade: order.grade,
    track: order.track,
    trackName: ORDER_TRACK_NAMES[order.track],
    leadUnit,
    assistUnits: [...assistUnits],
    task: order.task,
    ...(dueAt && { dueAt: iso(dueAt) }),
    ...(order.decisionId && { decisionId: order.decisionId }),
    ...(instructed && {
      instructed: {
        leader: instructed.leader.name,
        reportName: instructed.reportName,
        ...(instructed.through && { through: instructed.through.name }),
      },
    }),
    ...(publishingUnit && { publishingUnit }),
    issued: byWhom(order.issued),
    acceptDueAt: iso(order.acceptDueAt),
    state: order.state,
    stateName: ORDER_STATE_NAMES[order.state],
    ...(accepted && { accepted: byWhom(accepted) }),
    isAcceptedBySilence: accepted?.by.personId === MACHINE.personId,
    ...(signedLate && { signedLate: byWhom(signedLate) }),
    returns: order.returns.map(({ unit, reason, suggestedUnit, ...when }) => ({
      ...byWhom(when),
      unit,
      reason,
      suggestedUnit,
    })),
    isFinal: order.isFinal,
    progress: order.progress.map(({ unit, text, ...when }) => ({ ...byWhom(when), unit, text })),
    ...(result && {
      result: { ...byWhom(result), text: result.text, evidence: [...result.evidence] },
    }),
    may: [...may],
    isMine: [leadUnit, ...assistUnits].includes(person.unit),
  };
}
