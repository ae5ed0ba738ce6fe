import { assert, asyncProperty, uint8Array } from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { RawItemStore } from '#ingest';
import { minutesAfter, NOON } from '../support/posts.ts';

type Item = Parameters<RawItemStore['put']>[0];

const anItem = (text: string, changes: Partial<Item> = {}): Item => ({
  sourceId: 'city-daily',
  url: 'https://news.test/1',
  bytes: Buffer.from(text),
  at: NOON,
  ...changes,
});

export function describeRawItemStore(name: string, open: () => Promise<RawItemStore>): void {
  describe(`${name} as a RawItemStore`, () => {
    test('bytes come back as they were received, whatever they are', async () => {
      const store = await open();
      await assert(
        asyncProperty(uint8Array({ maxLength: 5_000, size: 'max' }), async (bytes) => {
          const id = await store.put(anItem('', { bytes }));
          expect(Buffer.from((await store.read(id)) ?? 'none').equals(bytes)).toBe(true);
        }),
      );
      expect(await store.read('nobody')).toBeUndefined();
    });

    test('the same bytes of the same address are one item', async () => {
      const store = await open();
      const id = await store.put(anItem('停水'));
      expect(await store.put(anItem('停水', { at: minutesAfter(5) }))).toBe(id);
      expect(await store.dropBefore(minutesAfter(60))).toBe(1);
    });

    test('of bytes that come again it is kept how they were called, when nobody had said so before', async () => {
      const store = await open();
      await store.put(anItem('停水'));
      const named = { contentType: 'text/html; charset=gbk', finalUrl: 'https://news.test/2' };
      await store.quarantine({ ...anItem('停水', named), reason: '无法解读' });
      expect(await store.listQuarantined(10)).toMatchObject([named]);
    });

    test('other bytes, another address or another source are another item', async () => {
      const store = await open();
      const ids = [
        await store.put(anItem('停水')),
        await store.put(anItem('停电')),
        await store.put(anItem('停水', { url: 'https://news.test/2' })),
        await store.put(anItem('停水', { sourceId: 'board' })),
      ];
      expect(new Set(ids).size).toBe(4);
      expect(Buffer.from((await store.read(ids[1]!)) ?? []).toString()).toBe('停电');
    });

    test('what is quarantined is listed with its reason and size, newest first', async () => {
      const store = await open();
      await store.put(anItem('正常的一条'));
      await store.quarantine({ ...anItem('<bomb>'), reason: '内容超过 5 MB，已截断隔离' });
      const empty = anItem('', { url: 'https://news.test/2', at: minutesAfter(5) });
      await store.quarantine({ ...empty, reason: '无法解码' });
      const [newest, ...older] = await store.listQuarantined(10);
      expect(newest).toMatchObject({ url: empty.url, at: empty.at, reason: '无法解码', bytes: 0 });
      expect(older).toMatchObject([
        { sourceId: 'city-daily', at: NOON, reason: '内容超过 5 MB，已截断隔离', bytes: 6 },
      ]);
      expect(await store.listQuarantined(1)).toEqual([newest]);
    });

    test('a row of the quarantine leads to the bytes and holds none of them', async () => {
      const store = await open();
      await store.quarantine({ ...anItem('<script>恶意</script>'), reason: '无法解读' });
      const [row] = await store.listQuarantined(10);
      expect(JSON.stringify(row)).not.toContain('恶意');
      const bytes = await store.read(row?.id ?? '');
      expect(Buffer.from(bytes ?? []).toString()).toBe('<script>恶意</script>');
    });

    test('bytes that were taken in before can still be quarantined, and then stay so', async () => {
      const store = await open();
      const item = anItem('停水');
      await store.put(item);
      await store.quarantine({ ...item, reason: '无法解读' });
      await store.put(item);
      expect(await store.listQuarantined(10)).toMatchObject([{ reason: '无法解读' }]);
    });

    test('what is older than the moment is dropped and counted, quarantined or not', async () => {
      const store = await open();
      const old = await store.put(anItem('旧', { at: minutesAfter(-1) }));
      const young = await store.put(anItem('新'));
      await store.quarantine({ ...anItem('坏', { at: minutesAfter(-1) }), reason: '无法解读' });
      expect(await store.dropBefore(NOON)).toBe(2);
      expect(await store.dropBefore(NOON)).toBe(0);
      expect(await store.read(old)).toBeUndefined();
      expect(await store.read(young)).toBeDefined();
      expect(await store.listQuarantined(10)).toEqual([]);
    });

    test('what came between two moments is listed oldest first, quarantined or not, the end left out', async () => {
      const store = await open();
      await store.put(anItem('later', { at: minutesAfter(5) }));
      await store.put(anItem('first'));
      await store.quarantine({ ...anItem('bad', { at: minutesAfter(2) }), reason: '无法解读' });
      await store.put(anItem('end', { at: minutesAfter(10) }));
      const listed = await store.listBetween(NOON, minutesAfter(10));
      expect(listed.map(({ at, reason, bytes }) => [at, reason, bytes])).toEqual([
        [NOON, undefined, 5],
        [minutesAfter(2), '无法解读', 3],
        [minutesAfter(5), undefined, 5],
      ]);
    });

    test('what is quarantined is found by its id and by its source', async () => {
      const store = await open();
      const id = await store.quarantine({ ...anItem('bad'), reason: '无法解读' });
      await store.quarantine({ ...anItem('x', { sourceId: 'board' }), reason: '无法解码' });
      const kept = await store.put(anItem('good'));
      expect(await store.findQuarantined(id)).toMatchObject({ id, reason: '无法解读', at: NOON });
      expect(await store.findQuarantined(kept)).toBeUndefined();
      expect((await store.listQuarantined(10, 'city-daily')).map((one) => one.id)).toEqual([id]);
      expect(await store.listQuarantined(10, 'nobody')).toEqual([]);
    });

    test('of what is dropped nothing stays, and the others do', async () => {
      const store = await open();
      const id = await store.quarantine({ ...anItem('bad'), reason: '无法解读' });
      const kept = await store.put(anItem('good'));
      await store.drop(id);
      expect(await store.read(id)).toBeUndefined();
      expect(await store.findQuarantined(id)).toBeUndefined();
      expect(await store.read(kept)).toBeDefined();
    });

    test('what was understood after all leaves the quarantine and keeps its bytes', async () => {
      const store = await open();
      await store.quarantine({ ...anItem('bad'), reason: '无法解读' });
      const [row] = await store.listQuarantined(10);
      await store.release(row?.id ?? '');
      expect(await store.listQuarantined(10)).toEqual([]);
      expect(await store.read(row?.id ?? '')).toBeDefined();
    });

    test('bytes that come again after they were dropped are kept again', async () => {
      const store = await open();
      const id = await store.put(anItem('停水'));
      await store.dropBefore(minutesAfter(1));
      expect(await store.put(anItem('停水', { at: minutesAfter(5) }))).toBe(id);
      expect(Buffer.from((await store.read(id)) ?? []).toString()).toBe('停水');
    });
  });
}
