import { parentPort, workerData } from 'node:worker_threads';
import { openDatabase } from '#core/sqlite';
import { PostRows } from './post-rows.ts';
import type { WriterAnswer, WriterOrder, WriterStart } from './post-writer-thread.ts';

/** The thread of `PostWriterThread`: one connection, one write at a time. */
const { path, closed } = workerData as WriterStart;
const database = openDatabase(path);
const rows = new PostRows(database);
/** Why the write in hand cannot be committed; its further rows are passed over. */
let failure: Error | undefined;

const rollback = (): void => {
  if (database.isTransaction) database.exec('ROLLBACK');
};

function attempt(work: () => void): void {
  try {
    if (!failure) work();
  } catch (error) {
    failure = error instanceof Error ? error : new Error(String(error));
    rollback();
  }
}

function answer(outcome: WriterAnswer): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, not a window
  parentPort?.postMessage(outcome);
}

parentPort?.on('message', (order: WriterOrder) => {
  switch (order.kind) {
    case 'rows':
      attempt(() => {
        if (!database.isTransaction) database.exec('BEGIN IMMEDIATE');
        for (const row of order.rows) rows.put(row);
      });
      return;
    case 'commit':
      attempt(() => {
        if (database.isTransaction) database.exec('COMMIT');
      });
      answer({ ...(failure && { error: failure }) });
      failure = undefined;
      return;
    case 'rollback':
      rollback();
      failure = undefined;
      return;
    case 'close':
      rollback();
      database.close();
      Atomics.store(closed, 0, 1);
      Atomics.notify(closed, 0);
      parentPort?.close();
  }
});
