import { expect, test } from 'vitest';
import { RELEASE_REGISTER_TOPIC, ReleaseRegisterEntrySchema, type Release } from '#respond';
import { draftCorrection, withdrawRelease } from '#respond';
import { SqliteReleaseRegister } from '../../../respond/adapters/sqlite-release-register.ts';
import { SqliteReleaseStore } from '../../../respond/adapters/sqlite-release-store.ts';
import { publishRelease } from '../../../respond/releases/publish-release.ts';
import { signRelease } from '../../../respond/releases/review-desk.ts';
import { createCorrectionStage } from '../../../respond/releases/stage.ts';
import { office } from '../../support/people.ts';
import { minutesAfter } from '../../support/posts.ts';
import {
  aDraft,
  aRelease,
  published,
  publishing,
  reviewDeps,
  signedByAll,
  signing,
} from '../../support/releases.ts';
import { memoryDatabase } from '../../support/temp-database.ts';

const CORRECTED = aDraft({
  text: '11月24日7时许，江北区供水主管破裂，约3万户用水受影响，抢修正在进行。',
});

const entriesOf = ({ effects }: Release) =>
  effects
    .filter(({ topic }) => topic === RELEASE_REGISTER_TOPIC)
    .map(({ body }) => ReleaseRegisterEntrySchema.parse(body));

/** An office in which one text stands published. */
async function anOffice() {
  const { database } = memoryDatabase();
  const releases = new SqliteReleaseStore(database);
  const deps = reviewDeps(releases);
  const first = published(signedByAll(aRelease()));
  await releases.create(first);
  const request = { draft: CORRECTED, actor: office.handler, at: minutesAfter(40) };
  return {
    database,
    releases,
    deps,
    first,
    correct: async (reason = '户数写错', more = {}) =>
      await draftCorrection(deps, { ...request, releaseId: first.id, reason, ...more }),
    /** All the review asks, then the publication. */
    publish: async (release: Release) => {
      for (const [step, actor] of [
        ['content', office.reviewer],
        ['secrecy', office.secrecy],
      ] as const) {
        await signRelease(deps, { releaseId: release.id, ...signing(release, step, actor) });
      }
      return await publishRelease(deps, {
        releaseId: release.id,
        ...publishing(release, { at: minutesAfter(50) }),
      });
    },
    withdraw: async (more = {}) =>
      await withdrawRelease(deps, {
        releaseId: first.id,
        reason: '事实有误',
        decidedBy: '方景亭（局长）',
        actor: office.publisher,
        at: minutesAfter(60),
        ...more,
      }),
  };
}

test('a correction passes the review like any text: unsigned it is not published', async () => {
  const { deps, correct } = await anOffice();
  const draft = await correct();
  expect(draft).toMatchObject({ state: 'draft', signatures: [] });
  const request = { releaseId: draft.id, ...publishing(draft, { at: minutesAfter(50) }) };
  await expect(publishRelease(deps, request)).rejects.toThrow('缺少内容审核');
});

test('a published correction is an entry that points to the one it corrects; the old one stays', async () => {
  const { first, correct, publish, releases } = await anOffice();
  const [old] = entriesOf(first);
  const [entry] = entriesOf(await publish(await correct()));
  expect(old?.kind).toBeUndefined();
  expect(entry).toMatchObject({
    kind: 'correction',
    about: { entryId: old?.id, releaseId: first.id, reason: '户数写错' },
  });
  if (!entry) throw new Error('no entry');
  const stage = createCorrectionStage(releases);
  await stage.process([entry]);
  await stage.process([entry]);
  const after = await releases.findById(first.id);
  expect(after).toMatchObject({ state: 'corrected', correctedBy: { releaseId: entry.releaseId } });
  expect(after?.revision).toBe(2);
  expect(entriesOf(after ?? first)).toEqual([old]);
});

test('of two corrections the first that is published counts', async () => {
  const { correct, publish, releases } = await anOffice();
  const [one, other] = [await correct(), await correct('另一处也错')];
  await createCorrectionStage(releases).process(entriesOf(await publish(one)));
  await expect(publish(other)).rejects.toThrow('要更正的稿件已更正');
});

test('the reason of a correction is asked for, and its drafter must be allowed to draft', async () => {
  const { correct } = await anOffice();
  await expect(correct(' ')).rejects.toThrow('更正须写明原因');
  await expect(correct('户数写错', { actor: office.publisher })).rejects.toThrow('拟稿、改稿须为');
});

test('what is not published cannot be corrected or withdrawn', async () => {
  const { deps, releases, withdraw, correct } = await anOffice();
  const draft = aRelease();
  await releases.create(draft);
  await expect(withdraw({ releaseId: draft.id })).rejects.toThrow('只有已发布的稿件');
  await expect(correct('错', { releaseId: draft.id })).rejects.toThrow('只有已发布的稿件');
  expect(await deps.releases.findById(draft.id)).toMatchObject({ state: 'draft', revision: 1 });
});

test('a withdrawal is an entry with reason and who decided, for each place of publication', async () => {
  const { withdraw, first } = await anOffice();
  const after = await withdraw();
  expect(after).toMatchObject({ state: 'withdrawn', withdrawn: { decidedBy: '方景亭（局长）' } });
  const [old, entry, ...more] = entriesOf(after);
  expect(more).toEqual([]);
  expect(old).toEqual(entriesOf(first)[0]);
  expect(entry).toMatchObject({
    kind: 'withdrawal',
    about: { entryId: old?.id, reason: '事实有误' },
    reviewer: '方景亭（局长）（决定撤回）',
    publisher: office.publisher.name,
    releasedAt: minutesAfter(60),
  });
  await expect(withdraw()).rejects.toThrow('只有已发布的稿件');
});

test.for([
  { what: 'reason', more: { reason: ' ' }, says: '须写明原因' },
  { what: 'who decided', more: { decidedBy: '' }, says: '由谁决定' },
  { what: 'the right role', more: { actor: office.handler }, says: '登记撤回须为' },
])('a withdrawal without $what is refused', async ({ more, says }) => {
  const { withdraw } = await anOffice();
  await expect(withdraw(more)).rejects.toThrow(says);
});

test('entries of before, of corrections and of withdrawals stand in one chain that holds', async () => {
  const { database, first, correct, publish, withdraw } = await anOffice();
  const register = new SqliteReleaseRegister(database);
  const correction = await publish(await correct());
  const all = [...entriesOf(await withdraw()), ...entriesOf(correction)];
  for (const entry of all) await register.append(entry);
  expect(await register.findBreak()).toBeUndefined();
  expect(
    (await register.listPlaced(9)).map(({ position, entry }) => [position, entry.kind]),
  ).toEqual([
    [3, 'correction'],
    [2, 'withdrawal'],
    [1, undefined],
  ]);
  expect(await register.listByEvent(first.eventId)).toEqual(all);
});
