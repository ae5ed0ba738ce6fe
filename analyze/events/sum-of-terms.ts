import { addTerms, type Terms } from './assign-event.ts';
import type { Lead } from './lead.ts';
import { heaviest } from './to-terms.ts';

/** The heaviest terms of an event's leads, added up in the order in which they came. */
export function sumOfTerms(leads: readonly Pick<Lead, 'terms'>[], most: number): Terms {
  const none: ReadonlyMap<string, number> = new Map();
  return heaviest([...leads.reduce((sum, { terms }) => addTerms(sum, terms, most), none)], most);
}
