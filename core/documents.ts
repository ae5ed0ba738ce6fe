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
   * Stores many as `replace` does, in fewer writes, where a store can.
   *
   * @returns ids of those that another writer changed first; they are left as they are
   */
  replaceAll?(documents: readonly T[]): Promise<readonly string[]>;
  /** Documents that still carry effects, oldest change first. */
  findWithEffects(limit: number): Promise<readonly T[]>;
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
