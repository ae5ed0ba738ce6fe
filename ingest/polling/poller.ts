import { getDomain } from 'tldts';
import { amend, idOf, messageOf, type LogEntry } from '#core';
import type { NetworkLook } from './outage.ts';
import { createOutageWatch } from './outage-watch.ts';
import { newState, pollSource, type PollDeps } from './poll-source.ts';
import { isPolled, type PolledSource, type Source } from '../source.ts';
import type { SourceState } from '../source-state.ts';
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
  /** Begins nothing more, not even the next article of a poll in hand, and waits for what is left. */
  close(): Promise<void>;
}

/** Most looks are waiting for somebody far away; sites that hang must not keep the others from being read. */
const MOST_IN_HAND = 128;
/** Requests to one domain go one by one: more looks than these would only hold places. */
const MOST_OF_DOMAIN = 8;
/** After a bug of ours the source is tried again, but not at once. */
const AFTER_BUG_MS = 60_000;

/** Looks at each source when it is due, several at a time; the fetcher sees to manners per host. */
export function createPoller(deps: PollerDeps): Poller {
  const { states, now, rhythm } = deps;
  const sources = new Map(
    deps.sources
      .filter(isPolled)
      .map((source) => [source.id, { source, domain: domainOf(source) }]),
  );
  const inHand = new Map<string, Promise<void>>();
  const inHandOf = new Map<string, number>();
  const dueAt = new Map<string, number>();
  const watch = createOutageWatch(
    rhythm.outage,
    new Set([...sources.values()].map(({ domain }) => domain)).size,
  );
  const failedArticles = new Map<string, readonly string[]>();
  let outage: Date | undefined;
  let isOpen = false;
  let isEnding = false;
  const isStopping = (): boolean => isEnding;

  const note = (id: string, { failuresInARow }: SourceState, { at, problem }: Seen): void => {
    const domain = sources.get(id)?.domain;
    // Who was dead before says nothing of the line by failing again.
    const isNews = problem === undefined || failuresInARow < rhythm.failures.silentAfter;
    if (domain !== undefined && isNews) watch.note(id, { domain, at, problem });
  };

  const outageWith: PollDeps['outageWith'] = ({ id }, before, { at, fetchProblem }) => {
    note(id, before, { at, problem: fetchProblem });
    return watch.since(now());
  };

  /** What earlier runs of the process knew. */
  const open = async (): Promise<void> => {
    isOpen = true;
    for (const state of await states.listAll()) {
      const { id, nextTryAt, lastTryAt, lastProblem } = state;
      dueAt.set(id, nextTryAt.getTime());
      if (lastTryAt) note(id, state, { at: lastTryAt, problem: lastProblem });
    }
    outage = watch.since(now());
  };

  const tellOfOutage = async (): Promise<void> => {
    const since = watch.since(now());
    if ((since === undefined) === (outage === undefined)) return;
    await deps.log.append(SOURCE_TROUBLES_TOPIC, [outageNews(since, outage, now(), deps.isDrill)]);
    outage = since;
  };

  const poll = async (source: PolledSource): Promise<void> => {
    try {
      await pollSource(source, { ...deps, outageWith, failedArticles, isStopping });
      await tellOfOutage();
      const state = await states.findById(source.id);
      dueAt.set(source.id, state?.nextTryAt.getTime() ?? 0);
    } catch (error) {
      deps.onFailure(error, source.id);
      const nextTryAt = new Date(now().getTime() + AFTER_BUG_MS);
      dueAt.set(source.id, nextTryAt.getTime());
      await states.create(newState(source, now()));
      await amend(states, source.id, (state) => withBug(state, messageOf(error), nextTryAt));
    }
  };

  const start = ({ source, domain }: { source: PolledSource; domain: string }): void => {
    inHandOf.set(domain, (inHandOf.get(domain) ?? 0) + 1);
    const done = poll(source)
      // Not even its failure could be written down: the disk is full, say. It is due again all the same.
      .catch((error: unknown) => deps.onFailure(error, source.id))
      .finally(() => {
        inHand.delete(source.id);
        const left = (inHandOf.get(domain) ?? 1) - 1;
        if (left > 0) inHandOf.set(domain, left);
        else inHandOf.delete(domain);
      });
    inHand.set(source.id, done);
  };

  const settle = async (): Promise<void> => {
    await Promise.all(inHand.values());
  };

  return {
    async step() {
      if (isEnding) return 0;
      if (!isOpen) await open();
      const at = now().getTime();
      const dueOf = (id: string): number => dueAt.get(id) ?? 0;
      const due = [...sources.values()]
        .filter(({ source: { id } }) => dueOf(id) <= at && !inHand.has(id))
        .toSorted((a, b) => dueOf(a.source.id) - dueOf(b.source.id));
      for (const one of due) {
        if (inHand.size >= MOST_IN_HAND) break;
        if ((inHandOf.get(one.domain) ?? 0) >= MOST_OF_DOMAIN) continue;
        const { id } = one.source;
        const state = await states.findById(id);
        const isPaused = state?.paused !== undefined;
        // A paused source is asked about again when somebody resumes it.
        if (isPaused) dueAt.set(id, Number.POSITIVE_INFINITY);
        // Nor is one that asked to be left alone read before its time, whoever asked for a look.
        else if (state?.restUntil && state.restUntil.getTime() > at) {
          dueAt.set(id, state.restUntil.getTime());
        } else start(one);
      }
      // Nothing that others wait for has happened yet; the log wakes them when posts come.
      return 0;
    },
    lookSoon: (sourceId) => void dueAt.set(sourceId, 0),
    outageSince: () => outage,
    settle,
    async close() {
      isEnding = true;
      await settle();
    },
  };
}

/** What a look says of the network. */
type Seen = Pick<NetworkLook, 'at' | 'problem'>;

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
    reason: since ? '多个网站同时连不上，判断为本单位外网不通' : '外网恢复',
    at,
    isDrill,
  };
  const began = (since ?? before ?? at).toISOString();
  return { id: idOf('outage', trouble.kind, began), key: 'internet', body: trouble };
}
