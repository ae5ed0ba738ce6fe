import type { z } from 'zod';
import { AppError, messageOf } from './errors.ts';
import type { BatchHandler, LogEntry } from './log.ts';
import type { Now } from './time.ts';

/** A part of the pipeline: takes what a topic holds and does its one thing. Safe to repeat. */
export interface Stage<T> {
  readonly name: string;
  /** What the topic's entries must look like; another shape is set aside. */
  readonly schema: z.ZodType<T>;
  process(batch: readonly T[]): Promise<void>;
}

/** An entry that could not be handled: kept, counted and visible, and in nobody's way. */
export interface SetAsideEntry {
  readonly stage: string;
  readonly entry: LogEntry;
  readonly reason: string;
  readonly at: Date;
}

/** Where such entries are kept. */
export interface SetAsideStore {
  put(entry: SetAsideEntry): Promise<void>;
  count(): Promise<number>;
  listNewest(limit: number): Promise<readonly SetAsideEntry[]>;
}

/** What became of a stage's entries since the start. received = done + setAside + in hand; failed counts tries. */
export interface StageCounts {
  received: number;
  done: number;
  failed: number;
  setAside: number;
}

export interface StageDeps {
  readonly setAside: SetAsideStore;
  readonly now: Now;
  readonly onFailure: (error: unknown, stage: string) => void;
  /** Runs after each committed batch, to wake what waits for its effects. */
  readonly afterBatch?: () => void;
}

/** A bug may be a passing one; after so many tries the entry is set aside. */
const TRIES_FOR_A_BUG = 3;

/** Wraps a stage once for all: parsing, counting, trying again, setting aside. */
export function runStage<T>(
  stage: Stage<T>,
  deps: StageDeps,
): { readonly handle: BatchHandler; readonly counts: Readonly<StageCounts> } {
  const counts: StageCounts = { received: 0, done: 0, failed: 0, setAside: 0 };
  const tries = new Map<string, number>();

  const setAside = async (entry: LogEntry, reason: string): Promise<void> => {
    await deps.setAside.put({ stage: stage.name, entry, reason, at: deps.now() });
    tries.delete(entry.id);
    counts.setAside += 1;
  };

  const processOne = async (entry: LogEntry, item: T): Promise<void> => {
    try {
      await stage.process([item]);
      tries.delete(entry.id);
      counts.done += 1;
    } catch (error) {
      counts.failed += 1;
      deps.onFailure(error, stage.name);
      if (error instanceof AppError && error.retryable) throw error;
      const tried = (tries.get(entry.id) ?? 0) + 1;
      tries.set(entry.id, tried);
      if (!(error instanceof AppError) && tried < TRIES_FOR_A_BUG) throw error;
      await setAside(entry, messageOf(error));
    }
  };

  const handle: BatchHandler = async (entries) => {
    counts.received += entries.filter((entry) => !tries.has(entry.id)).length;
    const readable: { entry: LogEntry; item: T }[] = [];
    for (const entry of entries) {
      const parsed = stage.schema.safeParse(entry.body);
      if (parsed.success) readable.push({ entry, item: parsed.data });
      else await setAside(entry, parsed.error.message);
    }
    try {
      await stage.process(readable.map(({ item }) => item));
      counts.done += readable.length;
    } catch {
      // One of them cannot be handled: find which, so that it does not hold up the others.
      for (const { entry, item } of readable) await processOne(entry, item);
    }
    deps.afterBatch?.();
  };
  return { handle, counts };
}
