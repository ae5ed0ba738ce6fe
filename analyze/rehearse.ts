import type { Post } from '#ingest';
import { EventBook } from './events/event-book.ts';
import { linkPost } from './events/link-post.ts';
import { recordsOf } from './events/update-event.ts';
import type { GradingContext } from './grade/event-meter.ts';
import { replayGrade, type Replay } from './grade/replay-grade.ts';
import { createPostReader, type ReaderRules } from './read-post.ts';

/** An event as it would have become. */
export interface RehearsedEvent {
  readonly id: string;
  readonly title: string;
  readonly postCount: number;
  /** Each rise of the proposed grade, oldest first. */
  readonly rises: Replay['rises'];
}

/** What posts would have become under some rules. */
export interface Rehearsal {
  /** The posts that met each watch, in order of arrival. */
  readonly metBy: ReadonlyMap<string, readonly Post[]>;
  readonly events: readonly RehearsedEvent[];
}

/**
 * Reads, groups and grades posts as the product does, and stores nothing. Later figures of a post are not known
 * here: a post counts with those it came with.
 *
 * @param posts in order of arrival
 */
export function rehearse(
  posts: readonly Post[],
  rules: ReaderRules,
  context: GradingContext,
): Rehearsal {
  const read = createPostReader(rules);
  const book = new EventBook(rules.grouping, (term) => rules.segmenter.shareOf(term));
  const metBy = new Map<string, Post[]>();
  const eventIds = new Set<string>();
  for (const post of posts) {
    const found = read(post, book.weights);
    if (!found) continue;
    for (const id of found.watchIds) metBy.set(id, [...(metBy.get(id) ?? []), post]);
    const { eventId } = linkPost(found, book, (_eventId, pseudonym) => pseudonym);
    eventIds.add(eventId);
  }
  const events = Array.from(eventIds, (id) => {
    const leads = book.leadsOf(id);
    const records = recordsOf(leads);
    return {
      id,
      title: leads[0]?.title ?? '',
      postCount: records.length,
      rises: records.length > 0 ? replayGrade({ records, findings: [] }, context).rises : [],
    };
  });
  return { metBy, events };
}
