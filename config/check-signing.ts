import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openDatabase, SqlitePersonStore } from '#core/sqlite';
import { describeMissingFactors } from '#respond';
import type { Check } from './doctor.ts';
import { readPacks } from './packs.ts';
import type { Settings } from './settings.ts';

/** Whether those who must sign a grave release could do so tonight. */
export async function checkSigning(settings: Settings): Promise<Check> {
  const name = '能否签发';
  const file = join(settings.storage.folder, 'records.db');
  if (!existsSync(file)) return { name, state: 'ok', detail: '还没有人员' };
  const { review } = readPacks(settings);
  const database = openDatabase(file);
  try {
    const people = await new SqlitePersonStore(database).listAll();
    const gaps = describeMissingFactors(people, review);
    return gaps.length === 0
      ? { name, state: 'ok', detail: '须动态口令的步骤有人能签' }
      : {
          name,
          state: 'warn',
          detail: gaps.join('；'),
          mend: '请领导登录，点右上角“动态口令”设置，一分钟即可',
        };
  } finally {
    database.close();
  }
}
