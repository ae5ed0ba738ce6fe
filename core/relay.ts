import { amend, type Document, type Documents } from './documents.ts';
import type { Log } from './log.ts';

const BATCH = 100;

/**
 * Moves effects from documents to the log: append first, then clear. A crash in between appends again,
 * which consumers know by the entry's id; nothing is lost.
 *
 * @returns how many effects were appended; 0 when there is nothing left to do
 */
export async function relayEffects<T extends Document>(
  store: Documents<T>,
  log: Log,
): Promise<number> {
  const documents = await store.findWithEffects(BATCH);
  const effects = documents.flatMap((document) => document.effects);
  for (const [topic, entries] of Map.groupBy(effects, (effect) => effect.topic)) {
    await log.append(topic, entries);
  }
  // A commit for each would hold up what hundreds of them set off together.
  const cleared = documents.map((one) => ({ ...one, revision: one.revision + 1, effects: [] }));
  const changed = store.replaceAll && new Set(await store.replaceAll(cleared));
  for (const { id, effects: sent } of documents) {
    if (changed && !changed.has(id)) continue;
    const done = new Set(sent.map((effect) => effect.id));
    // The document may have changed meanwhile; only what was appended is cleared.
    await amend(store, id, (document) => ({
      ...document,
      effects: document.effects.filter((effect) => !done.has(effect.id)),
    }));
  }
  return effects.length;
}
