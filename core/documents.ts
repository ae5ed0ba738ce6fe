import { z } from 'zod';
import { StaleWrite, NotFound } from './errors.ts';
import type { LogEntry } from './log.ts';

/** A log entry that a change sets off, kept inside the changed document until the log has it. */
export interface Effect extends LogEntry {
  readonly topic: string;
}

export const EffectSchema = z.object({
  topic: z.string(),
  id: z.string(),
  key: z.string(),
  body: z.unknown(),
}) satisfies z.ZodType<Effect>;

/** A stored thing with a version; what its last change set off travels in the same write. */
export interface Document {
  readonly id: string;
  /** 1 when created, one more with each change. */
  readonly revision: number;
  readonly effects: readonly Effect[];
}

/**
 * Documents of one kind with compare-and-set on one document, and no promise beyond one document.
 * Every adapter passes tests/contracts/documents.contract.ts.
 */
export interface Documents<T extends Document> {
  /** The kind in words, for messages: 舆情事件, 预警, … */
  readonly kind: string;
  /** Undefined when there is none. */
  findById(id: string): Promise<T | undefined>;
  /** False when a document of this id is there already; it is left as it is. */
  create(document: T): Promise<boolean>;
  /** Stores a document whose revision is one above the stored one. @throws {StaleWrite} when it is not */
  replace(document: T): Promise<void>;
  /**
   * Stores many at once, new ones at revision 1. Each is stored whole or not at all; beside a stale one some of the
   * others perhaps. @throws {StaleWrite} when one is stale
   */
  saveMany(documents: readonly T[]): Promise<void>;
  /** Documents that still carry effects, oldest change first. */
  findWithEffects(limit: number): Promise<readonly T[]>;
}

/** A store that keeps beside each document the values by which it is found: when it is due, whether it is open. */
export interface MendPlaces {
  readonly kind: string;
  /**
   * Looks at some documents, in the order of their places, and derives their values again where they differ.
   *
   * @param after the place behind which to begin, 0 for the first
   * @returns ids of those that were mended, of those that cannot be read and, among them, of those that wait for
   *   a time that will pass unheard; and where to go on: 0 after the last
   */
  mendPlaces(
    after: number,
    limit: number,
  ): Promise<{
    readonly mended: readonly string[];
    readonly unreadable: readonly string[];
    readonly waiting: readonly string[];
    readonly next: number;
  }>;
}

const TRIES = 8;

/**
 * Reads, changes and stores one document, again when another writer was first.
 * `change` is pure and may run several times; it returns undefined to leave the document as it is.
 *
 * @throws {NotFound} when there is no such document
 */
export async function amend<T extends Document>(
  store: Documents<T>,
  id: string,
  change: (document: T) => T | undefined,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    const found = await store.findById(id);
    if (!found) throw new NotFound(store.kind, id);
    const changed = change(found);
    if (!changed) return found;
    const next = { ...changed, revision: found.revision + 1 };
    try {
      await store.replace(next);
      return next;
    } catch (error) {
      if (!(error instanceof StaleWrite) || attempt === TRIES) throw error;
    }
  }
}

/**
 * Reads, changes and stores many documents in one write, all of them again when another writer was first to one.
 * `change` is given undefined for a document that is not there yet, and returns undefined to leave one as it is; it
 * is pure, may run several times and may meet what it changed already.
 *
 * @returns all of them that are there, as they stand now
 */
export async function amendMany<T extends Document>(
  store: Documents<T>,
  ids: readonly string[],
  change: (document: T | undefined, id: string) => T | undefined,
): Promise<readonly T[]> {
  for (let attempt = 1; ; attempt += 1) {
    const standing: T[] = [];
    const next: T[] = [];
    for (const id of ids) {
      const found = await store.findById(id);
      const changed = change(found, id);
      if (changed) next.push({ ...changed, revision: (found?.revision ?? 0) + 1 });
      else if (found) standing.push(found);
    }
    try {
      await store.saveMany(next);
      return [...standing, ...next];
    } catch (error) {
      if (!(error instanceof StaleWrite) || attempt === TRIES) throw error;
    }
  }
}
