import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { AppError, messageOf } from '#core';

/** Another process of ours holds this folder. */
export class StoreInUse extends AppError {
  readonly code = 'STORE_IN_USE';
  override readonly kind = 'unavailable';

  constructor(folder: string) {
    super(`数据目录 ${folder} 正被另一个回应进程使用；同一目录只能有一个进程`);
  }
}

/** The folder cannot be made, read or written. */
export class StoreUnusable extends AppError {
  readonly code = 'STORE_UNUSABLE';
  override readonly kind = 'unavailable';

  constructor(folder: string, cause: unknown) {
    super(`数据目录 ${folder} 不能用：${messageOf(cause)}`, { cause });
  }
}

const SQLITE_BUSY = 5;

/** @throws {StoreUnusable} */
export function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new StoreUnusable(folder, error);
  }
}

/**
 * Takes the folder for this process alone. The lock is SQLite's own, held by an open transaction:
 * the system frees it when the process ends, however it ends.
 *
 * @throws {StoreInUse} @throws {StoreUnusable}
 */
export function lockFolder(folder: string): { close(): void } {
  makeFolder(folder);
  let lock: DatabaseSync | undefined;
  try {
    lock = new DatabaseSync(join(folder, 'lock.db'), { timeout: 0 });
    lock.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
  } catch (error) {
    lock?.close();
    const isHeld = (error as { errcode?: number }).errcode === SQLITE_BUSY;
    throw isHeld ? new StoreInUse(folder) : new StoreUnusable(folder, error);
  }
  const held = lock;
  return { close: () => held.close() };
}
