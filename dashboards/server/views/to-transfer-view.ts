import type { Actor } from '#core';
import type { Countdown } from '#alert';
import { replyMs, TRANSFER_STATE_NAMES, type TransferRecord } from '#respond';
import type { TransferView } from '#contract';
import { iso } from './iso.ts';
import { toCountdownView, type CountdownSeen } from './to-countdown-view.ts';

const byWhom = ({ at, by }: { readonly at: Date; readonly by: Actor }) => ({
  at: iso(at),
  by: by.name,
});

export interface TransferAround {
  readonly eventTitle?: string | undefined;
  /** The countdown of its reply. */
  readonly duty?: Countdown | undefined;
  /** What the person who asks may do about that. */
  readonly dutySeen?: CountdownSeen | undefined;
  readonly at: Date;
  /** Steps that the person who asks may take now. */
  readonly may: readonly string[];
}

/** When its reply is due: as its countdown has it, else as the paper has it. */
export const dueAtOf = (transfer: TransferRecord, duty: Countdown | undefined) =>
  duty?.statutoryDueAt ?? transfer.dueAt;

export function isOverdue(
  transfer: TransferRecord,
  duty: Countdown | undefined,
  at: Date,
): boolean {
  const dueAt = dueAtOf(transfer, duty);
  const hasEnded = duty?.satisfiedAt !== undefined || endedIn(duty) !== undefined;
  return !transfer.reply && !hasEnded && dueAt !== undefined && at >= dueAt;
}

function endedIn(duty: Countdown | undefined): string | undefined {
  if (duty?.state === 'waived') return `已豁免（${duty.waiver?.by.name ?? ''}）`;
  return duty?.state === 'cancelled' ? '已取消' : undefined;
}

export function toTransferView(
  transfer: TransferRecord,
  { eventTitle, duty, dutySeen, at, may }: TransferAround,
): TransferView {
  const { id, eventId, isDrill, fromBody, theirNo, requirement, state } = transfer;
  const { reply, closed } = transfer;
  const dueAt = dueAtOf(transfer, duty);
  const dutyEnded =
    endedIn(duty) ?? (duty?.satisfiedAt && !reply ? '已在办理记录里登记反馈' : undefined);
  return {
    id,
    ...(eventId && { eventId }),
    ...(eventTitle && { eventTitle }),
    isDrill,
    fromBody,
    theirNo,
    receivedAt: iso(transfer.receivedAt),
    requirement,
    ...(dueAt && { dueAt: iso(dueAt) }),
    isDueByRule: transfer.dueAt === undefined,
    isOverdue: isOverdue(transfer, duty, at),
    ...(duty && { duty: toCountdownView(duty, dutySeen) }),
    ...(dutyEnded && { dutyEnded }),
    state,
    stateName: TRANSFER_STATE_NAMES[state],
    registered: byWhom(transfer.registered),
    assigned: transfer.assigned.map((one) => ({
      ...byWhom(one),
      unit: one.unit,
      told: [...one.told],
    })),
    ...(reply && {
      reply: {
        ...byWhom(reply),
        enteredAt: iso(reply.enteredAt),
        text: reply.text,
        ref: reply.ref,
        ...(reply.lateReason && { lateReason: reply.lateReason }),
        tookMs: replyMs(transfer) ?? 0,
        isLate: dueAt !== undefined && reply.at > dueAt,
      },
    }),
    ...(closed && { closed: byWhom(closed) }),
    history: transfer.history.map(({ at: when, actor, what }) => ({
      at: iso(when),
      by: actor.name,
      what,
    })),
    may: [...may],
  };
}
