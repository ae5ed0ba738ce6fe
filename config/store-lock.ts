import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { AppError } from '#core';

/** Another process of ours holds this folder. */
export class StoreInUse extends AppError {
  readonly code = 'STORE_IN_USE';
  override readonly kind = 'unavailable';

  constructor(folder: string) {
    super(`数据目录 ${folder} 正被另一个回应进程使用；同一目录只能有一个进程`);
  }
}

/**
 * Takes the folder for this process alone. The lock is SQLite's own, held by an open transaction:
 * the system frees it when the process ends, however it ends.
 */
export function lockFolder(folder: string): { close(): void } {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const lock = new DatabaseSync(join(folder, 'lock.db'), { timeout: 0 });
  try {
    lock.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE');
  } catch {
    lock.close();
    throw new StoreInUse(folder);
  }
  return { close: () => lock.close() };
}
