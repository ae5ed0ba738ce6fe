import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { onTestFinished } from 'vitest';
import { openDatabase } from '#core/sqlite';

/** A database that can be opened again, as after a restart; gone when the test ends. */
export interface TestDatabase {
  readonly database: DatabaseSync;
  /** Closes and opens it again; in memory there is nothing to come back to, so it stays. */
  readonly reopen: () => DatabaseSync;
}

export function memoryDatabase(): TestDatabase {
  const database = openDatabase(':memory:');
  onTestFinished(() => database.close());
  return { database, reopen: () => database };
}

export function fileDatabase(): TestDatabase {
  const folder = mkdtempSync(join(tmpdir(), 'huiying-test-'));
  const path = join(folder, 'test.sqlite');
  let database = openDatabase(path);
  const first = database;
  onTestFinished(() => {
    database.close();
    rmSync(folder, { recursive: true });
  });
  return {
    database: first,
    reopen: () => {
      database.close();
      database = openDatabase(path);
      return database;
    },
  };
}

/** Both kinds, by name: what holds for one must hold for the other. */
export const DATABASES = [
  { where: 'SQLite in memory', open: memoryDatabase },
  { where: 'SQLite in a file', open: fileDatabase },
] as const;
