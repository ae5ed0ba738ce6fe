import { openDatabase } from '#core/sqlite';
import { SqliteLeadStore } from '../../analyze/adapters/sqlite-lead-store.ts';
import { SqliteOpinionEventStore } from '../../analyze/adapters/sqlite-opinion-event-store.ts';
import { SqliteRegroupingStore } from '../../analyze/adapters/sqlite-regrouping-store.ts';
import { SqlitePostStore } from '../../analyze/adapters/sqlite-post-store.ts';
import { openNodeRsSegmenter } from '../../analyze/adapters/node-rs-segmenter.ts';

const segmenter = openNodeRsSegmenter();

/** The real stores on a database in memory, with the segmenter that loads everywhere. */
export function openMemoryStores() {
  const database = openDatabase(':memory:');
  return {
    database,
    segmenter,
    posts: new SqlitePostStore(database, segmenter),
    leads: new SqliteLeadStore(database),
    events: new SqliteOpinionEventStore(database),
    regroupings: new SqliteRegroupingStore(database),
  };
}
