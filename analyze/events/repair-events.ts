import { placeRelation } from '../facts/region.ts';
import { assignEvent, similarity, toLeadProfile, type LeadProfile } from './assign-event.ts';
import { cohesionOf } from './cohesion.ts';
import { EventIndex } from './event-index.ts';
import type { GroupingPack } from './grouping-pack.ts';
import type { Lead } from './lead.ts';
import type { OpinionEvent } from './opinion-event.ts';

type Grouping = Pick<GroupingPack, 'events' | 'regrouping'>;

/** What of an event tells whether it is the same as another. */
export type EventOutline = Pick<
  OpinionEvent,
  'id' | 'topTerms' | 'watchIds' | 'regionCodes' | 'lastPostAt' | 'knownAt' | 'postCount'
>;

export interface MergeFound {
  /** Known first: the one that stays. */
  readonly survivorId: string;
  readonly otherId: string;
  readonly similarity: number;
}

/**
 * Pairs of events that are one happening, closest first, each event in one pair at most: what comes of a pair is
 * looked at again the next time.
 *
 * Source: merge if alike enough and places compatible; docs/adr/0007-grouping-by-words-and-characters.md.
 */
export function findMerges(events: readonly EventOutline[], grouping: Grouping): MergeFound[] {
  const { leastSimilarity, places } = grouping.regrouping.merge;
  const index = new EventIndex(grouping.events);
  const byId = new Map(events.map((event) => [event.id, event]));
  for (const event of events) index.addLead(event.id, toWhole(event));
  const pairs = new Map<string, MergeFound>();
  for (const event of events) {
    for (const candidate of index.candidatesFor(toWhole(event))) {
      const other = byId.get(candidate.event.id);
      if (!other || other.id === event.id) continue;
      if (!places.includes(placeRelation(event.regionCodes, other.regionCodes))) continue;
      const found = similarityOf(event, other, grouping);
      if (found < leastSimilarity) continue;
      const [survivor, merged] = [event, other].sort(byKnown);
      if (!survivor || !merged) continue;
      const pair = { survivorId: survivor.id, otherId: merged.id, similarity: found };
      pairs.set(`${survivor.id} ${merged.id}`, pair);
    }
  }
  const taken = new Set<string>();
  return [...pairs.values()]
    .sort((a, b) => b.similarity - a.similarity)
    .filter(({ survivorId, otherId }) => {
      if (taken.has(survivorId) || taken.has(otherId)) return false;
      taken.add(survivorId).add(otherId);
      return true;
    });
}

/** How alike two events are: the smaller of both ways of looking, so that the order does not matter. */
export function similarityOf(a: EventOutline, b: EventOutline, { events }: Grouping): number {
  const index = new EventIndex(events);
  for (const one of [a, b]) index.addLead(one.id, toWhole(one));
  const seenFrom = (one: EventOutline, other: EventOutline): number => {
    const [candidate] = index.candidate(toWhole(one), other.id);
    return candidate ? similarity(toWhole(one), candidate, events) : 0;
  };
  return Math.min(seenFrom(a, b), seenFrom(b, a));
}

/**
 * The parts an event falls into when its leads have too little in common: its leads grouped again, in order of
 * arrival, at a stricter threshold. The first part is what stays.
 *
 * @returns one part when it holds together
 */
export function findParts(
  leads: readonly Lead[],
  grouping: Grouping,
): readonly (readonly Lead[])[] {
  const { leastCohesion, leastLeads, stricterBy } = grouping.regrouping.split;
  const { events } = grouping;
  if (leads.length < leastLeads || cohesionOf(leads, events.eventTerms) >= leastCohesion) {
    return [leads];
  }
  const rule = { ...events, leastSimilarity: events.leastSimilarity + stricterBy };
  const parts = new Map<string, Lead[]>();
  const index = new EventIndex(events);
  const inOrder = leads.toSorted((a, b) => a.firstSeenAt.getTime() - b.firstSeenAt.getTime());
  for (const lead of inOrder) {
    const profile = toLeadProfile(lead);
    const candidates = [...parts.keys()].flatMap((id) => index.candidate(profile, id));
    const id = assignEvent(profile, candidates, rule)?.eventId ?? lead.id;
    index.addLead(id, profile);
    parts.set(id, [...(parts.get(id) ?? []), lead]);
  }
  return [...parts.values()];
}

const byKnown = (a: EventOutline, b: EventOutline): number =>
  a.knownAt.at.getTime() - b.knownAt.at.getTime() || (a.id < b.id ? -1 : 1);

/** An event as one lead: two events are compared as wholes, however many leads each has. */
function toWhole({ topTerms, watchIds, regionCodes, lastPostAt }: EventOutline): LeadProfile {
  const length = Math.hypot(...topTerms.map(([, weight]) => weight)) || 1;
  const terms = topTerms.map(([term, weight]): [string, number] => [term, weight / length]);
  return { terms, watchIds, regionCodes, at: lastPostAt };
}
