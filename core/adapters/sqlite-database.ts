import { DatabaseSync } from 'node:sqlite';
import { AppError, messageOf } from '../errors.ts';

/** Another process holds the store, or the disk refuses. */
export class StoreUnavailable extends AppError {
  readonly code = 'STORE_UNAVAILABLE';
  override readonly kind = 'unavailable';

  constructor(path: string, cause: unknown) {
    super(`数据文件 ${path} 无法使用`, { cause });
  }
}

/**
 * Opens a database that survives power loss after each commit: WAL with `synchronous=FULL`.
 * One process writes; a second one is refused by the lock on the data folder.
 *
 * @throws {StoreCorrupt | StoreUnavailable}
 */
export function openDatabase(path: string): DatabaseSync {
  try {
    const database = new DatabaseSync(path, { timeout: 5_000 });
    database.exec(`
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = FULL;
      PRAGMA cache_size = -16000;
      PRAGMA temp_store = MEMORY;
    `);
    return database;
  } catch (cause) {
    // The damage may lie where the tables are described: then the very first statement meets it.
    if (isCorrupt(cause)) throw new StoreCorrupt(path, messageOf(cause), cause);
    throw new StoreUnavailable(path, cause);
  }
}

/** SQLITE_CORRUPT. */
const isCorrupt = (thrown: unknown): boolean =>
  thrown instanceof Error && 'errcode' in thrown && Number(thrown.errcode) % 256 === 11;

/** Bytes of a store are not as SQLite wrote them: going on would spoil what is left. */
export class StoreCorrupt extends AppError {
  readonly code = 'STORE_CORRUPT';
  override readonly kind = 'unavailable';

  constructor(path: string, found: string, cause?: unknown) {
    super(
      `数据文件 ${path} 已损坏（${found}）。没有启动，文件没有动过：先整个复制保存，再从备份恢复；` +
        '没有备份的，用 sqlite3 的 .recover 取出能读的部分',
      { cause },
    );
  }
}

/**
 * Reads every page once, some 500 MB a second where they are cached.
 *
 * @throws {StoreCorrupt} when one is damaged
 */
export function checkIntegrity(database: DatabaseSync, path: string): void {
  let found: string;
  try {
    found = String(database.prepare('PRAGMA quick_check(1)').get()?.['quick_check']);
  } catch (cause) {
    throw new StoreCorrupt(path, messageOf(cause), cause);
  }
  if (found !== 'ok') throw new StoreCorrupt(path, found);
}

/** Runs `work` as one write: all of it or nothing. */
export function inTransaction<T>(database: DatabaseSync, work: () => T): T {
  // Already inside a larger write: the outer one decides.
  if (database.isTransaction) return work();
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}
