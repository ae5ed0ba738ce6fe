import { getDomain } from 'tldts';
import { amend, idOf, messageOf, type LogEntry } from '#core';
import { outageSince, type NetworkLook } from './outage.ts';
import { newState, pollSource, type PollDeps } from './poll-source.ts';
import type { Source } from './source.ts';
import type { FetchProblem, SourceState } from './source-state.ts';
import { SOURCE_TROUBLES_TOPIC, type SourceTrouble } from './source-trouble.ts';

export interface PollerDeps extends Omit<PollDeps, 'outageWith'> {
  readonly sources: readonly Source[];
  /** A bug in one source's poll: it becomes that source's problem and stops nothing else. */
  readonly onFailure: (error: unknown, sourceId: string) => void;
}

export interface Poller {
  /** Starts what is due and is not in hand; does not wait for it. @returns how many were started */
  step(): Promise<number>;
  /** Looks at a source at the next step, whenever it was due. */
  lookSoon(sourceId: string): void;
  /** Since when the internet is out; undefined while somebody answers. */
  outageSince(): Date | undefined;
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
  const looks = new Map<string, NetworkLook>();
  let outage: Date | undefined;
  let isOpen = false;

  const remember = (source: Source, at: Date, problem: FetchProblem | undefined): void => {
    looks.set(source.id, { domain: domainOf(source), at, problem });
  };

  const outageWith = (source: Source, problem: FetchProblem | undefined): Date | undefined => {
    remember(source, now(), problem);
    return outageSince([...looks.values()], now());
  };

  /** What earlier runs of the process knew. */
  const open = async (): Promise<void> => {
    isOpen = true;
    for (const { id, nextTryAt, lastTryAt, lastProblem } of await states.listAll()) {
      dueAt.set(id, nextTryAt.getTime());
      const source = sources.find((one) => one.id === id);
      if (source && lastTryAt) remember(source, lastTryAt, lastProblem);
    }
    outage = outageSince([...looks.values()], now());
  };

  const tellOfOutage = async (): Promise<void> => {
    const since = outageSince([...looks.values()], now());
    if ((since === undefined) === (outage === undefined)) return;
    await deps.log.append(SOURCE_TROUBLES_TOPIC, [outageNews(since, outage, now(), deps.isDrill)]);
    outage = since;
  };

  const poll = async (source: Source): Promise<void> => {
    try {
      await pollSource(source, { ...deps, outageWith });
      await tellOfOutage();
      const state = await states.findById(source.id);
      dueAt.set(source.id, state?.nextTryAt.getTime() ?? 0);
    } catch (error) {
      deps.onFailure(error, source.id);
      const nextTryAt = new Date(now().getTime() + AFTER_BUG_MS);
      dueAt.set(source.id, nextTryAt.getTime());
      await states.create(newState(source, now()));
      await amend(states, source.id, (state) => withBug(state, messageOf(error), nextTryAt));
    } finally {
      inHand.delete(source.id);
    }
  };

  return {
    async step() {
      if (!isOpen) await open();
      const at = now().getTime();
      const room = MOST_IN_HAND - inHand.size;
      if (room <= 0) return 0;
      const due = sources
        .filter(({ id }) => !inHand.has(id) && (dueAt.get(id) ?? 0) <= at)
        .toSorted((a, b) => (dueAt.get(a.id) ?? 0) - (dueAt.get(b.id) ?? 0))
        .slice(0, room);
      for (const source of due) {
        const isPaused = (await states.findById(source.id))?.paused !== undefined;
        // A paused source is asked about again when somebody resumes it.
        if (isPaused) dueAt.set(source.id, Number.POSITIVE_INFINITY);
        else inHand.set(source.id, poll(source));
      }
      // Nothing that others wait for has happened yet; the log wakes them when posts come.
      return 0;
    },
    lookSoon: (sourceId) => void dueAt.set(sourceId, 0),
    outageSince: () => outage,
    async settle() {
      await Promise.all(inHand.values());
    },
  };
}

const domainOf = ({ url }: Source): string => {
  const { hostname, host } = new URL(url);
  return getDomain(hostname) ?? host;
};

function withBug(state: SourceState, message: string, nextTryAt: Date): SourceState {
  return { ...state, nextTryAt, health: 'late', problem: `采集程序出错：${message}` };
}

function outageNews(
  since: Date | undefined,
  before: Date | undefined,
  at: Date,
  isDrill: boolean,
): LogEntry {
  const trouble: SourceTrouble = {
    sourceId: 'internet',
    sourceName: '外网',
    kind: since ? 'outage' : 'recovered',
    reason: since ? '三个以上网站都连不上，判断为本单位外网不通' : '外网恢复',
    at,
    isDrill,
  };
  const began = (since ?? before ?? at).toISOString();
  return { id: idOf('outage', trouble.kind, began), key: 'internet', body: trouble };
}
