import { amend, HOUR_MS, StaleWrite, type Now, type Stage } from '#core';
import { PostSchema, type Post } from '#ingest';
import { EventBook } from './event-book.ts';
import { addPost, growPost, openLead } from './grow-lead.ts';
import type { Lead } from './lead.ts';
import type { OpinionEvent } from './opinion-event.ts';
import type { LeadStore, OpinionEventStore, PostStore, StoredPost } from './ports.ts';
import { createPostReader, type ReaderRules } from './read-post.ts';
import { openEvent, updateEvent, type UpdateRules } from './update-event.ts';

/** Gives an individual's pseudonym inside one event; it cannot be linked to another event's. */
export type Rekey = (eventId: string, pseudonym: string) => string;

export interface AnalysisDeps extends ReaderRules {
  readonly posts: PostStore;
  readonly leads: LeadStore;
  readonly events: OpinionEventStore;
  readonly context: UpdateRules['grading'];
  readonly rekey: Rekey;
  readonly now: Now;
  /** In a drill every event is marked as one. */
  readonly isDrill: boolean;
}

/** Posts become leads, leads become events, events get a proposed grade with its reasons. */
export function createAnalysis(deps: AnalysisDeps): Stage<Post> {
  const { posts, leads, events, grouping, context } = deps;
  const read = createPostReader(deps);
  const rules: UpdateRules = { grading: context, grouping };
  let book: EventBook | undefined;

  const openBook = async (): Promise<EventBook> => {
    const sinceAt = new Date(deps.now().getTime() - grouping.copies.windowMs);
    return new EventBook(grouping, await leads.listSince(sinceAt), await events.listOpen());
  };

  const process = async (batch: readonly Post[], known: EventBook): Promise<void> => {
    const before = new Map<string, Lead | undefined>();
    const stored = batch.map((post): StoredPost => {
      const held = known.leadOfPost(post.id);
      const lead = link(post, held, known);
      if (!lead) return post;
      if (!before.has(lead.id)) before.set(lead.id, held);
      return linkedPost(post, lead);
    });
    await posts.saveMany(stored);

    const eventIds = new Set<string>();
    for (const [leadId, held] of before) {
      const lead = known.lead(leadId);
      if (!lead) continue;
      eventIds.add(lead.eventId);
      if (lead !== held) known.putLead(await saveLead(lead));
    }
    // Also when the lead did not change: a crash may have kept its news from the event.
    for (const eventId of eventIds) known.putEvent(await saveEvent(eventId, known));
  };

  /** The lead as it stands with this post in it; undefined when the post meets no watch. */
  const link = (post: Post, held: Lead | undefined, known: EventBook): Lead | undefined => {
    if (held) return known.putLead(growPost(held, post));
    const found = read(post);
    if (!found) return undefined;
    const original = known.findCopy(found.probe);
    if (original) return known.putLead(addPost(original, found, deps.rekey));
    const eventId = known.eventFor(openLead(found));
    const lead = addPost({ ...openLead(found), eventId, posts: [] }, found, deps.rekey);
    known.joinEvent(lead);
    return known.putLead(lead);
  };

  const saveLead = async (lead: Lead): Promise<Lead> => {
    const next = { ...lead, revision: lead.revision + 1 };
    if (lead.revision > 0) await leads.replace(next);
    else if (!(await leads.create(next))) throw new StaleWrite(leads.kind, lead.id);
    return next;
  };

  const saveEvent = async (eventId: string, known: EventBook): Promise<OpinionEvent> => {
    const own = known.leadsOf(eventId);
    if (!(await events.findById(eventId))) {
      const opened = openEvent(eventId, own, rules, deps.isDrill);
      if (await events.create(opened)) return opened;
    }
    return await amend(events, eventId, (event) => updateEvent(event, own, rules));
  };

  let forgottenAt = deps.now();
  const forget = (known: EventBook): void => {
    const at = deps.now();
    if (at.getTime() - forgottenAt.getTime() < HOUR_MS) return;
    forgottenAt = at;
    known.forgetBefore(new Date(at.getTime() - grouping.copies.windowMs));
  };

  return {
    name: 'analysis',
    schema: PostSchema,
    async process(batch) {
      book ??= await openBook();
      try {
        await process(batch, book);
        forget(book);
      } catch (error) {
        // What is known by heart may be ahead of the stores now: read it again.
        book = undefined;
        throw error;
      }
    },
  };
}

function linkedPost(post: Post, lead: Lead): StoredPost {
  const linked = lead.posts.find(({ postId }) => postId === post.id);
  const { authorPseudonym: _dropped, ...rest } = post;
  const rekeyed = linked?.authorPseudonym;
  return { ...rest, eventId: lead.eventId, ...(rekeyed && { authorPseudonym: rekeyed }) };
}
