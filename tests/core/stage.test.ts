import { expect, test } from 'vitest';
import { z } from 'zod';
import {
  CalendarYearMissing,
  NotFound,
  runStage,
  StaleWrite,
  type LogEntry,
  type SetAsideEntry,
  type SetAsideStore,
} from '#core';

const NOON = new Date('2026-03-02T04:00:00Z');
const Item = z.object({ word: z.string() });

class MemorySetAside implements SetAsideStore {
  readonly all: SetAsideEntry[] = [];
  put = async (entry: SetAsideEntry) => void this.all.push(entry);
  count = async () => this.all.length;
  listNewest = async () => this.all;
  listForNextStart = async (stage: string) =>
    this.all.filter((one) => one.stage === stage && one.isForNextStart);
  remove = async (stage: string, id: string) => {
    const at = this.all.findIndex((one) => one.stage === stage && one.entry.id === id);
    if (at >= 0) this.all.splice(at, 1);
  };
}

const entry = (word: string, key = word): LogEntry => ({ id: `id-${word}`, key, body: { word } });

/** A stage that fails on the words given, and what became of it. */
function aStage(failOn: Record<string, () => Error>) {
  const seen: string[] = [];
  const failures: unknown[] = [];
  const setAside = new MemorySetAside();
  let batches = 0;
  const { handle, counts, takeUp } = runStage<z.infer<typeof Item>>(
    {
      name: 'words',
      schema: Item,
      async process(batch) {
        for (const { word } of batch) {
          const fail = failOn[word];
          if (fail) throw fail();
        }
        seen.push(...batch.map(({ word }) => word));
      },
    },
    {
      setAside,
      now: () => NOON,
      onFailure: (error) => failures.push(error),
      afterBatch: () => (batches += 1),
    },
  );
  /** Brings a batch again until it is committed, as the log does. @returns how often it came */
  const deliver = async (entries: readonly LogEntry[]): Promise<number> => {
    for (let delivery = 1; delivery <= 20; delivery += 1) {
      const isCommitted = await handle(entries).then(
        () => true,
        () => false,
      );
      if (isCommitted) return delivery;
    }
    throw new Error('the batch was never committed');
  };
  return { handle, counts, takeUp, seen, failures, setAside, deliver, batches: () => batches };
}

const bug = () => new TypeError('x is undefined');

test('a batch without trouble is handled at once, and what waits for it is woken', async () => {
  const { handle, counts, seen, batches } = aStage({});
  await handle([entry('甲'), entry('乙')]);
  expect(seen).toEqual(['甲', '乙']);
  expect(counts).toEqual({ received: 2, done: 2, failed: 0, setAside: 0 });
  expect(batches()).toBe(1);
});

test('a poison entry is set aside after three tries, the others flow and are done once', async () => {
  const { counts, seen, failures, setAside, deliver } = aStage({ 毒: bug });
  await deliver([entry('甲'), entry('毒'), entry('乙')]);
  expect(seen).toEqual(['甲', '乙']);
  expect(failures).toHaveLength(3);
  expect(setAside.all).toEqual([
    { stage: 'words', entry: entry('毒'), reason: 'x is undefined', at: NOON },
  ]);
  expect(counts).toEqual({ received: 3, done: 2, failed: 3, setAside: 1 });
});

test('many poison entries in one batch cost three deliveries, not three for each', async () => {
  const words = ['一', '二', '三', '四', '五', '六'];
  const { setAside, counts, deliver } = aStage(
    Object.fromEntries(words.map((word) => [word, bug])),
  );
  expect(await deliver([...words, '甲'].map((word) => entry(word)))).toBe(3);
  expect(setAside.all).toHaveLength(6);
  expect(counts).toEqual({ received: 7, done: 1, failed: 18, setAside: 6 });
});

test('an entry behind a poison one of its own key keeps its place', async () => {
  const { handle, seen, deliver } = aStage({ 毒: bug });
  const batch = [entry('毒', 'event-1'), entry('后', 'event-1'), entry('别', 'event-2')];
  await expect(handle(batch)).rejects.toThrow(TypeError);
  expect(seen).toEqual(['别']);
  await deliver(batch);
  expect(seen).toEqual(['别', '后']);
});

test('a bug that passes costs nothing but the try', async () => {
  let tries = 0;
  const failOn: Record<string, () => Error> = {
    坏: () => {
      tries += 1;
      // The batch and the single try fail, the next delivery goes through.
      if (tries === 2) delete failOn['坏'];
      return bug();
    },
  };
  const { counts, seen, setAside, deliver } = aStage(failOn);
  expect(await deliver([entry('坏')])).toBe(2);
  expect(seen).toEqual(['坏']);
  expect(setAside.all).toEqual([]);
  expect(counts).toEqual({ received: 1, done: 1, failed: 1, setAside: 0 });
});

test('an unreadable body is set aside at once and stops nothing', async () => {
  const { counts, seen, setAside, deliver } = aStage({});
  expect(await deliver([{ id: 'odd', key: 'k', body: { word: 7 } }, entry('甲')])).toBe(1);
  expect(seen).toEqual(['甲']);
  expect(setAside.all).toMatchObject([
    { entry: { id: 'odd' }, reason: expect.stringContaining('word') },
  ]);
  expect(counts).toEqual({ received: 2, done: 1, failed: 0, setAside: 1 });
});

test('a foreseen failure that trying cannot mend is set aside at the first try', async () => {
  const { failures, setAside, deliver } = aStage({ 缺: () => new NotFound('舆情事件', 'event-9') });
  expect(await deliver([entry('缺'), entry('甲')])).toBe(1);
  expect(failures).toHaveLength(1);
  expect(setAside.all).toMatchObject([{ reason: '没有找到舆情事件 event-9' }]);
});

test('what trying again can mend is never set aside, however long it takes', async () => {
  const failOn: Record<string, () => Error> = { 忙: () => new StaleWrite('舆情事件', 'event-1') };
  const { handle, counts, seen, setAside, deliver } = aStage(failOn);
  for (let delivery = 0; delivery < 10; delivery += 1) {
    await expect(handle([entry('甲'), entry('忙')])).rejects.toThrow(StaleWrite);
  }
  expect(setAside.all).toEqual([]);
  delete failOn['忙'];
  await deliver([entry('甲'), entry('忙')]);
  expect(seen).toEqual(['甲', '忙']);
  expect(counts).toEqual({ received: 2, done: 2, failed: 10, setAside: 0 });
});

test('an entry that stands twice in one batch counts once', async () => {
  const { handle, counts } = aStage({});
  await handle([entry('甲'), entry('甲')]);
  expect(counts).toMatchObject({ received: 1, done: 1 });
});

test('an entry that comes again after its batch was committed is handled again', async () => {
  const { handle, seen, counts } = aStage({});
  await handle([entry('甲')]);
  await handle([entry('甲')]);
  expect(seen).toEqual(['甲', '甲']);
  expect(counts).toMatchObject({ received: 2, done: 2 });
});

test('what lacked a year of the calendar is taken up at the next start, and waits on while it fails', async () => {
  const failOn: Record<string, () => Error> = {
    甲: () => new CalendarYearMissing('2027'),
    乙: () => new NotFound('post', '1'),
  };
  const { seen, setAside, deliver, takeUp } = aStage(failOn);
  await deliver([entry('甲'), entry('乙')]);
  expect(setAside.all.map(({ isForNextStart }) => isForNextStart)).toEqual([true, undefined]);
  expect(await takeUp()).toBe(0);
  expect(setAside.all).toHaveLength(2);
  delete failOn['甲'];
  delete failOn['乙'];
  expect(await takeUp()).toBe(1);
  expect(seen).toEqual(['甲']);
  // What failed for another reason needs a person.
  expect(setAside.all.map(({ entry: { id } }) => id)).toEqual(['id-乙']);
});
