import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { openDatabase } from '#core/sqlite';
import { readStore } from '../../../config/watchdog/read-store.ts';
import { tempFile, tempFolder } from '../../support/temp-folder.ts';

const TABLES = `
  CREATE TABLE heartbeat (component TEXT PRIMARY KEY, at INTEGER, monotonicMs REAL, bootId TEXT, backlogAgeMs INTEGER);
  CREATE TABLE countdown (id TEXT PRIMARY KEY, milestoneAt INTEGER);
  CREATE TABLE alert (id TEXT PRIMARY KEY, ladderDueAt INTEGER);
  CREATE TABLE notice (id TEXT PRIMARY KEY, priority INTEGER, createdAt INTEGER, waitsUntil INTEGER, leaseUntil INTEGER);
  INSERT INTO heartbeat VALUES ('countdowns', 5000, 1, 'boot-1', NULL);
  INSERT INTO countdown VALUES ('met', NULL), ('later', 9000), ('sooner', 7000);
  INSERT INTO alert VALUES ('step', 6000), ('none', NULL);
  INSERT INTO notice VALUES ('sent', 0, 1, NULL, NULL), ('digest', 9, 2, 2, NULL),
    ('waits', 0, 4000, 4500, NULL), ('leased', 0, 3000, NULL, 8000);`;

const EXPECTED = {
  kind: 'read',
  heartbeats: [{ component: 'countdowns', at: new Date(5_000), bootId: 'boot-1' }],
  nextDueAt: new Date(6_000),
  graveSinceAt: new Date(3_000),
};

function aStore(): { folder: string; database: DatabaseSync } {
  const folder = tempFolder();
  const database = openDatabase(join(folder, 'records.db'));
  database.exec(TABLES);
  return { folder, database };
}

/** Names and bytes of all that lies in a folder; the shared memory of locks apart. */
const traces = (folder: string): (readonly [string, string])[] =>
  readdirSync(folder)
    .toSorted()
    .map((name) => [name, readFileSync(join(folder, name)).toString('base64')] as const);

test('reads beside the writer what it last committed, and leaves no trace', () => {
  const { folder, database } = aStore();
  const before = traces(folder);
  expect(before.map(([name]) => name)).toEqual(['records.db', 'records.db-shm', 'records.db-wal']);
  expect(readStore(folder)).toMatchObject(EXPECTED);
  expect(traces(folder).map(([name]) => name)).toEqual(before.map(([name]) => name));
  expect(traces(folder)[0]).toEqual(before[0]);
  database.close();
});

test('reads what a clean stop left, and makes no file beside it', () => {
  const { folder, database } = aStore();
  database.close();
  const before = traces(folder);
  expect(before.map(([name]) => name)).toEqual(['records.db']);
  expect(readStore(folder)).toMatchObject(EXPECTED);
  expect(traces(folder)).toEqual(before);
});

test('reads what a killed process left in the log of the data, and does not clean up after it', async () => {
  const folder = tempFolder();
  const script = `
    const { DatabaseSync } = await import('node:sqlite');
    const database = new DatabaseSync(process.argv[1]);
    database.exec('PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0;' + process.argv[2]);
    process.kill(process.pid, 'SIGKILL');`;
  const path = join(folder, 'records.db');
  await once(spawn(process.execPath, ['-e', script, path, TABLES]), 'exit');
  const before = traces(folder);
  expect(before.map(([name]) => name)).toEqual(['records.db', 'records.db-shm', 'records.db-wal']);
  expect(readStore(folder)).toMatchObject(EXPECTED);
  expect(traces(folder)).toEqual(before);
});

test('a release before heartbeats is read, without any', () => {
  const { folder, database } = aStore();
  database.exec('DROP TABLE heartbeat');
  expect(readStore(folder)).toMatchObject({ ...EXPECTED, heartbeats: [] });
  database.close();
});

test.for([
  ['no folder', () => join(tempFolder(), 'gone'), '没有数据目录或 records.db'],
  ['an empty folder', tempFolder, '没有数据目录或 records.db'],
  ['a file for a folder', () => tempFile('data', ''), '读取出错：'],
  [
    'rubbish for a database',
    () => {
      const folder = tempFolder();
      writeFileSync(join(folder, 'records.db'), 'rubbish '.repeat(1_000));
      return folder;
    },
    'records.db 不是数据库',
  ],
] as const)('%s is said in words', ([, make, why]) => {
  expect(readStore(make())).toEqual({ kind: 'unreadable', why: expect.stringContaining(why) });
});
