import { ROLE_WORDS } from '#core';
import { isOpen, type Countdown } from '#alert';
import type { ProvenMoment } from '#analyze';
import type { CountdownView } from '#contract';
import { iso } from './iso.ts';

export function toCountdownView(countdown: Countdown, may: readonly string[] = []): CountdownView {
  const { shadow, satisfiedAt, breachedAt, satisfiedBy } = countdown;
  return {
    id: countdown.id,
    eventId: countdown.eventId,
    eventTitle: countdown.eventTitle,
    code: countdown.code,
    name: countdown.name,
    basis: countdown.basis,
    ruleVersion: countdown.ruleVersion,
    state: countdown.state,
    start: toProvenMomentView(countdown.start),
    shadow: {
      occurredAt: iso(shadow.occurredAt),
      firstPublicAt: iso(shadow.firstPublicAt),
      knownAt: iso(shadow.knownAt),
    },
    statutoryDueAt: iso(countdown.statutoryDueAt),
    managedDueAt: iso(countdown.managedDueAt),
    milestones: countdown.milestones.map(({ ratio, at, firedAt }) => ({
      ratio,
      at: iso(at),
      firedAt: iso(firedAt),
    })),
    satisfiedAt: iso(satisfiedAt),
    satisfiedBy,
    breachedAt: iso(breachedAt),
    isBornBreached: countdown.isBornBreached,
    adjustments: (countdown.adjustments ?? []).map(toAdjustmentView),
    waiver: countdown.waiver && {
      by: countdown.waiver.by.name,
      at: iso(countdown.waiver.at),
      reason: countdown.waiver.reason,
    },
    command: {
      steps: (countdown.command?.steps ?? []).map(({ step, at, names, empty }) => ({
        step: step + 1,
        at: iso(at),
        names: [...names],
        empty: empty.map((role) => ROLE_WORDS[role]),
      })),
      nextAt: iso(countdown.command?.nextAt),
    },
    may: [...may],
  };
}

function toAdjustmentView(one: NonNullable<Countdown['adjustments']>[number]) {
  const { id, until, requestedBy, requestedAt, reason, decidedBy, decidedAt } = one;
  return {
    id,
    until: iso(until),
    by: requestedBy.name,
    at: iso(requestedAt),
    reason,
    ...(decidedBy &&
      decidedAt && {
        answer: {
          isApproved: one.isApproved ?? false,
          by: decidedBy.name,
          at: iso(decidedAt),
          reason: one.answer ?? '',
        },
      }),
  };
}

export function toProvenMomentView({ at, recordId, reason, url }: ProvenMoment): {
  at: string;
  recordId: string;
  reason: string;
  url?: string | undefined;
} {
  return { at: iso(at), recordId, reason, url };
}

const byDue = (a: Countdown, b: Countdown): number =>
  a.statutoryDueAt.getTime() - b.statutoryDueAt.getTime();

/** Those that still ask for something, nearest due first; an unmet breach still does. */
export function openOnes(countdowns: readonly Countdown[]): readonly Countdown[] {
  return countdowns.filter(isOpen).toSorted(byDue);
}
