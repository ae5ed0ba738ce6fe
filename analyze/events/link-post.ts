import type { ReadPost } from '../read-post.ts';
import type { EventBook } from './event-book.ts';
import { addPost, openLead } from './grow-lead.ts';
import type { Lead } from './lead.ts';

/** Puts a post where it belongs: into the lead whose text it repeats, or as a new lead into its event. */
export function linkPost(
  found: ReadPost,
  book: EventBook,
  rekey: (eventId: string, pseudonym: string) => string,
): Lead {
  const earlier = book.findCopy(found);
  const relation = earlier?.decision.relation;
  const original = earlier && book.lead(earlier.id);
  if (original && relation && relation !== 'update') {
    return book.putLead(addPost(original, found, rekey, relation));
  }
  const opened = openLead(found, original?.id);
  const eventId = book.eventFor(opened);
  const lead = addPost({ ...opened, eventId, posts: [] }, found, rekey);
  book.joinEvent(lead);
  return book.putLead(lead);
}
