import { expect, test } from 'vitest';
import type { ReleaseRegisterEntry } from '#respond';
import { SqliteReleaseRegister } from '../../respond/adapters/sqlite-release-register.ts';
import { SqliteReleaseStore } from '../../respond/adapters/sqlite-release-store.ts';
import { describeChain } from '../contracts/chain.contract.ts';
import { describeDocuments } from '../contracts/documents.contract.ts';
import { NOON } from '../support/posts.ts';
import { aRelease } from '../support/releases.ts';
import { tamperWith } from '../support/tamper-with.ts';
import { DATABASES, memoryDatabase } from '../support/temp-database.ts';

const anEntry = (id: string, eventId: string): ReleaseRegisterEntry => ({
  id,
  releaseId: 'release-1',
  eventId,
  originalContent: '情况说明\n\n正文',
  contentDigest: 'digest',
  releasingUnit: '市水务局',
  reviewer: '陶知夏（内容审核）',
  publisher: '简若汀',
  releasedAt: NOON,
  channel: 'govSite',
  link: '',
});

for (const { where, open } of DATABASES) {
  describeDocuments(`releases, ${where},`, {
    open: async () => new SqliteReleaseStore(open().database),
    make: (id, effects) => ({ ...aRelease(), id, effects: [...effects] }),
    change: (release) => ({ ...release, text: `${release.text}，抢修正在进行` }),
  });

  describeChain(
    `the release register, ${where},`,
    async () => {
      const { database } = open();
      const chain = new SqliteReleaseRegister(database);
      return { chain, ...tamperWith(database, 'releaseRegister') };
    },
    anEntry,
  );
}

test('the releases of an event come in the order in which they were drafted', async () => {
  const store = new SqliteReleaseStore(memoryDatabase().database);
  const [first, second] = [aRelease(), aRelease({ kind: 'followUp' })];
  await store.create(first);
  await store.create(second);
  await store.create({ ...aRelease(), eventId: 'event-2' });
  const found = await store.listByEvent('event-1');
  expect(found.map(({ id }) => id)).toEqual([first.id, second.id]);
  expect(await store.listByEvent('event-9')).toEqual([]);
});
