import { placeRelation, townshipOf, type PlaceRelation } from '../facts/region.ts';
import type { GroupingPack } from './grouping-pack.ts';
import type { Lead } from './lead.ts';

/** Words and single characters with their weight, heaviest first. */
export type Terms = readonly (readonly [term: string, weight: number])[];

/** What a lead brings to the question which event it belongs to. */
export interface LeadProfile {
  readonly terms: Terms;
  readonly watchIds: readonly string[];
  readonly regionCodes: readonly string[];
  readonly at: Date;
}

/** What an open event looks like to grouping. */
export interface EventProfile {
  readonly id: string;
  /** The terms of its leads added up. */
  readonly terms: ReadonlyMap<string, number>;
  /** Length of the terms as a vector. */
  readonly length: number;
  readonly leadCount: number;
  readonly watchIds: readonly string[];
  readonly regionCodes: readonly string[];
  readonly lastPostAt: Date;
}

export interface Assignment {
  readonly eventId: string;
  readonly similarity: number;
}

/**
 * The open event a lead belongs to; undefined when it is a new one.
 *
 * Source: single pass with time decay and place; docs/adr/0007-grouping-by-words-and-characters.md.
 */
export function assignEvent(
  lead: LeadProfile,
  events: Iterable<EventProfile>,
  rule: GroupingPack['events'],
): Assignment | undefined {
  let best: Assignment | undefined;
  for (const event of events) {
    const value = similarity(lead, event, rule);
    if (value >= rule.leastSimilarity && value > (best?.similarity ?? 0)) {
      best = { eventId: event.id, similarity: value };
    }
  }
  return best;
}

/** 0 when they have nothing in common or time has passed; above 1 only by the place factor. */
export function similarity(
  lead: LeadProfile,
  event: EventProfile,
  rule: GroupingPack['events'],
): number {
  const apartMs = Math.abs(lead.at.getTime() - event.lastPostAt.getTime());
  if (apartMs > rule.silenceMs) return 0;
  const place = nearnessOf(lead, event);
  const isSameMatter = lead.watchIds.some((id) => event.watchIds.includes(id));
  // Two fires anywhere are two events; two reports of a fire in one street are likely one, however many came before.
  const prior = isSameMatter ? rule.sameMatterAt[place] : 0;
  const words = cosine(lead.terms, event);
  const text = prior > 0 ? words : words / caution(event.leadCount, rule.growth);
  const decay = Math.exp(-(apartMs ** 2) / (2 * rule.decayMs ** 2));
  const matter = isSameMatter ? 1 : rule.otherMatterFactor;
  return words === 0 ? 0 : (text + prior) * decay * rule.placeFactor[place] * matter;
}

/** As two sets of places; two townships of a district differ, unless the event has spread over several already. */
function nearnessOf(lead: LeadProfile, event: EventProfile): PlaceRelation | 'otherTownship' {
  const relation = placeRelation(lead.regionCodes, event.regionCodes);
  const townships = new Set(event.regionCodes.flatMap((code) => townshipOf(code) ?? []));
  const differ = townships.size === 1 && lead.regionCodes.some(townshipOf);
  return relation === 'sameCounty' && differ ? 'otherTownship' : relation;
}

/**
 * How much closer a lead must be to an event of many leads than to one of one: what has drawn much in draws ever
 * more, until it means nothing.
 *
 * @returns 1 or more
 */
function caution(leadCount: number, { perLogLead, most }: GroupingPack['events']['growth']) {
  return 1 + Math.min(most, perLogLead * Math.log(leadCount));
}

/** A lead's terms have length 1. */
function cosine(terms: Terms, event: Pick<EventProfile, 'terms' | 'length'>): number {
  let product = 0;
  for (const one of terms) product += one[1] * (event.terms.get(one[0]) ?? 0);
  return event.length === 0 ? 0 : product / event.length;
}

/** Terms of two added up, the heaviest kept. */
export function addTerms(
  terms: ReadonlyMap<string, number>,
  more: Terms,
  most: number,
): Map<string, number> {
  const sum = new Map(terms);
  for (const [term, weight] of more) sum.set(term, (sum.get(term) ?? 0) + weight);
  if (sum.size <= most) return sum;
  return new Map([...sum].sort(([, a], [, b]) => b - a).slice(0, most));
}

export function toLeadProfile(lead: Lead): LeadProfile {
  const regionCodes = [...new Set(lead.posts.flatMap((post) => post.regionCodes))];
  const { terms, watchIds } = lead;
  return { terms, watchIds, regionCodes, at: lead.posts.at(-1)?.publishedAt ?? lead.firstSeenAt };
}
