import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { deflateRawSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { SqliteRawItemStore } from '../../ingest/adapters/sqlite-raw-item-store.ts';
import { SqliteSourceStateStore } from '../../ingest/adapters/sqlite-source-state-store.ts';
import { describeDocuments } from '../contracts/documents.contract.ts';
import { describeRawItemStore } from '../contracts/raw-item-store.contract.ts';
import { describeSourceStateStore } from '../contracts/source-state-store.contract.ts';
import { NOON } from '../support/posts.ts';
import { aSourceState } from '../support/sources.ts';
import { DATABASES, fileDatabase } from '../support/temp-database.ts';

const KEY = new Uint8Array(32).fill(7);

for (const { where, open } of DATABASES) {
  const openStates = async () => new SqliteSourceStateStore(open().database);
  describeSourceStateStore(where, openStates);
  describeDocuments(`source states, ${where},`, {
    open: openStates,
    make: (id) => aSourceState({ id }),
    change: (state) => ({ ...state, failuresInARow: state.failuresInARow + 1 }),
    hasEffects: false,
  });
  describeRawItemStore(where, async () => new SqliteRawItemStore(open().database, KEY));
}

const item = (bytes: Uint8Array) => ({
  sourceId: 'city-daily',
  url: 'https://news.test/1',
  bytes,
  at: NOON,
});

test('the file on the disk holds the bytes neither plain nor only packed', async () => {
  const { database } = fileDatabase();
  const store = new SqliteRawItemStore(database, KEY);
  const page = Buffer.from('<p>江北区停水，居民反映强烈</p>');
  // Packing leaves these as they are: only encrypting hides them.
  const noise = createHash('sha512').update(page).digest();
  for (const bytes of [page, noise]) await store.put(item(bytes));

  const path = database.location() ?? '';
  const onDisk = [path, `${path}-wal`].filter((file) => existsSync(file));
  const stored = Buffer.concat(onDisk.map((file) => readFileSync(file)));
  expect(stored.includes('https://news.test/1')).toBe(true);
  for (const bytes of [page, noise]) {
    expect(stored.includes(bytes)).toBe(false);
    expect(stored.includes(deflateRawSync(bytes))).toBe(false);
  }
});

test('who has the file but not the key reads nothing', async () => {
  const { database } = fileDatabase();
  const id = await new SqliteRawItemStore(database, KEY).put(item(Buffer.from('停水')));
  const other = new SqliteRawItemStore(database, new Uint8Array(32));
  await expect(other.read(id)).rejects.toThrow();
});

test('what an earlier release had seen counts as shown at the upgrade, and is not forgotten at once', async () => {
  const { database } = fileDatabase();
  database.exec(`
    CREATE TABLE seen (
      sourceId TEXT NOT NULL, key TEXT NOT NULL, contentDigest TEXT NOT NULL,
      interactions INTEGER NOT NULL, post TEXT, seenAt INTEGER NOT NULL,
      PRIMARY KEY (sourceId, key)) WITHOUT ROWID;
    INSERT INTO seen VALUES ('city-daily', 'pinned', 'digest', 0, NULL, 1), ('city-daily', 'new', 'digest', 0, NULL, 9000000000);
  `);
  const store = new SqliteSourceStateStore(database);
  expect(await store.dropUnshown(60_000)).toBe(0);
  expect((await store.findSeen('city-daily', ['pinned', 'new'])).size).toBe(2);
});
