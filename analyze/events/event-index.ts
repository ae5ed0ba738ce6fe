import { laterOf } from '#core';
import { countyOf } from '../facts/region.ts';
import type { Candidate, EventProfile, LeadProfile, Terms } from './assign-event.ts';
import type { GroupingPack } from './grouping-pack.ts';
import { greatestAt } from './greatest-at.ts';
import { TermNumbers } from './term-numbers.ts';
import { TermRow, type Nearness, type NumberedTerms, type TermSum } from './term-sum.ts';

type Rule = Pick<GroupingPack['events'], 'candidates' | 'eventTerms'>;

/** The number of a term, or a matter and its district. */
type Key = string | number;

interface OpenEvent {
  /** Its place among the open ones; another may have it after this one is closed. */
  readonly slot: number;
  profile: EventProfile;
  sum: TermSum;
  /** What it is found by. */
  keys: readonly Key[];
}

/**
 * Open events by their heaviest terms, and by matter and district: only those that share one with a lead are worth
 * a closer look.
 */
export class EventIndex {
  readonly #rule: Rule;
  readonly #events = new Map<string, OpenEvent>();
  readonly #bySlot: (OpenEvent | undefined)[] = [];
  readonly #freeSlots: number[] = [];
  readonly #byKey = new Map<Key, Set<number>>();
  /** By slot: the weight shared with the lead that is being looked for, 0 between leads. Far fewer are compared than are met. */
  #shared = new Float64Array(1 << 10);
  readonly #numbers = new TermNumbers();
  readonly #row = new TermRow();

  constructor(rule: Rule) {
    this.#rule = rule;
  }

  get(eventId: string): EventProfile | undefined {
    return this.#events.get(eventId)?.profile;
  }

  profiles(): EventProfile[] {
    return Array.from(this.#events.values(), ({ profile }) => profile);
  }

  /** The terms of an event's leads added up, heaviest first. */
  termsOf(eventId: string): Terms {
    const { numbers, weights } = this.#events.get(eventId)?.sum ?? EMPTY;
    return greatestAt(weights, weights.length).map((at) => [
      this.#numbers.termOf(numbers[at] as number),
      weights[at] as number,
    ]);
  }

  /** A lead in its event, which may be a new one. */
  addLead(eventId: string, lead: LeadProfile): void {
    const known = this.#events.get(eventId);
    const more = this.#numbered(lead.terms, (term) => this.#numbers.hold(term));
    const { eventTerms } = this.#rule;
    const { sum, spare } = this.#row.add(known?.sum ?? EMPTY, more, eventTerms, this.#numbers.end);
    for (const number of spare) this.#numbers.release(number);
    const profile = withLead(eventId, known?.profile, lead);
    const event = known ?? this.#open({ profile, sum });
    event.sum = sum;
    event.profile = profile;
    this.#enter(event);
  }

  /** What is known of an open event beside its leads: nothing happens for one that is not open. */
  amend(
    eventId: string,
    facts: Pick<EventProfile, 'watchIds' | 'regionCodes' | 'lastPostAt'>,
  ): void {
    const event = this.#events.get(eventId);
    if (!event) return;
    event.profile = { ...event.profile, ...facts };
    this.#enter(event);
  }

  delete(eventId: string): void {
    const event = this.#events.get(eventId);
    if (!event) return;
    for (const key of event.keys) this.#drop(key, event.slot);
    this.#bySlot[event.slot] = undefined;
    this.#freeSlots.push(event.slot);
    for (const number of event.sum.numbers) this.#numbers.release(number);
    this.#events.delete(eventId);
  }

  /** One event as a candidate, whatever it shares with the lead. */
  candidate(lead: LeadProfile, eventId: string): Candidate[] {
    const event = this.#events.get(eventId);
    return event ? this.#compare(lead.terms, [event]) : [];
  }

  /** The events that share most, by weight, with the heaviest terms of a lead; then those of its matter and place. */
  candidatesFor(lead: LeadProfile): Candidate[] {
    const { mostVisited, most } = this.#rule.candidates;
    const shared = this.#shared;
    const visited: number[] = [];
    let left = mostVisited;
    for (const { weight, slots } of this.#probesOf(lead)) {
      for (const slot of slots) {
        if ((left -= 1) < 0) break;
        const before = shared[slot] as number;
        if (before === 0) visited.push(slot);
        shared[slot] = before + weight;
      }
    }
    const weights = visited.map((slot) => shared[slot] as number);
    for (const slot of visited) shared[slot] = 0;
    const nearest = greatestAt(weights, most).map(
      (at) => this.#bySlot[visited[at] as number] as OpenEvent,
    );
    return this.#compare(lead.terms, nearest);
  }

  /** Rare terms first: a term that many events have brings no one nearer, and takes longest. */
  #probesOf(lead: LeadProfile) {
    const probes: { readonly weight: number; readonly slots: ReadonlySet<number> }[] = [];
    const probe = (key: Key | undefined, weight: number): void => {
      const slots = key === undefined ? undefined : this.#byKey.get(key);
      if (slots && weight > 0) probes.push({ weight, slots });
    };
    const weights = lead.terms.map((one) => one[1]);
    for (const at of greatestAt(weights, this.#rule.candidates.leadTerms)) {
      const [term, weight] = lead.terms[at] as Terms[number];
      probe(this.#numbers.find(term), weight);
    }
    for (const key of mattersAt(lead)) probe(key, PLACE_WEIGHT);
    return probes.sort((a, b) => a.slots.size - b.slots.size);
  }

  #compare(terms: Terms, events: readonly OpenEvent[]): Candidate[] {
    const lead = this.#numbered(terms, (term) => this.#numbers.find(term));
    const sums = events.map(({ sum }) => sum);
    const near = this.#row.nearness(lead, sums, this.#numbers.end);
    return events.map(({ profile }, at) => ({ event: profile, words: near[at] as Nearness }));
  }

  /** Terms that have a number and a weight. */
  #numbered(terms: Terms, numberOf: (term: string) => number | undefined): NumberedTerms {
    const numbers: number[] = [];
    const weights: number[] = [];
    for (const one of terms) {
      const number = one[1] > 0 ? numberOf(one[0]) : undefined;
      if (number === undefined) continue;
      numbers.push(number);
      weights.push(one[1]);
    }
    return { numbers, weights };
  }

  #open({ profile, sum }: Pick<OpenEvent, 'profile' | 'sum'>): OpenEvent {
    const slot = this.#freeSlots.pop() ?? this.#bySlot.length;
    const event: OpenEvent = { slot, profile, sum, keys: [] };
    this.#bySlot[slot] = event;
    this.#events.set(profile.id, event);
    if (slot === this.#shared.length) this.#shared = new Float64Array(2 * slot);
    return event;
  }

  #enter(event: OpenEvent): void {
    const { numbers, weights } = event.sum;
    const places = greatestAt(weights, this.#rule.candidates.eventTerms);
    const keys = places.map((at): Key => numbers[at] as number);
    keys.push(...mattersAt(event.profile));
    // So few that looking through them is quicker than a set.
    for (const key of event.keys) if (!keys.includes(key)) this.#drop(key, event.slot);
    for (const key of keys) {
      if (event.keys.includes(key)) continue;
      const slots = this.#byKey.get(key);
      if (slots) slots.add(event.slot);
      else this.#byKey.set(key, new Set([event.slot]));
    }
    event.keys = keys;
  }

  #drop(key: Key, slot: number): void {
    const slots = this.#byKey.get(key);
    slots?.delete(slot);
    if (slots?.size === 0) this.#byKey.delete(key);
  }
}

const EMPTY: NumberedTerms = { numbers: [], weights: [] };

/** What a lead shares with an event of its watch and district: less than any word, more than nothing. */
const PLACE_WEIGHT = 0.01;

function mattersAt({
  watchIds,
  regionCodes,
}: Pick<LeadProfile, 'watchIds' | 'regionCodes'>): string[] {
  const counties = new Set(regionCodes.flatMap((code) => countyOf(code) ?? []));
  return watchIds.flatMap((watchId) => [...counties].map((county) => `${watchId}@${county}`));
}

function withLead(id: string, event: EventProfile | undefined, lead: LeadProfile): EventProfile {
  return {
    id,
    leadCount: (event?.leadCount ?? 0) + 1,
    watchIds: [...new Set([...(event?.watchIds ?? []), ...lead.watchIds])],
    regionCodes: [...new Set([...(event?.regionCodes ?? []), ...lead.regionCodes])],
    lastPostAt: event ? laterOf(event.lastPostAt, lead.at) : lead.at,
  };
}
