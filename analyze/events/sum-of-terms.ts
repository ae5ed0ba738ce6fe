import type { Terms } from './assign-event.ts';
import type { Lead } from './lead.ts';

/** The heaviest terms of an event's leads, added up. */
export function sumOfTerms(leads: readonly Pick<Lead, 'terms'>[], most: number): Terms {
  const sum = new Map<string, number>();
  for (const { terms } of leads) {
    for (const [term, weight] of terms) sum.set(term, (sum.get(term) ?? 0) + weight);
  }
  return [...sum].sort(([, a], [, b]) => b - a).slice(0, most);
}
