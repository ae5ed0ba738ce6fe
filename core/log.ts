/** One entry of a topic. `id` lets a consumer know a repeat when it sees one. */
export interface LogEntry {
  readonly id: string;
  /** Entries of one key are read in the order in which they were appended. */
  readonly key: string;
  /** Plain JSON; the consumer parses it with the schema of the topic's owner. */
  readonly body: unknown;
}

/** Handles a batch; when it resolves the batch is committed, when it throws the batch comes again. */
export type BatchHandler = (entries: readonly LogEntry[]) => Promise<void>;

export interface LogReader {
  /** Entries of the topic that this group has not committed. */
  lag(): Promise<number>;
  /** Waits for the batch in hand, then stops. */
  close(): Promise<void>;
}

/**
 * Keeps entries for good, in order per key; every group reads each at least once.
 * Every adapter passes tests/contracts/log.contract.ts. Repeats are possible: consumers are idempotent by id.
 */
export interface Log {
  /** Resolves once the entries are safe. */
  append(topic: string, entries: readonly LogEntry[]): Promise<void>;
  /** One reader per group and topic; it begins where the group stopped, a new group at the beginning. */
  follow(topic: string, group: string, handle: BatchHandler): Promise<LogReader>;
}
