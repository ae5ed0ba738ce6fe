import { durationInWords } from '#core';
import { toLeadProfile } from './assign-event.ts';
import type { GroupingPack } from './grouping-pack.ts';
import type { Lead } from './lead.ts';
import { sumOfTerms } from './sum-of-terms.ts';

/** How close an event's leads are to what they have in common: mean cosine of each with their sum, 0 to 1. */
export function cohesionOf(leads: readonly Lead[], mostTerms: number): number {
  const centre = new Map(sumOfTerms(leads, mostTerms));
  const length = Math.hypot(...centre.values()) || 1;
  const cosines = leads.map((lead) =>
    toLeadProfile(lead).terms.reduce(
      (sum, [term, weight]) => sum + (weight * (centre.get(term) ?? 0)) / length,
      0,
    ),
  );
  return cosines.reduce((sum, one) => sum + one, 0) / Math.max(1, leads.length);
}

/** Why an event grows as if it drew in what does not belong to it; undefined when it does not. */
export function growthAlarm(
  leads: readonly Lead[],
  { events, regrouping }: GroupingPack,
  at: Date,
): string | undefined {
  const { windowMs, leads: most, cohesionBelow } = regrouping.growth;
  const fresh = leads.filter(({ firstSeenAt }) => at.getTime() - firstSeenAt.getTime() < windowMs);
  if (fresh.length < most) return undefined;
  const cohesion = cohesionOf(leads, events.eventTerms);
  if (cohesion >= cohesionBelow) return undefined;
  return `${durationInWords(windowMs)}内新增${fresh.length}条线索，彼此平均相近度${cohesion.toFixed(2)}（低于${cohesionBelow}）：可能混入别的事，请核看，必要时拆分`;
}
