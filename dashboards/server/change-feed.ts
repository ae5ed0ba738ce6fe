import type { StreamMessage } from '#contract';

export type ChangeKind = StreamMessage['kind'];
type Listener = (message: StreamMessage) => void;

/** Tells open screens that something of a kind changed; they ask again for what it is. */
export interface ChangeFeed {
  publish(kind: ChangeKind, ref: string): void;
  /** @returns how to stop listening */
  subscribe(listener: Listener): () => void;
  /** What came after this id; one `all` when that is no longer known. */
  since(id: number): readonly StreamMessage[];
}

const MOST_KEPT = 1_000;

/**
 * A feed in memory. Its ids begin at the moment of its making in milliseconds, so that they also rise over a
 * restart and a screen that comes back learns that it missed something.
 */
export function createChangeFeed(startedAt: Date): ChangeFeed {
  let lastId = startedAt.getTime();
  const kept: StreamMessage[] = [];
  const listeners = new Set<Listener>();

  return {
    publish: (kind, ref) => {
      lastId += 1;
      const message = { id: lastId, kind, ref };
      kept.push(message);
      if (kept.length > MOST_KEPT) kept.shift();
      for (const listener of listeners) listener(message);
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    since: (id) => {
      if (id === lastId) return [];
      const oldest = kept[0]?.id ?? lastId + 1;
      const isKnown = id >= oldest - 1 && id < lastId;
      if (!isKnown) return [{ id: lastId, kind: 'all', ref: '' }];
      return kept.filter((message) => message.id > id);
    },
  };
}
