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
  /** What it lacks may be there at the next start: then it is taken up again. */
  readonly isForNextStart?: boolean | undefined;
}

/** Where such entries are kept. */
export interface SetAsideStore {
  put(entry: SetAsideEntry): Promise<void>;
  count(): Promise<number>;
  listNewest(limit: number): Promise<readonly SetAsideEntry[]>;
  /** Those of a stage that are to be taken up at a start, oldest first. */
  listForNextStart(stage: string): Promise<readonly SetAsideEntry[]>;
  /** One that was taken up and done. */
  remove(stage: string, entryId: string): Promise<void>;
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

/**
 * Wraps a stage once for all: parsing, counting, trying again, setting aside. While a batch comes again
 * because of one entry, those already done with are left alone, and the others of its key wait for it.
 */
export function runStage<T>(
  stage: Stage<T>,
  deps: StageDeps,
): {
  readonly handle: BatchHandler;
  readonly counts: Readonly<StageCounts>;
  /** At a start, before new entries: those that lacked what may be there now. @returns how many are done */
  readonly takeUp: () => Promise<number>;
} {
  const counts: StageCounts = { received: 0, done: 0, failed: 0, setAside: 0 };
  /** Tries of the entries of the batch that is not committed yet; `settled` ones need no more. */
  const inHand = new Map<string, { tries: number; isSettled: boolean }>();

  const isOpen = (entry: LogEntry): boolean => inHand.get(entry.id)?.isSettled !== true;

  const receive = (entry: LogEntry): void => {
    if (inHand.has(entry.id)) return;
    inHand.set(entry.id, { tries: 0, isSettled: false });
    counts.received += 1;
  };

  const settle = (entry: LogEntry, as: 'done' | 'setAside'): void => {
    if (!isOpen(entry)) return;
    inHand.set(entry.id, { tries: 0, isSettled: true });
    counts[as] += 1;
  };

  const setAside = async (
    entry: LogEntry,
    reason: string,
    isForNextStart?: true,
  ): Promise<void> => {
    const at = deps.now();
    await deps.setAside.put({ stage: stage.name, entry, reason, at, isForNextStart });
    settle(entry, 'setAside');
  };

  /** @returns why the entry must come again; undefined when it is settled */
  const processOne = async (entry: LogEntry, item: T): Promise<{ error: unknown } | undefined> => {
    try {
      await stage.process([item]);
      settle(entry, 'done');
      return undefined;
    } catch (error) {
      counts.failed += 1;
      deps.onFailure(error, stage.name);
      // What passes by itself (a store that is busy) would meet the others too: stop here.
      if (error instanceof AppError && error.retryable) throw error;
      const tries = (inHand.get(entry.id)?.tries ?? 0) + 1;
      inHand.set(entry.id, { tries, isSettled: false });
      if (!(error instanceof AppError) && tries < TRIES_FOR_A_BUG) return { error };
      const isLater = error instanceof AppError && error.isForNextStart;
      await setAside(entry, messageOf(error), isLater || undefined);
      return undefined;
    }
  };

  /** One of them cannot be handled: finds which, so that it does not hold up the others. */
  const processEach = async (readable: readonly { entry: LogEntry; item: T }[]): Promise<void> => {
    const waitingKeys = new Set<string>();
    let again: { error: unknown } | undefined;
    for (const { entry, item } of readable) {
      if (waitingKeys.has(entry.key)) continue;
      const failed = await processOne(entry, item);
      if (!failed) continue;
      waitingKeys.add(entry.key);
      again ??= failed;
    }
    if (again) throw again.error;
  };

  const handle: BatchHandler = async (entries) => {
    entries.forEach(receive);
    const readable: { entry: LogEntry; item: T }[] = [];
    for (const entry of entries.filter(isOpen)) {
      const parsed = stage.schema.safeParse(entry.body);
      if (parsed.success) readable.push({ entry, item: parsed.data });
      else await setAside(entry, parsed.error.message);
    }
    try {
      await stage.process(readable.map(({ item }) => item));
      for (const { entry } of readable) settle(entry, 'done');
    } catch (error) {
      const failedBefore = counts.failed;
      await processEach(readable);
      // Each passed alone, so nothing else tells of what the batch tripped over.
      if (counts.failed === failedBefore) deps.onFailure(error, stage.name);
    }
    inHand.clear();
    deps.afterBatch?.();
  };

  const takeUp = async (): Promise<number> => {
    let done = 0;
    for (const { entry } of await deps.setAside.listForNextStart(stage.name)) {
      try {
        await stage.process([stage.schema.parse(entry.body)]);
        // After it is done: a crash in between does it again, which is harmless.
        await deps.setAside.remove(stage.name, entry.id);
        done += 1;
      } catch (error) {
        // It stays where it is, for another start.
        deps.onFailure(error, stage.name);
      }
    }
    return done;
  };
  return { handle, counts, takeUp };
}
