import { amendMany, type Document, type Documents } from './documents.ts';
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
  const done = new Set(effects.map((effect) => effect.id));
  // A document may have changed meanwhile; only what was appended is cleared.
  await amendMany(
    store,
    documents.map(({ id }) => id),
    (document) =>
      document && {
        ...document,
        effects: document.effects.filter((effect) => !done.has(effect.id)),
      },
  );
  return effects.length;
}
