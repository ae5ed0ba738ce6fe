import { heaviest } from './to-terms.ts';
import { countyOf } from '../facts/region.ts';
import type { EventProfile, LeadProfile } from './assign-event.ts';
import type { GroupingPack } from './grouping-pack.ts';

type Rule = GroupingPack['events']['candidates'];

/**
 * Open events by their heaviest terms, and by matter and district: only those that share one with a lead are worth
 * a closer look.
 */
export class EventIndex {
  readonly #rule: Rule;
  readonly #events = new Map<string, EventProfile>();
  readonly #termsOf = new Map<string, readonly string[]>();
  readonly #byTerm = new Map<string, Set<string>>();

  constructor(rule: Rule) {
    this.#rule = rule;
  }

  get(eventId: string): EventProfile | undefined {
    return this.#events.get(eventId);
  }

  values(): Iterable<EventProfile> {
    return this.#events.values();
  }

  put(event: EventProfile): void {
    this.#events.set(event.id, event);
    const before = new Set(this.#termsOf.get(event.id));
    const terms = [
      ...heaviest([...event.terms], this.#rule.eventTerms).map(([term]) => term),
      ...mattersAt(event),
    ];
    for (const term of terms) {
      if (before.delete(term)) continue;
      const ids = this.#byTerm.get(term);
      if (ids) ids.add(event.id);
      else this.#byTerm.set(term, new Set([event.id]));
    }
    for (const term of before) this.#drop(term, event.id);
    this.#termsOf.set(event.id, terms);
  }

  delete(eventId: string): void {
    for (const term of this.#termsOf.get(eventId) ?? []) this.#drop(term, eventId);
    this.#termsOf.delete(eventId);
    this.#events.delete(eventId);
  }

  /** The events that share most, by weight, with the heaviest terms of a lead; then those of its matter and place. */
  candidatesFor(lead: LeadProfile): EventProfile[] {
    const shared = new Map<string, number>();
    // Rare terms first: a term that many events have brings no one nearer, and takes longest.
    const probes = [
      ...heaviest(lead.terms, this.#rule.leadTerms),
      ...mattersAt(lead).map((key) => [key, PLACE_WEIGHT] as const),
    ]
      .map(([term, weight]) => ({ weight, ids: this.#byTerm.get(term) ?? NONE }))
      .sort((a, b) => a.ids.size - b.ids.size);
    let visited = 0;
    for (const { weight, ids } of probes) {
      for (const id of ids) {
        if ((visited += 1) > this.#rule.mostVisited) break;
        shared.set(id, (shared.get(id) ?? 0) + weight);
      }
    }
    return heaviest([...shared], this.#rule.most).flatMap(([id]) => this.#events.get(id) ?? []);
  }

  #drop(term: string, eventId: string): void {
    const ids = this.#byTerm.get(term);
    ids?.delete(eventId);
    if (ids?.size === 0) this.#byTerm.delete(term);
  }
}

const NONE: ReadonlySet<string> = new Set();

/** What a lead shares with an event of its watch and district: less than any word, more than nothing. */
const PLACE_WEIGHT = 0.01;

function mattersAt({
  watchIds,
  regionCodes,
}: Pick<LeadProfile, 'watchIds' | 'regionCodes'>): string[] {
  const counties = new Set(regionCodes.flatMap((code) => countyOf(code) ?? []));
  return watchIds.flatMap((watchId) => [...counties].map((county) => `${watchId}@${county}`));
}
