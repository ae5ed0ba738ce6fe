import { expect, test } from 'vitest';
import {
  AUDIT_TOPIC,
  NotFound,
  relayEffects,
  runStage,
  type Effect,
  type Log,
  type SetAsideStore,
} from '#core';
import { ACTS_TOPIC } from '#alert';
import {
  createRegisterStage,
  draftRelease,
  editRelease,
  publishRelease,
  RELEASE_REGISTER_TOPIC,
  signRelease,
} from '#respond';
import { SqliteReleaseRegister } from '../../respond/adapters/sqlite-release-register.ts';
import { SqliteReleaseStore } from '../../respond/adapters/sqlite-release-store.ts';
import { office } from '../support/people.ts';
import { minutesAfter, NOON } from '../support/posts.ts';
import { aDraft, publishing, reviewDeps, signing } from '../support/releases.ts';
import { memoryDatabase } from '../support/temp-database.ts';

/** The office with its real stores; what leaves is written down and brought where it belongs by hand. */
function anOffice() {
  const { database } = memoryDatabase();
  const releases = new SqliteReleaseStore(database);
  const register = new SqliteReleaseRegister(database);
  const left: Effect[] = [];
  const append: Log['append'] = async (topic, entries) =>
    void left.push(...entries.map((entry) => ({ topic, ...entry })));
  const log: Log = { append, follow: () => Promise.reject(new Error('nobody follows')) };
  const setAside: SetAsideStore = {
    put: ({ reason }) => Promise.reject(new Error(reason)),
    count: async () => 0,
    listNewest: async () => [],
    listForNextStart: async () => [],
    remove: async () => undefined,
  };
  const { handle } = runStage(createRegisterStage(register), {
    setAside,
    now: () => NOON,
    onFailure: () => undefined,
  });
  return { deps: reviewDeps(releases), releases, register, log, left, handle };
}

const draft = (deps: ReturnType<typeof anOffice>['deps']) =>
  draftRelease(deps, {
    event: { id: 'event-1', isDrill: false },
    draft: aDraft(),
    actor: office.handler,
    at: NOON,
  });

test('from the draft to the register: a release of a 重大 event', async () => {
  const { deps, releases, register, log, left, handle } = anOffice();
  const drafted = await draft(deps);
  const { id: releaseId } = drafted;
  const at = { grade: 'L2', releaseId } as const;
  await signRelease(deps, { ...signing(drafted, 'content', office.reviewer), ...at });
  await signRelease(deps, { ...signing(drafted, 'secrecy', office.secrecy), ...at });
  await signRelease(deps, { ...signing(drafted, 'leader', office.deputy), ...at });
  await publishRelease(deps, { ...publishing(drafted), ...at });

  await relayEffects(releases, log);
  expect(left.map(({ topic }) => topic).sort()).toEqual(
    [ACTS_TOPIC, ...Array<string>(5).fill(AUDIT_TOPIC), RELEASE_REGISTER_TOPIC].sort(),
  );
  await handle(left.filter(({ topic }) => topic === RELEASE_REGISTER_TOPIC));
  expect(await register.listByEvent('event-1')).toMatchObject([
    {
      releaseId,
      reviewer: '陶知夏（内容审核）、衡亦轩（保密审查）、纪文澜（领导签发）',
      releasedAt: minutesAfter(20),
    },
  ]);
  expect(await releases.findById(releaseId)).toMatchObject({ state: 'published', effects: [] });
});

test('an entry that comes twice stands in the register once', async () => {
  const { deps, releases, register, log, left, handle } = anOffice();
  const drafted = await draft(deps);
  const { id: releaseId } = drafted;
  await signRelease(deps, { ...signing(drafted, 'content', office.reviewer), releaseId });
  await signRelease(deps, { ...signing(drafted, 'secrecy', office.secrecy), releaseId });
  await publishRelease(deps, { ...publishing(drafted), releaseId });
  await relayEffects(releases, log);
  const entries = left.filter(({ topic }) => topic === RELEASE_REGISTER_TOPIC);
  await handle(entries);
  await handle([...entries, ...entries]);
  expect(await register.listNewest(10)).toHaveLength(1);
  expect(await register.findBreak()).toBeUndefined();
});

test('two reviewers at the same moment both count', async () => {
  const { deps } = anOffice();
  const drafted = await draft(deps);
  const { id: releaseId } = drafted;
  await Promise.all([
    signRelease(deps, { ...signing(drafted, 'content', office.reviewer), releaseId }),
    signRelease(deps, { ...signing(drafted, 'secrecy', office.secrecy), releaseId }),
  ]);
  expect(await deps.releases.findById(releaseId)).toMatchObject({ state: 'approved', revision: 3 });
});

test('a change while the text is signed: whoever is second meets the rules of the new text', async () => {
  const { deps } = anOffice();
  const drafted = await draft(deps);
  const { id: releaseId } = drafted;
  const [edited, signed] = await Promise.allSettled([
    editRelease(deps, {
      releaseId,
      draft: aDraft({ text: '改过的正文' }),
      actor: office.handler,
      at: minutesAfter(9),
    }),
    signRelease(deps, { ...signing(drafted, 'content', office.reviewer), releaseId }),
  ]);
  expect(edited.status).toBe('fulfilled');
  expect(signed).toMatchObject({ reason: { code: 'RELEASE_TEXT_CHANGED' } });
});

test('a refused act leaves the release and its record as they were', async () => {
  const { deps } = anOffice();
  const drafted = await draft(deps);
  const { id: releaseId } = drafted;
  const before = await deps.releases.findById(releaseId);
  const attempt = publishRelease(deps, { ...publishing(drafted), releaseId });
  await expect(attempt).rejects.toMatchObject({ code: 'RELEASE_INCOMPLETE' });
  expect(await deps.releases.findById(releaseId)).toEqual(before);
});

test('a release that is not there is said to be missing', async () => {
  const { deps } = anOffice();
  const drafted = await draft(deps);
  const attempt = publishRelease(deps, { ...publishing(drafted), releaseId: 'no-such' });
  await expect(attempt).rejects.toThrow(NotFound);
});
