import { ROLE_WORDS } from '#core';
import { isOpen, type BreachCause, type Countdown } from '#alert';
import type { ProvenMoment } from '#analyze';
import type { BreachCauseView, CountdownView } from '#contract';
import type { CauseAsked } from '../deps.ts';
import { iso } from './iso.ts';

/** What the person who asks may do to a countdown. */
export interface CountdownSeen {
  readonly may: readonly string[];
  readonly cause: CauseAsked;
}

const NOTHING: CountdownSeen = { may: [], cause: { isOwed: false, reasons: [] } };

export function toCountdownView(
  countdown: Countdown,
  { may, cause }: CountdownSeen = NOTHING,
): CountdownView {
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
    causes: (countdown.causes ?? []).map(toCauseView),
    owesCause: cause.isOwed,
    causeReasons: cause.reasons.map((one) => ({ ...one })),
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

export const toCauseView = ({ reasonName, words, by, at }: BreachCause): BreachCauseView => ({
  reasonName,
  words,
  by: by.name,
  at: iso(at),
});

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
