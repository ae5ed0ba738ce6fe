import { amendMany, HOUR_MS, Turns, type Now, type Stage } from '#core';
import { PostSchema, type Post } from '#ingest';
import { EventBook } from './events/event-book.ts';
import { growPost } from './events/grow-lead.ts';
import { linkPost } from './events/link-post.ts';
import type { Lead } from './events/lead.ts';
import type { LeadStore, OpinionEventStore, PostStore, StoredPost } from './ports.ts';
import { createPostReader, type ReaderRules } from './read-post.ts';
import type { GradingContext } from './grade/event-meter.ts';
import { openEvent, updateEvent } from './events/update-event.ts';

/** Gives an individual's pseudonym inside one event; it cannot be linked to another event's. */
export type Rekey = (eventId: string, pseudonym: string) => string;

export interface AnalysisDeps extends ReaderRules {
  readonly posts: PostStore;
  readonly leads: LeadStore;
  readonly events: OpinionEventStore;
  readonly context: GradingContext;
  readonly rekey: Rekey;
  readonly now: Now;
  /** In a drill every event is marked as one. */
  readonly isDrill: boolean;
  /** Absent where nobody merges or splits. */
  readonly sharing?: GroupingShared;
}

/** What grouping shares with those who merge and split: one at a time, and what the others moved. */
export interface GroupingShared {
  readonly turns: Turns;
  /** Events with other leads than grouping knows by heart. */
  readonly regrouped: Set<string>;
}

/** Posts become leads, leads become events, events get a proposed grade with its reasons. */
export function createAnalysis(deps: AnalysisDeps): Stage<Post> {
  const { posts, leads, events, grouping, context } = deps;
  const read = createPostReader(deps);
  const { turns, regrouped } = deps.sharing ?? { turns: new Turns(), regrouped: new Set<string>() };
  let book: EventBook | undefined;

  /** Leads before this no new text can be a copy of; events silent since then take no more leads. */
  const horizon = () => {
    const nowMs = deps.now().getTime();
    return {
      lead: new Date(nowMs - grouping.copies.windowMs),
      event: new Date(nowMs - grouping.events.silenceMs),
    };
  };

  const openBook = async (): Promise<EventBook> => {
    const fresh = new EventBook(grouping, (term) => deps.segmenter.shareOf(term));
    const since = horizon();
    for (const { id, lastPostAt } of await events.listOpen()) {
      if (lastPostAt >= since.event) fresh.addEvent(await leads.listByEvent(id));
    }
    for (const lead of await leads.listSince(since.lead)) {
      if (!fresh.lead(lead.id)) fresh.putLead(lead);
    }
    return fresh;
  };

  const process = async (batch: readonly Post[], known: EventBook): Promise<void> => {
    const before = new Map<string, Lead | undefined>();
    const stored: StoredPost[] = [];
    for (const post of batch) {
      const found = known.leadOfPost(post.id) ? undefined : read(post, known.weights);
      if (found) await recall(post.id, known);
      const held = known.leadOfPost(post.id);
      const lead = held
        ? known.putLead(growPost(held, post))
        : found && linkPost(found, known, deps.rekey);
      if (lead && !before.has(lead.id)) before.set(lead.id, held);
      stored.push(lead ? linkedPost(post, lead) : post);
    }
    await posts.saveMany(stored);

    const touched = [...before.keys()].flatMap((id) => known.lead(id) ?? []);
    await saveLeads(
      touched.filter((lead) => lead !== before.get(lead.id)),
      known,
    );
    // Also when the lead did not change: a crash may have kept its news from the event.
    await saveEvents([...new Set(touched.map(({ eventId }) => eventId))], known);
  };

  /** A post of long ago that comes again belongs where it did, though the book has forgotten it. */
  const recall = async (postId: string, known: EventBook): Promise<void> => {
    const eventId = (await posts.findById(postId))?.eventId;
    if (eventId && !known.knowsEvent(eventId)) known.addEvent(await leads.listByEvent(eventId));
  };

  const saveLeads = async (changed: readonly Lead[], known: EventBook): Promise<void> => {
    const next = changed.map((lead) => ({ ...lead, revision: lead.revision + 1 }));
    await leads.saveMany(next);
    for (const lead of next) known.putLead(lead);
  };

  const saveEvents = async (eventIds: readonly string[], known: EventBook): Promise<void> => {
    for (const id of eventIds) {
      // A late copy may belong to an event that the book has forgotten.
      if (!known.knowsEvent(id)) known.addEvent(await leads.listByEvent(id));
    }
    const until = deps.now();
    const saved = await amendMany(events, eventIds, (event, id) => {
      const parts = { leads: known.leadsOf(id), terms: known.termsOf(id) };
      return event
        ? updateEvent(event, parts, context, until)
        : openEvent(id, parts, context, { isDrill: deps.isDrill, until });
    });
    for (const event of saved) known.putEvent(event);
  };

  let forgottenAt = deps.now();
  const forget = (known: EventBook): void => {
    const at = deps.now();
    if (at.getTime() - forgottenAt.getTime() < HOUR_MS) return;
    forgottenAt = at;
    known.forgetBefore(horizon());
  };

  /** Posts for a merged event go to the one its leads went to: it has none itself any more. */
  const learnRegrouped = async (known: EventBook): Promise<void> => {
    for (const eventId of regrouped) {
      known.regroup(eventId, await leads.listByEvent(eventId));
      regrouped.delete(eventId);
    }
  };

  const processAll = async (batch: readonly Post[]): Promise<void> => {
    try {
      book ??= await openBook();
      await learnRegrouped(book);
      await process(batch, book);
      forget(book);
    } catch (error) {
      // What is known by heart may be ahead of the stores now: read it again.
      book = undefined;
      throw error;
    }
  };

  return {
    name: 'analysis',
    schema: PostSchema,
    process: async (batch) => await turns.run(async () => await processAll(batch)),
  };
}

function linkedPost(post: Post, lead: Lead): StoredPost {
  const linked = lead.posts.find(({ postId }) => postId === post.id);
  const { authorPseudonym: _dropped, ...rest } = post;
  const rekeyed = linked?.authorPseudonym;
  return { ...rest, eventId: lead.eventId, ...(rekeyed && { authorPseudonym: rekeyed }) };
}
