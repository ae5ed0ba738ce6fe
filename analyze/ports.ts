import type { Documents } from '#core';
import type { Post } from '#ingest';
import type { Lead } from './events/lead.ts';
import type { OpinionEvent } from './events/opinion-event.ts';

/** Cuts Chinese text into words. Every adapter passes tests/contracts/segmenter.contract.ts. */
export interface Segmenter {
  readonly name: string;
  /** Words in order, each character in one word; punctuation and spaces included. */
  cut(text: string): readonly string[];
  /** The same words, each with its part of speech as jieba writes it: ns a place, nt a unit, v a verb, x no word. */
  tag(text: string): readonly { readonly word: string; readonly tag: string }[];
  /** Words of `cut` as an index holds them: the words inside a longer one stand before it. */
  withInnerWords(words: readonly string[]): readonly string[];
  /** Share of texts, 0 to 1, that a word or a single character occurs in; tiny for an unknown one. */
  shareOf(word: string): number;
}

export interface StoredPost extends Post {
  /** The event it was linked to, when it met a watch. */
  readonly eventId?: string;
}

export interface PostQuery {
  /** Words to find, all of them; empty finds everything. */
  readonly words: string;
  readonly limit: number;
  readonly beforeAt?: Date;
}

/** Holds posts and finds them by word. Adapters pass tests/contracts/post-store.contract.ts. */
export interface PostStore {
  /**
   * Safe to repeat: a post already there gets its newest figures and event, never a second row;
   * its `fetchedAt` stays the first.
   */
  saveMany(posts: readonly StoredPost[]): Promise<void>;
  /** Undefined when there is none. */
  findById(id: string): Promise<StoredPost | undefined>;
  /** Posts of an event, oldest first. */
  listByEvent(eventId: string, limit: number): Promise<readonly StoredPost[]>;
  /** Newest first; a two-character word is found. */
  search(query: PostQuery): Promise<readonly StoredPost[]>;
  count(): Promise<number>;
  /** Posts fetched since a moment; for the screens' strip. */
  countSince(at: Date): Promise<number>;
}

/** Adapters pass tests/contracts/documents.contract.ts. */
export interface LeadStore extends Documents<Lead> {
  listByEvent(eventId: string): Promise<readonly Lead[]>;
  /** Leads first seen since a moment, to rebuild the window in which copies are looked for. */
  listSince(at: Date): Promise<readonly Lead[]>;
}

/** Adapters pass tests/contracts/documents.contract.ts. */
export interface OpinionEventStore extends Documents<OpinionEvent> {
  /** Events that are not closed, merged or archived. */
  listOpen(): Promise<readonly OpinionEvent[]>;
  /** Open events with a post published since a moment. */
  listOpenSince(at: Date): Promise<readonly OpinionEvent[]>;
  /** Newest first. */
  listNewest(limit: number): Promise<readonly OpinionEvent[]>;
}
