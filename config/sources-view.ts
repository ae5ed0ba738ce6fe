import type { Now } from '#core';
import type { Watch } from '#analyze';
import type { Poller, RawItemStore, Source, SourceStateStore } from '#ingest';
import type { SourcesView } from '#server';
import { BEATS_SHOWN, toSourceHealth, toSourceView, type KnownSource } from './to-source-view.ts';
import { toWatchDiscovery } from './to-watch-discovery.ts';

interface Parts {
  readonly sources: readonly Source[];
  readonly states: SourceStateStore;
  readonly rawItems: RawItemStore;
  readonly poller: Pick<Poller, 'outageSince'>;
  readonly now: Now;
  readonly watches: readonly Watch[];
  /** 最长发现时间 that is allowed to every watch, ms. */
  readonly watchBudgetMs: number;
}

/** Before any plan: only what is planned counts, not how late it is by now. */
const AS_PLANNED = new Date(0);

/** The sources page, from the settings and the records of intake. */
export function createSourcesView(
  parts: Parts,
): SourcesView & { readonly plannedWatches: SourcesView['listWatches'] } {
  const { sources, states, rawItems, poller, now, watches, watchBudgetMs } = parts;
  const names = new Map(sources.map(({ id, name }) => [id, name]));
  /** Each source with what is known of it; only so many of its runs are read as are needed. */
  const knownWith = async (runCount: number): Promise<readonly KnownSource[]> => {
    const found = new Map((await states.listAll()).map((state) => [state.id, state]));
    return await Promise.all(
      sources.map(async (source) => ({
        source,
        state: found.get(source.id),
        runs: await states.listRuns(source.id, runCount),
      })),
    );
  };
  const watchesAt = async (at: Date) => {
    const known = await knownWith(1);
    return watches.map((watch) => toWatchDiscovery(watch, known, watchBudgetMs, at));
  };
  return {
    listWatches: async () => await watchesAt(now()),
    plannedWatches: async () =>
      watches.some((one) => one.sources?.length) ? await watchesAt(AS_PLANNED) : [],
    listSources: async () => (await knownWith(BEATS_SHOWN)).map((one) => toSourceView(one, now())),
    listHealth: async () => (await knownWith(1)).map((one) => toSourceHealth(one, now())),
    async findSource(sourceId) {
      const source = sources.find(({ id }) => id === sourceId);
      if (!source) return undefined;
      const state = await states.findById(sourceId);
      const runs = await states.listRuns(sourceId, BEATS_SHOWN);
      return toSourceView({ source, state, runs }, now());
    },
    names: async () => names,
    outageSince: async () => poller.outageSince(),
    async listQuarantined(limit) {
      return (await rawItems.listQuarantined(limit)).map((item) => ({
        ...item,
        at: item.at.toISOString(),
        sourceName: names.get(item.sourceId) ?? item.sourceId,
      }));
    },
  };
}
