import { openDatabase } from '#core/sqlite';
import { SqliteLeadStore } from '../../analyze/adapters/sqlite-lead-store.ts';
import { SqliteOpinionEventStore } from '../../analyze/adapters/sqlite-opinion-event-store.ts';
import { SqlitePostStore } from '../../analyze/adapters/sqlite-post-store.ts';
import { openNodeRsSegmenter } from '../../analyze/adapters/node-rs-segmenter.ts';

/** The real stores on a database in memory, with the segmenter that loads everywhere. */
export function openMemoryStores() {
  const database = openDatabase(':memory:');
  const segmenter = openNodeRsSegmenter();
  return {
    database,
    segmenter,
    posts: new SqlitePostStore(database, segmenter),
    leads: new SqliteLeadStore(database),
    events: new SqliteOpinionEventStore(database),
  };
}
