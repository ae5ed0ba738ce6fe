import type { Now } from '#core';
import type { Poller, RawItemStore, Source, SourceStateStore } from '#ingest';
import type { SourcesView } from '#server';
import { BEATS_SHOWN, toSourceHealth, toSourceView, type KnownSource } from './to-source-view.ts';

interface Parts {
  readonly sources: readonly Source[];
  readonly states: SourceStateStore;
  readonly rawItems: RawItemStore;
  readonly poller: Pick<Poller, 'outageSince'>;
  readonly now: Now;
}

/** The sources page, from the settings and the records of intake. */
export function createSourcesView(parts: Parts): SourcesView {
  const { sources, states, rawItems, poller, now } = parts;
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
  return {
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
