import { idOf, laterOf } from '#core';
import { addTerms, assignEvent, toLeadProfile, type EventProfile } from './assign-event.ts';
import { CopyIndex, type CopyProbe } from './copy-index.ts';
import type { GroupingPack } from './grouping-pack.ts';
import type { Lead } from './lead.ts';
import type { OpinionEvent } from './opinion-event.ts';

/**
 * What grouping knows by heart: the leads and open events of the window.
 * Rebuilt from the stores at the start and after a failure; it holds nothing they do not.
 */
export class EventBook {
  readonly #rule: GroupingPack;
  readonly #copies: CopyIndex;
  readonly #leads = new Map<string, Lead>();
  readonly #leadOfPost = new Map<string, string>();
  readonly #leadsOfEvent = new Map<string, Set<string>>();
  readonly #events = new Map<string, EventProfile>();

  constructor(rule: GroupingPack, leads: readonly Lead[], events: readonly OpinionEvent[]) {
    this.#rule = rule;
    this.#copies = new CopyIndex(rule.copies);
    for (const event of events) this.#events.set(event.id, event);
    for (const lead of leads) this.putLead(lead);
  }

  leadOfPost(postId: string): Lead | undefined {
    return this.#leads.get(this.#leadOfPost.get(postId) ?? '');
  }

  findCopy(probe: CopyProbe): Lead | undefined {
    return this.#leads.get(this.#copies.find(probe) ?? '');
  }

  leadsOf(eventId: string): Lead[] {
    return [...(this.#leadsOfEvent.get(eventId) ?? [])].flatMap((id) => this.#leads.get(id) ?? []);
  }

  /** The event a new lead belongs to: an open one, or a new one named after the lead. */
  eventFor(lead: Lead): string {
    const profile = toLeadProfile(lead);
    const found = assignEvent(profile, this.#events.values(), this.#rule.events);
    return found?.eventId ?? idOf('event', lead.id);
  }

  lead(id: string): Lead | undefined {
    return this.#leads.get(id);
  }

  putLead(lead: Lead): Lead {
    if (!this.#leads.has(lead.id)) this.#copies.add(lead);
    this.#leads.set(lead.id, lead);
    for (const { postId } of lead.posts) this.#leadOfPost.set(postId, lead.id);
    const ids = this.#leadsOfEvent.get(lead.eventId) ?? new Set();
    this.#leadsOfEvent.set(lead.eventId, ids.add(lead.id));
    return lead;
  }

  /** A new lead in its event, seen by the next lead of the same batch before anything is stored. */
  joinEvent(lead: Lead): void {
    const { eventTerms } = this.#rule.events;
    const { terms, entities, watchIds, regionCodes, at } = toLeadProfile(lead);
    const event = this.#events.get(lead.eventId);
    this.#events.set(lead.eventId, {
      id: lead.eventId,
      topTerms: addTerms(event?.topTerms ?? [], terms, eventTerms),
      entities: [...new Set([...(event?.entities ?? []), ...entities])],
      watchIds: [...new Set([...(event?.watchIds ?? []), ...watchIds])],
      regionCodes: [...new Set([...(event?.regionCodes ?? []), ...regionCodes])],
      lastPostAt: event ? laterOf(event.lastPostAt, at) : at,
    });
  }

  /** An event as it stands now; closed ones take no more leads. */
  putEvent(event: EventProfile): void {
    this.#events.set(event.id, event);
  }

  /** Forgets leads that no new text can be a copy of; an open event keeps all of its own. */
  forgetBefore(at: Date): void {
    this.#copies.forgetBefore(at);
    for (const lead of this.#leads.values()) {
      const isOpen = this.#events.has(lead.eventId);
      if (lead.firstSeenAt >= at || isOpen) continue;
      this.#leads.delete(lead.id);
      for (const { postId } of lead.posts) this.#leadOfPost.delete(postId);
    }
  }
}
