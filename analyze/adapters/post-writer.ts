import type { DatabaseSync } from 'node:sqlite';
import { inTransaction } from '#core/sqlite';
import { PostRows, type PostRow } from './post-rows.ts';

/** Stores rows of posts; the tables are there. */
export interface PostWriter {
  /** Stores all batches as one write, in their order; may ask for the next while it stores one. */
  write(batches: Iterable<readonly PostRow[]>): Promise<void>;
}

/** Writes in this thread, through the connection of the reader. */
export function openPostWriter(database: DatabaseSync): PostWriter {
  const rows = new PostRows(database);
  return {
    async write(batches) {
      inTransaction(database, () => {
        for (const batch of batches) for (const row of batch) rows.put(row);
      });
    },
  };
}
