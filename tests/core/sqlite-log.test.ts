import { expect, onTestFinished, test } from 'vitest';
import type { BatchHandler, LogEntry } from '#core';
import { SqliteLog } from '#core/sqlite';
import { memoryDatabase } from '../support/temp-database.ts';

const entry = (id: string): LogEntry => ({ id, key: 'k', body: {} });

function aLog(batchSize?: number) {
  const errors: unknown[] = [];
  const { database } = memoryDatabase();
  const log = new SqliteLog(database, {
    onError: (error) => errors.push(error),
    ...(batchSize && { batchSize }),
  });
  const follow = async (group: string, handle: BatchHandler) => {
    const reader = await log.follow('posts', group, handle);
    onTestFinished(async () => await reader.close());
    return reader;
  };
  return { log, errors, follow };
}

test('pruning drops only what every group has read, also one that never got anywhere', async () => {
  const { log, errors, follow } = aLog();
  const stuck = await follow('stuck', async () => {
    throw new Error('not yet');
  });
  const quick = await follow('quick', async () => undefined);
  await log.append('posts', [entry('e1'), entry('e2')]);
  while ((await quick.lag()) > 0) await new Promise((resolve) => setImmediate(resolve));

  expect(log.prune()).toBe(0);
  expect(await stuck.lag()).toBe(2);
  expect(errors.length).toBeGreaterThan(0);
});

test('pruning drops what all have read, and the next entry is read all the same', async () => {
  const { log, follow } = aLog();
  const seen: string[] = [];
  const reader = await follow('quick', async (entries) => {
    seen.push(...entries.map(({ id }) => id));
  });
  await log.append('posts', [entry('e1')]);
  while ((await reader.lag()) > 0) await new Promise((resolve) => setImmediate(resolve));
  expect(log.prune()).toBe(1);
  await log.append('posts', [entry('e2')]);
  while ((await reader.lag()) > 0) await new Promise((resolve) => setImmediate(resolve));
  expect(seen).toEqual(['e1', 'e2']);
});

test('what nobody reads yet is never pruned', async () => {
  const { log } = aLog();
  await log.append('posts', [entry('e1')]);
  expect(log.prune()).toBe(0);
});

test('a long backlog is read in batches without waiting between them', async () => {
  // At one batch per poll this would take half a minute, longer than a test may.
  const { log, follow } = aLog(2);
  const sizes: number[] = [];
  await log.append(
    'posts',
    Array.from({ length: 121 }, (_, number) => entry(`e${number}`)),
  );
  const reader = await follow('quick', async (entries) => void sizes.push(entries.length));
  while ((await reader.lag()) > 0) await new Promise((resolve) => setImmediate(resolve));
  expect(sizes).toEqual([...Array<number>(60).fill(2), 1]);
});
