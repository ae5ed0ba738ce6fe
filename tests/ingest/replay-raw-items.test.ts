import { expect, test } from 'vitest';
import { openDatabase } from '#core/sqlite';
import { pollSource, replayRawItems, type FetchResult } from '#ingest';
import { SqliteRawItemStore } from '../../ingest/adapters/sqlite-raw-item-store.ts';
import { encodeAs } from '../support/encode.ts';
import { openIntake } from '../support/intake.ts';
import { minutesAfter, NOON } from '../support/posts.ts';
import { aPolledSource } from '../support/sources.ts';

const portal = aPolledSource({
  id: 'portal',
  name: '霖江之声',
  kind: 'portal',
  inputPath: 'publicPage',
  mediaTier: 'M3',
  url: 'https://portal.test/list',
  reader: { kind: 'listPage', itemSelector: 'li', articleSelector: 'article' },
});
const HOUR = [NOON, minutesAfter(60)] as const;

async function replayed(pages: Record<string, FetchResult>) {
  const { deps, appended } = openIntake(pages);
  await pollSource(portal, deps);
  const raws = await deps.rawItems.listBetween(...HOUR);
  const again = await Array.fromAsync(replayRawItems(raws, [portal], deps));
  return { first: appended, again: again.flatMap(({ judged }) => judged.map(({ post }) => post)) };
}

test('what only its Content-Type told how to decode is read again as it was the first time', async () => {
  const page = (html: string, finalUrl: string): FetchResult => ({
    kind: 'ok',
    bytes: encodeAs(html, 'big5'),
    contentType: 'text/html; charset=big5',
    finalUrl,
  });
  const { first, again } = await replayed({
    '/list': page('<li><a href="/a">礦泉</a></li>', 'https://portal.test/list'),
    '/a': page('<article>鑫鑫礦泉</article>', 'https://portal.test/a'),
  });
  expect(first).toMatchObject([{ title: '礦泉', text: '鑫鑫礦泉' }]);
  expect(again).toEqual(first);
});

test('a list that was moved is read again by the links it had where it was found', async () => {
  const page = (html: string, finalUrl: string): FetchResult => ({
    kind: 'ok',
    bytes: Buffer.from(html),
    contentType: 'text/html; charset=utf-8',
    finalUrl,
  });
  const { first, again } = await replayed({
    '/list': page('<li><a href="a">停水通知</a></li>', 'https://portal.test/new/list'),
    '/new/a': page('<article>今日停水</article>', 'https://portal.test/new/a'),
  });
  expect(first).toMatchObject([{ title: '停水通知', url: 'https://portal.test/new/a' }]);
  expect(again).toEqual(first);
});

test('bytes stored by an earlier release, without their Content-Type, are still listed', async () => {
  const database = openDatabase(':memory:');
  database.exec(`
    CREATE TABLE rawItem (
      id TEXT PRIMARY KEY, sourceId TEXT NOT NULL, url TEXT NOT NULL, at INTEGER NOT NULL,
      digest TEXT NOT NULL, bytes INTEGER NOT NULL, reason TEXT, sealed BLOB NOT NULL);
    INSERT INTO rawItem VALUES ('old', 'portal', 'https://portal.test/a', ${NOON.getTime()}, '', 2, NULL, x'00');
  `);
  const store = new SqliteRawItemStore(database, new Uint8Array(32));
  expect(await store.listBetween(...HOUR)).toEqual([
    { id: 'old', sourceId: 'portal', url: 'https://portal.test/a', at: NOON, bytes: 2 },
  ]);
});
