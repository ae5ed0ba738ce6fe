import { idOf } from '#core';
import { assignEvent, toLeadProfile, type Terms } from './assign-event.ts';
import { EventIndex } from './event-index.ts';
import { CopyIndex, type FoundCopy, type IndexedText } from '../copies/copy-index.ts';
import type { ReadPost } from '../read-post.ts';
import type { GroupingPack } from './grouping-pack.ts';
import type { Lead } from './lead.ts';
import type { OpinionEvent } from './opinion-event.ts';
import { TermWeights } from './term-weights.ts';

/**
 * What grouping knows by heart: the leads of the window and the events that may still take one, each of
 * those with all its leads. Rebuilt from the stores at the start and after a failure; it holds nothing
 * they do not.
 */
export class EventBook {
  readonly #rule: GroupingPack;
  readonly #copies: CopyIndex;
  readonly #leads = new Map<string, Lead>();
  readonly #leadOfPost = new Map<string, string>();
  readonly #leadsOfEvent = new Map<string, Set<string>>();
  readonly #events: EventIndex;
  /** What the leads say of how common a term is. */
  readonly weights: TermWeights;

  /** @param shareOf share of texts that a term occurs in, in general */
  constructor(rule: GroupingPack, shareOf: (term: string) => number) {
    this.#rule = rule;
    this.#copies = new CopyIndex(rule.copies);
    this.#events = new EventIndex(rule.events);
    this.weights = new TermWeights(shareOf, rule.events);
  }

  leadOfPost(postId: string): Lead | undefined {
    return this.#leads.get(this.#leadOfPost.get(postId) ?? '');
  }

  /** The lead whose text a post repeats, or whose template it fills in anew. */
  findCopy({ probe, post }: ReadPost): FoundCopy | undefined {
    return this.#copies.find(probe, post.sourceId);
  }

  leadsOf(eventId: string): Lead[] {
    return [...(this.#leadsOfEvent.get(eventId) ?? [])].flatMap((id) => this.#leads.get(id) ?? []);
  }

  /** The heaviest terms of an event's leads, added up in the order in which they came; heaviest first. */
  termsOf(eventId: string): Terms {
    return this.#events.termsOf(eventId);
  }

  /**
   * The event a new lead belongs to: one that is known, or a new one named after the lead. A new bulletin on an
   * old template is first looked for in the event of the old one.
   */
  eventFor(lead: Lead): string {
    const profile = toLeadProfile(lead);
    const before = this.#leads.get(lead.updateOf ?? '')?.eventId ?? '';
    const found =
      assignEvent(profile, this.#events.candidate(profile, before), this.#rule.events) ??
      assignEvent(profile, this.#events.candidatesFor(profile), this.#rule.events);
    return found?.eventId ?? idOf('event', lead.id);
  }

  lead(id: string): Lead | undefined {
    return this.#leads.get(id);
  }

  putLead(lead: Lead): Lead {
    if (!this.#leads.has(lead.id)) this.#copies.add(toIndexedText(lead));
    this.#leads.set(lead.id, lead);
    for (const { postId } of lead.posts) this.#leadOfPost.set(postId, lead.id);
    const ids = this.#leadsOfEvent.get(lead.eventId) ?? new Set();
    this.#leadsOfEvent.set(lead.eventId, ids.add(lead.id));
    return lead;
  }

  knowsEvent(eventId: string): boolean {
    return this.#events.get(eventId) !== undefined;
  }

  /** An event with all its leads, in order of arrival; what is known of a lead already is newer. */
  addEvent(leads: readonly Lead[]): void {
    for (const lead of leads) {
      this.joinEvent(lead);
      if (!this.#leads.has(lead.id)) this.putLead(lead);
    }
  }

  /** A new lead in its event, seen by the next lead of the same batch before anything is stored. */
  joinEvent(lead: Lead): void {
    const profile = toLeadProfile(lead);
    this.weights.observe(profile.terms, profile.at);
    this.#events.addLead(lead.eventId, profile);
  }

  /** An event after a regrouping: these are its leads and no others; without any it takes no more. */
  regroup(eventId: string, leads: readonly Lead[]): void {
    this.#events.delete(eventId);
    this.#leadsOfEvent.delete(eventId);
    for (const lead of leads) {
      this.joinEvent(lead);
      this.putLead(lead);
    }
  }

  /** An event as it was stored: its copies count for place and time. */
  putEvent({ id, watchIds, regionCodes, lastPostAt }: OpinionEvent): void {
    this.#events.amend(id, { watchIds, regionCodes, lastPostAt });
  }

  /** Forgets events too long silent to take a lead, and leads that no new text can be a copy of. */
  forgetBefore(at: { readonly lead: Date; readonly event: Date }): void {
    this.#copies.forgetBefore(at.lead);
    for (const { id, lastPostAt } of this.#events.profiles()) {
      if (lastPostAt < at.event) this.#events.delete(id);
    }
    for (const lead of this.#leads.values()) {
      if (lead.firstSeenAt >= at.lead || this.knowsEvent(lead.eventId)) continue;
      this.#leads.delete(lead.id);
      this.#leadsOfEvent.get(lead.eventId)?.delete(lead.id);
      if (this.#leadsOfEvent.get(lead.eventId)?.size === 0) this.#leadsOfEvent.delete(lead.eventId);
      for (const { postId } of lead.posts) this.#leadOfPost.delete(postId);
    }
  }
}

function toIndexedText(lead: Lead): IndexedText {
  const { id, firstSeenAt, fingerprints, numbers, textHash, urlHash, shortText, updateOf } = lead;
  const sourceId = lead.posts[0]?.sourceId ?? '';
  return {
    id,
    sourceId,
    firstSeenAt,
    fingerprints,
    numbers,
    updateOf,
    ...(textHash !== undefined && { textHash }),
    ...(urlHash !== undefined && { urlHash }),
    ...(shortText !== undefined && { shortText }),
  };
}
