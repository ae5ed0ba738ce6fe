import { expect, test } from 'vitest';
import { z } from 'zod';
import { amend, EffectSchema, relayEffects, type Document, type Effect, type Log } from '#core';
import { SqliteDocuments } from '#core/sqlite';
import { memoryDatabase } from '../support/temp-database.ts';

const NoteSchema = z.object({
  id: z.string(),
  revision: z.int(),
  effects: z.array(EffectSchema),
}) satisfies z.ZodType<Document>;
type Note = z.infer<typeof NoteSchema>;

const effect = (id: string, topic = 'acts'): Effect => ({
  topic,
  id,
  key: 'event-1',
  body: { id },
});

/** A log that only remembers, and can lose its footing before or after it has the entries. */
function aLog(break_: { before?: number; after?: number } = {}) {
  const appended: string[] = [];
  let calls = 0;
  const append: Log['append'] = async (topic, entries) => {
    calls += 1;
    if (calls === break_.before) throw new Error('the log is away');
    appended.push(...entries.map(({ id }) => `${topic}/${id}`));
    if (calls === break_.after) throw new Error('the process died');
  };
  const log: Log = { append, follow: () => Promise.reject(new Error('nobody follows')) };
  return { log, appended };
}

function aStore() {
  return new SqliteDocuments<Note>(memoryDatabase().database, {
    table: 'note',
    kind: '便笺',
    schema: NoteSchema,
    columns: {},
    valuesOf: () => ({}),
  });
}

test('effects go to the log of their topic, once, and leave the document', async () => {
  const store = aStore();
  await store.create({ id: 'a', revision: 1, effects: [effect('e1'), effect('e2', 'audit')] });
  await store.create({ id: 'b', revision: 1, effects: [effect('e3')] });
  const { log, appended } = aLog();
  expect(await relayEffects(store, log)).toBe(3);
  expect(await relayEffects(store, log)).toBe(0);
  expect(appended).toEqual(['acts/e1', 'acts/e3', 'audit/e2']);
  expect((await store.findById('a'))?.effects).toEqual([]);
});

test('a crash between the log and the clearing appends again: twice is allowed, never is not', async () => {
  const store = aStore();
  await store.create({ id: 'a', revision: 1, effects: [effect('e1'), effect('e2', 'audit')] });
  const { log, appended } = aLog({ after: 2 });
  await expect(relayEffects(store, log)).rejects.toThrow('the process died');
  expect((await store.findById('a'))?.effects).toHaveLength(2);
  expect(await relayEffects(store, log)).toBe(2);
  expect(appended).toEqual(['acts/e1', 'audit/e2', 'acts/e1', 'audit/e2']);
  expect(await store.findWithEffects(10)).toEqual([]);
});

test('a log that is away loses nothing', async () => {
  const store = aStore();
  await store.create({ id: 'a', revision: 1, effects: [effect('e1')] });
  const { log, appended } = aLog({ before: 1 });
  await expect(relayEffects(store, log)).rejects.toThrow('the log is away');
  expect(appended).toEqual([]);
  await relayEffects(store, log);
  expect(appended).toEqual(['acts/e1']);
});

test('an effect added while the others are on their way is not cleared with them', async () => {
  const store = aStore();
  await store.create({ id: 'a', revision: 1, effects: [effect('e1')] });
  const { log, appended } = aLog();
  const meanwhile: Log = {
    ...log,
    append: async (topic, entries) => {
      await log.append(topic, entries);
      if (appended.length > 1) return;
      await amend(store, 'a', (note) => ({ ...note, effects: [...note.effects, effect('e2')] }));
    },
  };
  await relayEffects(store, meanwhile);
  expect((await store.findById('a'))?.effects).toEqual([effect('e2')]);
  await relayEffects(store, meanwhile);
  expect(appended).toEqual(['acts/e1', 'acts/e2']);
});

test('more documents than one round takes are done in the next ones', async () => {
  const store = aStore();
  for (let number = 0; number < 130; number += 1) {
    await store.create({ id: `n${number}`, revision: 1, effects: [effect(`e${number}`)] });
  }
  const { log, appended } = aLog();
  while ((await relayEffects(store, log)) > 0);
  expect(new Set(appended).size).toBe(130);
  expect(appended).toHaveLength(130);
});
