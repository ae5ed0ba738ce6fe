import { expect, onTestFinished, test } from 'vitest';
import { createPostTables, type PostRow } from '../../analyze/adapters/post-rows.ts';
import { PostWriterThread } from '../../analyze/adapters/post-writer-thread.ts';
import { fileDatabase } from '../support/temp-database.ts';

const aRow = (id: string, change: Partial<PostRow> = {}): PostRow => ({
  id,
  eventId: null,
  fetchedAt: 0,
  publishedAt: 0,
  body: '{}',
  words: '停水',
  ...change,
});
/** A row that no table takes. */
const BROKEN = { ...aRow('broken'), body: null as unknown as string };

function aThread() {
  const { database } = fileDatabase();
  createPostTables(database);
  const thread = new PostWriterThread(database.location() ?? '');
  onTestFinished(() => thread.close());
  const ids = () => database.prepare('SELECT id FROM post ORDER BY number').all();
  return { thread, ids: () => ids().map(({ id }) => id) };
}

test('what was written is there when the write is done, in its order', async () => {
  const { thread, ids } = aThread();
  const first = thread.write([[aRow('b'), aRow('a')], [aRow('d')]]);
  await Promise.all([first, thread.write([[aRow('c')]])]);
  expect(ids()).toEqual(['b', 'a', 'd', 'c']);
});

test('a write of which one row fails leaves nothing, says why, and the next one is whole', async () => {
  const { thread, ids } = aThread();
  const broken = thread.write([[aRow('a')], [BROKEN], [aRow('b')]]);
  const next = thread.write([[aRow('c')]]);
  await expect(broken).rejects.toThrow('NOT NULL');
  await next;
  expect(ids()).toEqual(['c']);
});

test('a write whose rows cannot be made leaves nothing', async () => {
  const { thread, ids } = aThread();
  const rows = function* () {
    yield [aRow('a')];
    throw new Error('no words');
  };
  await expect(thread.write(rows())).rejects.toThrow('no words');
  await thread.write([[aRow('b')]]);
  expect(ids()).toEqual(['b']);
});

test('closing lets go of the file, and a later write starts another thread', async () => {
  const { thread, ids } = aThread();
  await thread.write([[aRow('a')]]);
  thread.close();
  await thread.write([[aRow('b')]]);
  expect(ids()).toEqual(['a', 'b']);
});
