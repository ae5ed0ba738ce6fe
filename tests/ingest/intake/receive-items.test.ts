import { expect, test } from 'vitest';
import { beijingDay } from '#core';
import { openDatabase, SqliteLog } from '#core/sqlite';
import { pollSource, SourceSchema, type FetchResult, type Post } from '#ingest';
import { openIntakeKey } from '../../../ingest/adapters/intake-key.ts';
import { SqliteRawItemStore } from '../../../ingest/adapters/sqlite-raw-item-store.ts';
import { SqliteSourceStateStore } from '../../../ingest/adapters/sqlite-source-state-store.ts';
import { parsePush } from '../../../ingest/intake/push.ts';
import { receiveItems } from '../../../ingest/intake/receive-items.ts';
import { replayRawItems, type Replayed } from '../../../ingest/replay-raw-items.ts';
import { rhythmPack } from '../../support/packs.ts';
import { minutesAfter, NOON } from '../../support/posts.ts';
import { aPolledSource } from '../../support/sources.ts';

const pushed = SourceSchema.parse({
  id: 'town',
  name: '乡镇信息员',
  kind: 'vendor',
  inputPath: 'vendorFeed',
  mediaTier: 'M1',
  reader: { kind: 'push', secret: 'env:TOWN_SECRET' },
});
const portal = aPolledSource({
  id: 'portal',
  name: '市政府',
  kind: 'portal',
  inputPath: 'publicPage',
  mediaTier: 'M3',
  url: 'https://city.test/list.html',
  reader: { kind: 'listPage', itemSelector: 'li', dateSelector: 'i', articleSelector: 'article' },
});

function openIntake() {
  const database = openDatabase(':memory:');
  const posts: Post[] = [];
  const clock = { at: NOON };
  const log = new SqliteLog(database, { onError: () => undefined });
  const deps = {
    states: new SqliteSourceStateStore(database),
    rawItems: new SqliteRawItemStore(database, new Uint8Array(32)),
    log: {
      append: async (_topic: string, entries: readonly { readonly body: unknown }[]) =>
        void posts.push(...entries.map(({ body }) => body as Post)),
      follow: async (...rest: Parameters<typeof log.follow>) => await log.follow(...rest),
    },
    now: () => clock.at,
    pseudonym: openIntakeKey(database, () => NOON),
    isDrill: false,
    rhythm: rhythmPack,
  };
  const push = async (...items: readonly object[]) => {
    const bytes = Buffer.from(JSON.stringify({ items }));
    const { items: read } = parsePush(bytes.toString());
    return await receiveItems(pushed, { items: read, bytes, unparsable: 0 }, deps);
  };
  const replay = async (): Promise<Replayed[]> => {
    const raws = await deps.rawItems.listBetween(NOON, minutesAfter(24 * 60));
    return await Array.fromAsync(replayRawItems(raws, [pushed, portal], deps));
  };
  return { deps, posts, clock, push, replay };
}

const newPosts = (replayed: readonly Replayed[]): Post[] =>
  replayed.flatMap(({ judged }) => judged.flatMap(({ post }) => post ?? []));

test('what is pushed twice is one post, and every item is in one column', async () => {
  const { push, posts, clock } = openIntake();
  const first = await push({ key: '1', text: '清河街道停水' }, { key: '1', text: '清河街道停水' });
  expect(first.funnel).toMatchObject({ fetched: 2, new: 1, duplicate: 1 });
  clock.at = minutesAfter(1);
  const second = await push({ key: '1', text: '清河街道停水' }, { key: '2', text: '路灯不亮' });
  expect(second.funnel).toMatchObject({ fetched: 2, new: 1, duplicate: 1 });
  expect(posts.map(({ text }) => text)).toEqual(['清河街道停水', '路灯不亮']);
});

test('a pushed item with a mark of secrecy is refused, and its bytes are not kept', async () => {
  const { push, posts, deps } = openIntake();
  const run = await push({ text: '机密★10年\n关于停水的报告' });
  expect(run.funnel).toMatchObject({ refused: 1, new: 0 });
  expect(posts).toEqual([]);
  expect(await deps.rawItems.listBetween(NOON, minutesAfter(1))).toEqual([]);
});

test('a day read again from its stored bytes gives the same posts', async () => {
  const { deps, posts, push, clock, replay } = openIntake();
  await push({ key: '1', text: '清河街道停水，电话13812345678' });
  clock.at = minutesAfter(5);
  const pages: Record<string, string> = {
    '/list.html': `<li><a href="/a.html">关于供水管网抢修的通告</a><i>${beijingDay(NOON)}</i></li>`,
    '/a.html': '<article>因主管道爆管，清河街道今日停水，预计18时恢复。</article>',
  };
  const fetcher = {
    get: async ({ url }: { url: string }): Promise<FetchResult> => ({
      kind: 'ok',
      bytes: Buffer.from(`<meta charset="utf-8">${pages[new URL(url).pathname] ?? ''}`),
      contentType: 'text/html; charset=utf-8',
      finalUrl: url,
    }),
    close: async () => undefined,
  };
  await pollSource(portal, { ...deps, fetcher, random: () => 0, outageWith: () => undefined });
  expect(posts).toHaveLength(2);

  const again = newPosts(await replay());
  const shown = ({ id, title, text, publishedAt, url }: Post) => ({
    id,
    title,
    text,
    publishedAt,
    url,
  });
  expect(again.map(shown)).toEqual(posts.map(shown));
});

test('bytes whose source is gone, or that cannot be understood, say so and stop nothing', async () => {
  const { deps, push, replay } = openIntake();
  const at = NOON;
  await deps.rawItems.put({ sourceId: 'gone', url: '', bytes: Buffer.from('x'), at });
  await deps.rawItems.quarantine({
    sourceId: 'portal',
    url: portal.url,
    bytes: Buffer.from('<p>改版了</p>'),
    at,
    reason: '列表无法解读',
  });
  await push({ text: '清河街道停水' });
  const replayed = await replay();
  expect(replayed.map(({ problem }) => problem !== undefined)).toEqual([true, true, false]);
  expect(replayed[0]?.problem).toBe('设置里已没有信息源 gone');
});
