import type { GroupingPack } from './grouping-pack.ts';
import type { Lead } from './lead.ts';
import type { OpinionEvent } from './opinion-event.ts';
import { placeRelation } from '../facts/region.ts';

/** Words with their weight, heaviest first. */
export type Terms = readonly (readonly [term: string, weight: number])[];

/** What a lead brings to the question which event it belongs to. */
export interface LeadProfile {
  readonly terms: Terms;
  readonly entities: readonly string[];
  readonly watchIds: readonly string[];
  readonly regionCodes: readonly string[];
  readonly at: Date;
}

/** What an open event looks like to grouping. */
export type EventProfile = Pick<
  OpinionEvent,
  'id' | 'topTerms' | 'entities' | 'watchIds' | 'regionCodes' | 'lastPostAt'
>;

export interface Assignment {
  readonly eventId: string;
  readonly similarity: number;
}

/**
 * The open event a lead belongs to; undefined when it is a new one.
 *
 * Source: single pass with time decay, entities and place; docs/adr/0005-grouping.md.
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
  const text =
    rule.termShare * cosine(lead.terms, event.topTerms) +
    (1 - rule.termShare) * overlap(lead.entities, event.entities);
  const decay = Math.exp(-(apartMs ** 2) / (2 * rule.decayMs ** 2));
  const place = rule.placeFactor[placeRelation(lead.regionCodes, event.regionCodes)];
  const matter = lead.watchIds.some((id) => event.watchIds.includes(id))
    ? 1
    : rule.otherMatterFactor;
  return text * decay * place * matter;
}

/** The event's terms with one more lead in them: a running sum, the heaviest kept. */
export function addTerms(terms: Terms, more: Terms, most: number): [string, number][] {
  const sum = new Map(terms);
  for (const [term, weight] of more) sum.set(term, (sum.get(term) ?? 0) + weight);
  return [...sum].sort(([, a], [, b]) => b - a).slice(0, most);
}

/** Terms scaled to length 1, so that long texts do not outweigh short ones. */
export function toUnitTerms(terms: Terms): [string, number][] {
  const length = Math.hypot(...terms.map(([, weight]) => weight)) || 1;
  return terms.map(([term, weight]) => [term, weight / length]);
}

export function toLeadProfile(lead: Lead): LeadProfile {
  const regionCodes = [...new Set(lead.posts.flatMap((post) => post.regionCodes))];
  const { terms, entities, watchIds } = lead;
  return {
    terms,
    entities,
    watchIds,
    regionCodes,
    at: lead.posts.at(-1)?.publishedAt ?? lead.firstSeenAt,
  };
}

function cosine(a: Terms, b: Terms): number {
  const weights = new Map(b);
  let product = 0;
  let aSquared = 0;
  for (const [term, weight] of a) {
    product += weight * (weights.get(term) ?? 0);
    aSquared += weight ** 2;
  }
  const bSquared = b.reduce((sum, [, weight]) => sum + weight ** 2, 0);
  return product === 0 ? 0 : product / Math.sqrt(aSquared * bSquared);
}

/** Share of the smaller set that the other one holds. */
function overlap(a: readonly string[], b: readonly string[]): number {
  const smaller = Math.min(a.length, b.length);
  if (smaller === 0) return 0;
  const held = new Set(b);
  return a.filter((entity) => held.has(entity)).length / smaller;
}
