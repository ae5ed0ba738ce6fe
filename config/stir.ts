import { DAY_MS, type Now } from '#core';
import { heatOf, measureVolume, type BurstPack, type Lead } from '#analyze';
import type { Source } from '#ingest';

/** How loud an event is now, by the kinds of its sources, and its last day bin by bin. */
export function createStir(deps: {
  readonly pack: BurstPack;
  readonly sources: readonly Source[];
  readonly now: Now;
}) {
  const { pack, sources, now } = deps;
  const kinds = new Map(sources.map(({ id, kind }) => [id, kind]));
  const shown = Math.ceil(DAY_MS / pack.burst.binMs);
  return (leads: readonly Lead[]) => {
    const at = now();
    const voices = leads.flatMap(({ posts }) => posts);
    return {
      heat: heatOf(leads, at, pack.heat, (id) => kinds.get(id)),
      volume: measureVolume(voices, at, pack).slice(-shown),
    };
  };
}
