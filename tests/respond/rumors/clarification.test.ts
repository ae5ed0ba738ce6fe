import { expect, test } from 'vitest';
import {
  clarificationMs,
  createClarificationStage,
  draftClarification,
  editRelease,
  publishRelease,
  RELEASE_REGISTER_TOPIC,
  ReleaseRegisterEntrySchema,
  signRelease,
  takeRumorStep,
  withdrawRelease,
  type Release,
} from '#respond';
import { SqliteReleaseStore } from '../../../respond/adapters/sqlite-release-store.ts';
import { SqliteRumorStore } from '../../../respond/adapters/sqlite-rumor-store.ts';
import { newRelease } from '../../../respond/releases/edit-release.ts';
import { aPerson, office } from '../../support/people.ts';
import { minutesAfter } from '../../support/posts.ts';
import { aDraft, publishing, reviewDeps, reviewPack, signing } from '../../support/releases.ts';
import { aRumor, rumorRules } from '../../support/rumors.ts';
import { memoryDatabase } from '../../support/temp-database.ts';

const lead = aPerson('严正', ['opinionLead']);
const draft = aDraft({
  title: '关于网传死亡人数的核实情况',
  checklist: { facts: '3人死亡', measures: '救治', result: '核实完毕' },
});

/** An office in which a claim was found to be untrue at 13:00. */
async function anOffice() {
  const { database } = memoryDatabase();
  const releases = new SqliteReleaseStore(database);
  const rumors = new SqliteRumorStore(database);
  const { id } = aRumor();
  await rumors.create(aRumor());
  const by = { rumorId: id, actor: lead, at: minutesAfter(60) };
  const deps = { rumors, releases, ...rumorRules };
  const evidence = { step: 'addEvidence', text: '3人', source: '市应急局', link: '' } as const;
  await takeRumorStep(deps, { ...by, taken: evidence });
  const event = { id: 'event-1', isDrill: false };
  const stage = createClarificationStage({ rumors, releases });
  return {
    rumors,
    releases,
    judge: async (verdict: 'false' | 'true') =>
      await takeRumorStep(deps, { ...by, taken: { step: 'judge', verdict, reason: '与核对不符' } }),
    take: async (taken: Parameters<typeof takeRumorStep>[1]['taken']) =>
      await takeRumorStep(deps, { ...by, taken }),
    draft: async (actor = office.handler) =>
      await draftClarification(deps, { rumorId: id, draft, event, actor, at: minutesAfter(70) }),
    found: async () => (await rumors.findById(id)) ?? aRumor(),
    /** All the review asks, then the publication at 14:00. */
    publish: async (release: Release) => {
      const review = reviewDeps(releases);
      for (const [step, actor] of [
        ['content', office.reviewer],
        ['secrecy', office.secrecy],
      ] as const) {
        await signRelease(review, {
          releaseId: release.id,
          ...signing(release, step, actor, { at: minutesAfter(80) }),
        });
      }
      return await publishRelease(review, {
        releaseId: release.id,
        ...publishing(release, { at: minutesAfter(120) }),
      });
    },
    withdraw: async (release: Release) =>
      await withdrawRelease(
        { releases, pack: reviewPack },
        {
          releaseId: release.id,
          reason: '数字有误',
          decidedBy: '方景亭（市长）',
          actor: office.publisher,
          at: minutesAfter(180),
        },
      ),
    /** What the release has written into the register so far comes along, as often as it likes. */
    register: async ({ effects }: Release) =>
      await stage.process(
        effects
          .filter(({ topic }) => topic === RELEASE_REGISTER_TOPIC)
          .map(({ body }) => ReleaseRegisterEntrySchema.parse(body)),
      ),
  };
}

test('a claim found untrue is clarified by a release that passes the ordinary review', async () => {
  const { judge, draft, found, publish, register } = await anOffice();
  await judge('false');
  const release = await draft();
  expect(release).toMatchObject({
    kind: 'clarification',
    state: 'draft',
    clarifies: { rumorId: aRumor().id },
  });
  expect(await found()).toMatchObject({
    state: 'clarifying',
    clarifications: [{ releaseId: release.id }],
  });
  expect(clarificationMs(await found())).toBeUndefined();
  const published = await publish(release);
  await register(published);
  await register(published);
  const rumor = await found();
  expect(rumor.state).toBe('clarified');
  // First seen at 11:30, published at 14:00.
  expect(clarificationMs(rumor)).toBe(150 * 60_000);
  expect(rumor.history.filter(({ what }) => what.includes('发布澄清'))).toMatchObject([
    { what: expect.stringMatching(/14:00 发布澄清.*距首次发现2小时30分/) },
  ]);
});

test('a claim found true, and one not judged yet, has nothing to clarify', async () => {
  const { judge, draft, releases } = await anOffice();
  await expect(draft()).rejects.toMatchObject({ code: 'RUMOR_STEP_REFUSED' });
  await judge('true');
  await expect(draft()).rejects.toMatchObject({ code: 'RUMOR_STEP_REFUSED' });
  expect(await releases.listByEvent('event-1')).toEqual([]);
});

test('who may draft no release may draft no clarification', async () => {
  const { judge, draft } = await anOffice();
  await judge('false');
  await expect(draft(office.publisher)).rejects.toMatchObject({ code: 'ROLE_NEEDED' });
});

test('a crash between the draft and its note loses nothing: the publication tells the case', async () => {
  const { judge, draft, found, publish, register, rumors } = await anOffice();
  const judged = await judge('false');
  const release = await draft();
  const { revision } = await found();
  await rumors.replace({ ...judged, revision: revision + 1 });
  expect((await found()).clarifications).toEqual([]);
  await register(await publish(release));
  expect(await found()).toMatchObject({
    state: 'clarified',
    clarifications: [{ releaseId: release.id, publishedAt: minutesAfter(120) }],
  });
});

test('published while the verdict is looked at again, it stands on record and changes no verdict', async () => {
  const { judge, draft, found, publish, register, take } = await anOffice();
  await judge('false');
  const release = await draft();
  await take({ step: 'reverify', reason: '省里通报的数字不同' });
  await register(await publish(release));
  expect((await found()).state).toBe('verifying');
  expect((await found()).clarifications[0]?.publishedAt).toEqual(minutesAfter(120));
});

test('a clarification that was withdrawn clarifies nothing any more', async () => {
  const { judge, draft, found, publish, register, withdraw } = await anOffice();
  await judge('false');
  const release = await draft();
  await register(await publish(release));
  await register(await withdraw(release));
  const rumor = await found();
  expect(clarificationMs(rumor)).toBeUndefined();
  expect(rumor.history.at(-1)?.what).toContain('已撤回');
});

test('what was drafted as a clarification stays one', async () => {
  const { judge, draft: draftIt, releases } = await anOffice();
  await judge('false');
  const release = await draftIt();
  const review = reviewDeps(releases);
  const edit = { releaseId: release.id, actor: office.handler, at: minutesAfter(75) };
  const other = { ...draft, kind: 'followUp' as const };
  await expect(editRelease(review, { ...edit, draft: other })).rejects.toMatchObject({
    code: 'CLARIFICATION_KIND',
  });
  const better = { ...draft, kind: 'clarification' as const, text: '3人死亡，没有其他人失联。' };
  expect((await editRelease(review, { ...edit, draft: better })).clarifies).toBeDefined();
});

test('any other release leaves the cases alone', async () => {
  const { judge, found, register, publish, releases } = await anOffice();
  await judge('false');
  const before = await found();
  const plain = newRelease(
    {
      draft: { ...draft, kind: 'clarification' },
      event: { id: 'event-1', isDrill: false },
      actor: office.handler,
      at: minutesAfter(70),
    },
    reviewPack,
  );
  await releases.create(plain);
  await register(await publish(plain));
  expect(await found()).toEqual(before);
});
