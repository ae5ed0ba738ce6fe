import { placeRelation, townshipOf, type PlaceRelation } from '../facts/region.ts';
import type { GroupingPack } from './grouping-pack.ts';
import type { Lead } from './lead.ts';
import type { Nearness } from './term-sum.ts';

/** Words and single characters with their weight, heaviest first. */
export type Terms = readonly (readonly [term: string, weight: number])[];

/** What a lead brings to the question which event it belongs to. */
export interface LeadProfile {
  readonly terms: Terms;
  readonly watchIds: readonly string[];
  readonly regionCodes: readonly string[];
  readonly at: Date;
}

/** What an open event looks like to grouping, but for its words. */
export interface EventProfile {
  readonly id: string;
  readonly leadCount: number;
  readonly watchIds: readonly string[];
  readonly regionCodes: readonly string[];
  readonly lastPostAt: Date;
}

/** An event that a lead may belong to. */
export interface Candidate {
  readonly event: EventProfile;
  readonly words: Nearness;
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
  candidates: Iterable<Candidate>,
  rule: GroupingPack['events'],
): Assignment | undefined {
  let best: Assignment | undefined;
  for (const candidate of candidates) {
    const value = similarity(lead, candidate, rule);
    if (value >= rule.leastSimilarity && value > (best?.similarity ?? 0)) {
      best = { eventId: candidate.event.id, similarity: value };
    }
  }
  return best;
}

/** 0 when they have nothing in common or time has passed; above 1 only by the place factor. */
export function similarity(
  lead: Omit<LeadProfile, 'terms'>,
  { event, words }: Candidate,
  rule: GroupingPack['events'],
): number {
  const apartMs = Math.abs(lead.at.getTime() - event.lastPostAt.getTime());
  if (words.cosine === 0 || apartMs > rule.silenceMs) return 0;
  const place = nearnessOf(lead, event);
  const isSameMatter = lead.watchIds.some((id) => event.watchIds.includes(id));
  // Two fires anywhere are two events; two reports of a fire in one street are likely one, however many came before.
  const prior = isSameMatter ? rule.sameMatterAt[place] : 0;
  const near = words.cosine ** (1 - rule.coverageShare) * words.coverage ** rule.coverageShare;
  const text = prior > 0 ? near : near / caution(event.leadCount, rule.growth);
  const decay = Math.exp(-(apartMs ** 2) / (2 * rule.decayMs ** 2));
  const matter = isSameMatter ? 1 : rule.otherMatterFactor;
  return (text + prior) * decay * rule.placeFactor[place] * matter;
}

/** As two sets of places; two townships of a district differ, unless the event has spread over several already. */
function nearnessOf(
  lead: Pick<LeadProfile, 'regionCodes'>,
  event: EventProfile,
): PlaceRelation | 'otherTownship' {
  const relation = placeRelation(lead.regionCodes, event.regionCodes);
  if (relation !== 'sameCounty') return relation;
  const townships = new Set(event.regionCodes.flatMap((code) => townshipOf(code) ?? []));
  const differ = townships.size === 1 && lead.regionCodes.some(townshipOf);
  return differ ? 'otherTownship' : relation;
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

export function toLeadProfile(lead: Lead): LeadProfile {
  const regionCodes = [...new Set(lead.posts.flatMap((post) => post.regionCodes))];
  const { terms, watchIds } = lead;
  return { terms, watchIds, regionCodes, at: lead.posts.at(-1)?.publishedAt ?? lead.firstSeenAt };
}
