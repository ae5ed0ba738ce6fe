import { idOf, laterOf, type Effect } from '#core';
import { ACTS_TOPIC, type DutyAct } from '#alert';
import { transferTarget, type TransferRecord } from './transfer-record.ts';

/** The act of its receipt, which begins the countdown of its reply. */
export const transferActId = ({ id }: Pick<TransferRecord, 'id'>): string =>
  idOf('transferReceived', id);

/**
 * Whose duty the reply is: its own, which outlives every merge of events; the event's where a finding began it, so that
 * one paper never counts twice.
 */
const subjectOf = (transfer: TransferRecord, eventId = transfer.eventId) =>
  transfer.finding && eventId ? { eventId } : { target: transferTarget(transfer) };

/** The first words of it. */
export function transferTitle({ fromBody, theirNo, requirement }: TransferRecord): string {
  const number = theirNo === '' ? '' : `（${theirNo}）`;
  const words = requirement.length > 40 ? `${requirement.slice(0, 40)}……` : requirement;
  return `${fromBody}转办${number}：${words}`;
}

/** The reply is due from the moment of receipt; what a finding began comes to be due sooner, where the paper says so. */
export function receivedEffects(transfer: TransferRecord): Effect[] {
  const { receivedAt, dueAt, finding, isDrill } = transfer;
  if (finding && !dueAt) return [];
  return [
    toEffect({
      id: transferActId(transfer),
      ...subjectOf(transfer),
      kind: 'transferReceived',
      doneAt: finding ? laterOf(receivedAt, finding.at) : receivedAt,
      ref: transferTarget(transfer),
      what: transferTitle(transfer),
      title: transferTitle(transfer),
      ...(dueAt && { dueAt }),
      isDrill,
    }),
  ];
}

/** @param eventId the event under which the matter goes on */
export function repliedEffect(transfer: TransferRecord, eventId: string | undefined): Effect {
  const { id, reply, fromBody } = transfer;
  if (!reply) throw new RangeError(`not replied to: ${id}`);
  return toEffect({
    id: idOf('transferReplied', id),
    ...subjectOf(transfer, eventId),
    kind: 'transferReplied',
    doneAt: reply.at,
    ref: transferTarget(transfer),
    what: `${reply.by.name}向${fromBody}反馈：${reply.text}`,
  });
}

const toEffect = (act: DutyAct): Effect => ({
  topic: ACTS_TOPIC,
  id: act.id,
  key: act.eventId ?? act.target ?? act.id,
  body: act,
});
