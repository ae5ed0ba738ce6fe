import { describe, expect, onTestFinished, test } from 'vitest';
import type { BatchHandler, Log, LogEntry, LogReader } from '#core';

export interface LogUnderTest {
  readonly log: Log;
  /** The same log after a restart; its readers were closed before. */
  reopen(): Promise<Log>;
}

const entry = (id: string, key = 'k'): LogEntry => ({ id, key, body: { id, number: 7 } });

/** A reader that remembers what it was given, and tells when it was given enough. */
function collect(failWhen: (ids: readonly string[]) => boolean = () => false) {
  const seen: string[] = [];
  const bodies: unknown[] = [];
  const waiting: { count: number; resolve: () => void }[] = [];
  const tell = () => {
    for (const { count, resolve } of waiting) if (seen.length >= count) resolve();
  };
  const handle: BatchHandler = async (entries) => {
    const ids = entries.map(({ id }) => id);
    seen.push(...ids);
    bodies.push(...entries.map(({ body }) => body));
    tell();
    if (failWhen(ids)) throw new Error('not now');
  };
  const until = async (count: number): Promise<readonly string[]> => {
    await new Promise<void>((resolve) => {
      waiting.push({ count, resolve });
      tell();
    });
    return seen;
  };
  return { handle, until, seen, bodies };
}

async function untilNoLag(reader: LogReader): Promise<void> {
  while ((await reader.lag()) > 0) await new Promise((resolve) => setImmediate(resolve));
}

/** What every log keeps, whatever carries it. */
export function describeLog(name: string, open: () => Promise<LogUnderTest>): void {
  describe(`${name} as a Log`, () => {
    const follow = async (log: Log, group: string, handle: BatchHandler, topic = 'posts') => {
      const reader = await log.follow(topic, group, handle);
      onTestFinished(async () => await reader.close());
      return reader;
    };

    test('entries of one key are read in the order in which they were appended', async () => {
      const { log } = await open();
      const reader = collect();
      await follow(log, 'analyze', reader.handle);
      const ids = Array.from({ length: 250 }, (_, number) => `e${number}`);
      for (const [number, id] of ids.entries())
        await log.append('posts', [entry(id, `k${number % 3}`)]);
      const seen = await reader.until(250);
      for (const rest of [0, 1, 2]) {
        const ofKey = (all: readonly string[]) =>
          all.filter((id) => Number(id.slice(1)) % 3 === rest);
        expect(ofKey(seen)).toEqual(ofKey(ids));
      }
    });

    test('an entry comes back as it was appended', async () => {
      const { log } = await open();
      const reader = collect();
      await log.append('posts', [{ id: 'e1', key: 'k', body: { text: '停水', list: [1, null] } }]);
      await follow(log, 'analyze', reader.handle);
      await reader.until(1);
      expect(reader.bodies).toEqual([{ text: '停水', list: [1, null] }]);
    });

    test('each group reads each entry, and none of another topic', async () => {
      const { log } = await open();
      const one = collect();
      const other = collect();
      await follow(log, 'analyze', one.handle);
      await follow(log, 'search', other.handle);
      await log.append('acts', [entry('elsewhere')]);
      await log.append('posts', [entry('e1'), entry('e2')]);
      expect(await one.until(2)).toEqual(['e1', 'e2']);
      expect(await other.until(2)).toEqual(['e1', 'e2']);
    });

    test('a new group starts at the beginning', async () => {
      const { log } = await open();
      const first = collect();
      await log.append('posts', [entry('e1'), entry('e2')]);
      await untilNoLag(await follow(log, 'analyze', first.handle));
      const late = collect();
      await follow(log, 'late', late.handle);
      expect(await late.until(2)).toEqual(['e1', 'e2']);
    });

    test('a batch whose handling threw comes again', async () => {
      const { log } = await open();
      let tries = 0;
      const reader = collect(() => (tries += 1) === 1);
      const following = await follow(log, 'analyze', reader.handle);
      await log.append('posts', [entry('e1')]);
      await reader.until(1);
      expect(await following.lag()).toBe(1);
      // What is appended next wakes the reader, which begins again with what was not committed.
      await log.append('posts', [entry('e2')]);
      expect(await reader.until(3)).toEqual(['e1', 'e1', 'e2']);
      await untilNoLag(following);
    });

    test('what was not committed comes again after a restart, what was committed does not', async () => {
      const opened = await open();
      const before = collect((ids) => ids.includes('e2'));
      const first = await opened.log.follow('posts', 'analyze', before.handle);
      await opened.log.append('posts', [entry('e1')]);
      await untilNoLag(first);
      await opened.log.append('posts', [entry('e2')]);
      await before.until(2);
      await first.close();

      const log = await opened.reopen();
      const after = collect();
      const second = await follow(log, 'analyze', after.handle);
      expect(await after.until(1)).toEqual(['e2']);
      await untilNoLag(second);
      expect(after.seen).toEqual(['e2']);
    });

    test('closing waits for the batch in hand, which is then committed', async () => {
      const opened = await open();
      const begun = Promise.withResolvers<void>();
      const finish = Promise.withResolvers<void>();
      const reader = await opened.log.follow('posts', 'analyze', async () => {
        begun.resolve();
        await finish.promise;
      });
      await opened.log.append('posts', [entry('e1')]);
      await begun.promise;
      let isClosed = false;
      const closing = reader.close().then(() => (isClosed = true));
      await new Promise((resolve) => setImmediate(resolve));
      expect(isClosed).toBe(false);
      finish.resolve();
      await closing;

      const log = await opened.reopen();
      expect(await (await follow(log, 'analyze', async () => undefined)).lag()).toBe(0);
    });

    test('the lag is what a group has not committed', async () => {
      const { log } = await open();
      await log.append('posts', [entry('e1'), entry('e2')]);
      const hold = Promise.withResolvers<void>();
      const reader = await follow(log, 'slow', async () => await hold.promise);
      expect(await reader.lag()).toBe(2);
      hold.resolve();
      await untilNoLag(reader);
    });

    test('appending nothing is no failure', async () => {
      const { log } = await open();
      await log.append('posts', []);
      expect(await (await follow(log, 'analyze', async () => undefined)).lag()).toBe(0);
    });
  });
}
