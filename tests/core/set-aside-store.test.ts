import { describe, expect, test } from 'vitest';
import type { SetAsideEntry } from '#core';
import { SqliteSetAsideStore } from '#core/sqlite';
import { DATABASES } from '../support/temp-database.ts';

const anEntry = (id: string, stage = 'analyze'): SetAsideEntry => ({
  stage,
  entry: { id, key: 'event-1', body: { text: '停水' } },
  reason: '无法解读',
  at: new Date('2026-03-02T04:00:00Z'),
});

describe.for(DATABASES)('what was set aside, in $where', ({ open }) => {
  test('is counted once by stage and entry, and comes back as it was', async () => {
    const store = new SqliteSetAsideStore(open().database);
    expect(await store.count()).toBe(0);
    await store.put(anEntry('e1'));
    await store.put(anEntry('e1'));
    await store.put(anEntry('e1', 'alert'));
    expect(await store.count()).toBe(2);
    expect(await store.listNewest(1)).toEqual([anEntry('e1', 'alert')]);
  });

  test('is still there after a restart', async () => {
    const { database, reopen } = open();
    await new SqliteSetAsideStore(database).put(anEntry('e1'));
    expect(await new SqliteSetAsideStore(reopen()).listNewest(5)).toEqual([anEntry('e1')]);
  });

  test('that may be mended by a start is listed by stage, oldest first, until it is removed', async () => {
    const store = new SqliteSetAsideStore(open().database);
    const later = { ...anEntry('e2'), isForNextStart: true };
    await store.put(anEntry('e1'));
    await store.put(later);
    await store.put({ ...anEntry('e3'), isForNextStart: true });
    await store.put({ ...anEntry('e4', 'alert'), isForNextStart: true });
    const listed = await store.listForNextStart('analyze');
    expect(listed.map(({ entry }) => entry.id)).toEqual(['e2', 'e3']);
    expect(listed[0]).toEqual(later);
    await store.remove('analyze', 'e2');
    expect(await store.listForNextStart('analyze')).toHaveLength(1);
    expect(await store.count()).toBe(3);
  });
});
