import { openDatabase, SqliteLog } from '#core/sqlite';
import type { Fetcher, FetchProblem, FetchResult, PollDeps, Post } from '#ingest';
import { openIntakeKey } from '../../ingest/adapters/intake-key.ts';
import { SqliteRawItemStore } from '../../ingest/adapters/sqlite-raw-item-store.ts';
import { SqliteSourceStateStore } from '../../ingest/adapters/sqlite-source-state-store.ts';
import { rhythmPack } from './packs.ts';
import { NOON } from './posts.ts';

/** A fetch that came to nothing. */
export const failed = (problem: FetchProblem, message: string): FetchResult => ({
  kind: 'failed',
  problem,
  message,
});

/** A small site in memory by path, and the real stores behind the poll. */
export function openIntake(pages: Record<string, FetchResult>) {
  const database = openDatabase(':memory:');
  const fetcher: Fetcher = {
    get: async ({ url }) => pages[new URL(url).pathname] ?? failed('timeout', '连接超时（10 秒）'),
    close: async () => undefined,
  };
  const appended: Post[] = [];
  const log = new SqliteLog(database, { onError: () => undefined });
  const deps: PollDeps = {
    fetcher,
    states: new SqliteSourceStateStore(database),
    rawItems: new SqliteRawItemStore(database, new Uint8Array(32)),
    log: {
      append: async (topic, entries) => {
        appended.push(...entries.map(({ body }) => body as Post));
        await log.append(topic, entries);
      },
      follow: async (...rest) => await log.follow(...rest),
    },
    now: () => NOON,
    pseudonym: openIntakeKey(database, () => NOON),
    isDrill: false,
    random: () => 0.5,
    rhythm: rhythmPack,
    outageWith: () => undefined,
  };
  return { deps, pages, appended, database };
}
