import { messageOf } from '#core';
import { newState, pollSource, type PollDeps } from './poll-source.ts';
import type { Source } from './source.ts';

export interface PollerDeps extends PollDeps {
  readonly sources: readonly Source[];
  /** A bug in one source's poll: it becomes that source's problem and stops nothing else. */
  readonly onFailure: (error: unknown, sourceId: string) => void;
}

export interface Poller {
  /** Starts what is due and is not in hand; does not wait for it. @returns how many were started */
  step(): Promise<number>;
  /** Waits for the polls in hand. */
  settle(): Promise<void>;
}

const MOST_IN_HAND = 16;
/** After a bug of ours the source is tried again, but not at once. */
const AFTER_BUG_MS = 60_000;

/** Looks at each source when it is due, several at a time; the fetcher sees to manners per host. */
export function createPoller(deps: PollerDeps): Poller {
  const { sources, states, now } = deps;
  const inHand = new Map<string, Promise<void>>();
  const dueAt = new Map<string, number>();

  const poll = async (source: Source): Promise<void> => {
    try {
      await pollSource(source, deps);
      const state = await states.findById(source.id);
      dueAt.set(source.id, state?.nextTryAt.getTime() ?? 0);
    } catch (error) {
      deps.onFailure(error, source.id);
      dueAt.set(source.id, now().getTime() + AFTER_BUG_MS);
      await states.create({
        ...newState(source, now()),
        problem: `采集程序出错：${messageOf(error)}`,
      });
    } finally {
      inHand.delete(source.id);
    }
  };

  return {
    async step() {
      if (dueAt.size === 0) {
        for (const state of await states.listAll()) {
          dueAt.set(state.id, state.nextTryAt.getTime());
        }
      }
      const at = now().getTime();
      const due = sources
        .filter(({ id }) => !inHand.has(id) && (dueAt.get(id) ?? 0) <= at)
        .toSorted((a, b) => (dueAt.get(a.id) ?? 0) - (dueAt.get(b.id) ?? 0))
        .slice(0, Math.max(0, MOST_IN_HAND - inHand.size));
      for (const source of due) inHand.set(source.id, poll(source));
      // Nothing that others wait for has happened yet; the log wakes them when posts come.
      return 0;
    },
    async settle() {
      await Promise.all(inHand.values());
    },
  };
}
