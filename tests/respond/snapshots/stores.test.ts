import { expect, test } from 'vitest';
import {
  SqlitePageBytes,
  SqliteSnapshotStore,
} from '../../../respond/adapters/sqlite-snapshot-store.ts';
import { describeDocuments } from '../../contracts/documents.contract.ts';
import { minutesAfter, NOON } from '../../support/posts.ts';
import { aSnapshot } from '../../support/snapshots.ts';
import { DATABASES, memoryDatabase } from '../../support/temp-database.ts';

for (const { where, open } of DATABASES) {
  describeDocuments(`page snapshots, ${where},`, {
    open: async () => new SqliteSnapshotStore(open().database),
    make: (id, effects) => aSnapshot({ id, effects: [...effects] }),
    change: (snapshot) => ({ ...snapshot, failures: snapshot.failures + 1 }),
  });

  test(`page bytes, ${where}, come back as they were, once under each digest`, async () => {
    const pages = new SqlitePageBytes(open().database);
    const bytes = new TextEncoder().encode('<html>停水</html>'.repeat(500));
    const digest = await pages.put(bytes, NOON);
    expect(await pages.put(bytes, minutesAfter(5))).toBe(digest);
    expect(await pages.read(digest)).toEqual(bytes);
    expect(await pages.read('nobody')).toBeUndefined();
  });
}

test('what is due comes earliest first, what waits for no look does not', async () => {
  const store = new SqliteSnapshotStore(memoryDatabase().database);
  await store.create(aSnapshot({ id: 'late', dueAt: minutesAfter(9) }));
  await store.create(aSnapshot({ id: 'soon', dueAt: minutesAfter(1) }));
  await store.create(aSnapshot({ id: 'over', dueAt: undefined }));
  await store.create(aSnapshot({ id: 'future', dueAt: minutesAfter(99) }));
  expect((await store.listDue(minutesAfter(10), 9)).map(({ id }) => id)).toEqual(['soon', 'late']);
  expect((await store.listByIds(['over', 'nobody'])).map(({ id }) => id)).toEqual(['over']);
  expect(await store.listByEvent('event-1')).toHaveLength(4);
});
