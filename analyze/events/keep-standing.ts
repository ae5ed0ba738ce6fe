import { isAbove } from '#core';
import type { Replay } from '../grade/replay-grade.ts';
import type { KeptStanding, OpinionEvent, ProvenMoment } from './opinion-event.ts';

export type Standing = Omit<KeptStanding, 'regroupingId' | 'eventId'>;

/**
 * What a replay found, but nothing less than what stood before a regrouping: the gravest proposal and the
 * earliest starts. Sums of two events can be lower than one of them was (a rate over more posts before), and the
 * machine never lowers.
 */
export function keepStanding(replay: Replay, kept: readonly Standing[]): Replay {
  return kept.reduce((found, before): Replay => {
    const triggeredAt = earlier(found.triggeredAt, before.triggeredAt);
    const mustRespondAt = earlier(found.mustRespondAt, before.mustRespondAt);
    return {
      ...found,
      proposal: isAbove(before.proposal.grade, found.proposal.grade)
        ? before.proposal
        : found.proposal,
      knownAt: earlier(found.knownAt, before.knownAt) ?? found.knownAt,
      ...(triggeredAt && { triggeredAt }),
      ...(mustRespondAt && { mustRespondAt }),
      mustRespondReasons: [...new Set([...found.mustRespondReasons, ...before.mustRespondReasons])],
    };
  }, replay);
}

/** How an event stands now, to be kept through a regrouping. */
export function standingOf(event: OpinionEvent, regroupingId: string): KeptStanding {
  const { id: eventId, proposal, knownAt, triggeredAt, mustRespondAt, mustRespondReasons } = event;
  return {
    regroupingId,
    eventId,
    proposal,
    knownAt,
    ...(triggeredAt && { triggeredAt }),
    ...(mustRespondAt && { mustRespondAt }),
    mustRespondReasons: [...mustRespondReasons],
  };
}

/** The earlier of two; the first of two at one moment. */
export function earlier(
  a: ProvenMoment | undefined,
  b: ProvenMoment | undefined,
): ProvenMoment | undefined {
  if (!a || !b) return a ?? b;
  return b.at < a.at ? b : a;
}
