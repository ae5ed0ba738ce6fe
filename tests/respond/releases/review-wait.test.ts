import { describe, expect, test } from 'vitest';
import { MINUTE_MS, type Grade, type Person } from '#core';
import { NOTICES_TOPIC, NoticeSchema } from '#alert';
import {
  describeMissingFactors,
  signRelease,
  submitRelease,
  tickReviews,
  type Release,
  type ReviewDeps,
  type ReviewStep,
} from '#respond';
import { SqliteReleaseStore } from '../../../respond/adapters/sqlite-release-store.ts';
import { withText } from '../../../respond/releases/edit-release.ts';
import { openSteps } from '../../../respond/releases/required-steps.ts';
import { createReviewStage } from '../../../respond/releases/review-desk.ts';
import { aGradedEvent } from '../../support/alerts.ts';
import { aPerson } from '../../support/people.ts';
import { minutesAfter, NOON } from '../../support/posts.ts';
import { aDraft, aRelease, reviewDeps, reviewPack, signing } from '../../support/releases.ts';
import { memoryDatabase } from '../../support/temp-database.ts';

const mail = (name: string) => ({ email: `${name}@linjiang.invalid` });
const hands = {
  handler: aPerson('骆书桥', ['handler'], mail('luo')),
  reviewer: aPerson('陶知夏', ['releaseReviewer'], mail('tao')),
  secrecy: aPerson('衡亦轩', ['secrecyReviewer'], mail('heng')),
  deputy: aPerson('纪文澜', ['deputyLeader'], mail('ji')),
  principal: aPerson('方景亭', ['principal'], mail('fang')),
  lead: aPerson('陆柏舟', ['opinionLead'], mail('lu')),
  coordinator: aPerson('祁观澜', ['coordinator'], mail('qi')),
  dutyOfficer: aPerson('顾明远', ['dutyOfficer'], mail('gu')),
};

/** A text that waits, in the real store, and the time of day. */
async function aReview(
  grade: Grade = 'L2',
  people: readonly Person[] = Object.values(hands),
  more: Partial<ReviewDeps> = {},
) {
  const { database } = memoryDatabase();
  const releases = new SqliteReleaseStore(database);
  let at = NOON;
  let standing = grade;
  const deps = {
    ...reviewDeps(releases, { people: { listAll: async () => people }, ...more }),
    gradeOf: async () => standing,
    now: () => at,
  };
  const draft = { ...aRelease(), drafter: { personId: '骆书桥', name: '骆书桥' } };
  await releases.create(draft);
  const read = async (): Promise<Release> => (await releases.findById(draft.id))!;
  return {
    database,
    deps,
    releases,
    draft,
    read,
    raise: (to: Grade) => (standing = to),
    submit: async (actor = hands.handler) =>
      await submitRelease(deps, {
        releaseId: draft.id,
        grade: standing,
        actor,
        contentDigest: (await read()).contentDigest,
        at,
      }),
    sign: async (step: ReviewStep, actor: Person, changes = {}) =>
      await signRelease(deps, {
        releaseId: draft.id,
        ...signing(await read(), step, actor, { grade: standing, at, ...changes }),
      }),
    /** Lets so many minutes pass since the text was sent, then looks. */
    tickAt: async (minutes: number) => {
      at = minutesAfter(minutes);
      return await tickReviews(deps);
    },
    /** Who was told since the last question, with what. */
    news: async () => {
      const one = await read();
      await releases.replace({ ...one, effects: [], revision: one.revision + 1 });
      return one.effects
        .filter(({ topic }) => topic === NOTICES_TOPIC)
        .map(({ body }) => NoticeSchema.parse(body))
        .map(({ receiver, subject, text }) => ({ name: receiver.name, subject, text }));
    },
    says: async () => (await read()).history.map(({ what }) => what),
  };
}
const names = (news: readonly { name: string }[]): string[] => news.map(({ name }) => name);

test('送审 tells who reviews the first steps, each with a link of their own, and not yet the leader', async () => {
  const { submit, news, read } = await aReview();
  expect((await submit()).state).toBe('inReview');
  const told = await news();
  expect(names(told)).toEqual(['陶知夏', '衡亦轩']);
  expect(told[0]!.subject).toContain('待您内容审核');
  expect(told[0]!.text).toMatch(/请在 2026-03-02 12:30 前[\s\S]*review~.*陶知夏/);
  expect((await read()).waits).toMatchObject([
    { step: 'content', since: NOON, dueAt: minutesAfter(30) },
    { step: 'secrecy', dueAt: minutesAfter(30) },
  ]);
});

test('the leader is told, and waited for, once all others have agreed', async () => {
  const { submit, sign, news, read, tickAt } = await aReview();
  await submit();
  await news();
  await tickAt(5);
  await sign('content', hands.reviewer);
  expect(await news()).toEqual([]);
  await sign('secrecy', hands.secrecy);
  expect(names(await news())).toEqual(['纪文澜', '方景亭']);
  expect((await read()).waits).toMatchObject([{ step: 'leader', since: minutesAfter(5) }]);
  await sign('leader', hands.deputy);
  expect(await read()).toMatchObject({ state: 'approved', waits: [] });
  expect(await tickAt(500)).toBe(0);
});

test('a silent reviewer is reminded at half and at four fifths of the time, then another may sign', async () => {
  const { submit, sign, news, says, read, tickAt } = await aReview();
  await submit();
  await sign('secrecy', hands.secrecy);
  await news();
  expect(await tickAt(14)).toBe(0);
  await tickAt(15);
  expect(await news()).toMatchObject([
    { name: '陶知夏', subject: expect.stringContaining('内容审核还没有签') },
  ]);
  expect(await tickAt(15)).toBe(0);
  await tickAt(24);
  expect(names(await news())).toEqual(['陶知夏']);
  await expect(sign('content', hands.lead)).rejects.toMatchObject({ code: 'ROLE_NEEDED' });

  await tickAt(30);
  const told = await news();
  expect(names(told)).toEqual(['陶知夏', '陆柏舟']);
  expect(told[1]).toMatchObject({ subject: expect.stringContaining('请代为内容审核') });
  expect((await says()).slice(-3)).toEqual([
    '内容审核已等待15分钟（时限 03-02 12:30），提醒陶知夏',
    '内容审核已等待24分钟（时限 03-02 12:30），提醒陶知夏',
    '内容审核超过时限 03-02 12:30 未签，舆情工作负责人可以代签，已通知陆柏舟',
  ]);
  // Nobody is told again and again.
  expect(await tickAt(300)).toBe(0);

  await sign('content', hands.lead);
  expect((await says()).at(-1)).toBe('内容审核同意（超过时限，代审核人签署）');
  expect((await read()).signatures.at(-1)).toMatchObject({ inPlaceOf: ['releaseReviewer'] });
  expect(openSteps(await read(), 'L2', reviewPack)).toEqual(['leader']);
});

test('who was late may still sign themselves', async () => {
  const { submit, sign, tickAt, says } = await aReview();
  await submit();
  await tickAt(31);
  await sign('content', hands.reviewer);
  expect((await says()).at(-1)).toBe('内容审核同意');
});

test('after a night without power one reminder goes out, or at once who stands in, not all that were missed', async () => {
  const late = await aReview();
  await late.submit();
  await late.news();
  await late.tickAt(26);
  expect(names(await late.news())).toEqual(['陶知夏', '衡亦轩']);
  await late.tickAt(27);
  expect(await late.news()).toEqual([]);
  await late.tickAt(900);
  expect(names(await late.news()).toSorted()).toEqual(
    ['陶知夏', '陆柏舟', '衡亦轩', '纪文澜'].toSorted(),
  );
});

test('a restart between two looks tells nobody again', async () => {
  const { submit, tickAt, deps, database, news } = await aReview();
  await submit();
  await tickAt(15);
  await news();
  const again = { ...deps, releases: new SqliteReleaseStore(database) };
  expect(await tickReviews(again)).toBe(0);
  expect(await news()).toEqual([]);
});

test('whoever stands in for a drafter is not the drafter', async () => {
  const people = [
    { ...hands.handler, roles: ['handler', 'opinionLead'] as const },
    hands.reviewer,
    hands.secrecy,
  ].map((one) => ({ ...one, roles: [...one.roles] }));
  const { submit, sign, news, tickAt } = await aReview('L2', people);
  await submit();
  await news();
  await tickAt(31);
  expect(names(await news())).not.toContain('骆书桥');
  await expect(sign('content', people[0]!)).rejects.toMatchObject({
    code: 'AUTHOR_MAY_NOT_REVIEW',
  });
});

test('a step whose reviewers nobody reaches is told to those who can call them', async () => {
  const { submit, news } = await aReview('L3', [hands.reviewer, hands.lead, hands.dutyOfficer]);
  await submit();
  const told = await news();
  expect(names(told)).toEqual(['陶知夏', '陆柏舟', '顾明远']);
  expect(told[1]!.subject).toContain('保密审查无人可通知');
});

test('a changed text waits for nobody until it is sent again', async () => {
  const { submit, releases, read, news, tickAt, says } = await aReview();
  await submit();
  const one = await read();
  const act = { draft: aDraft({ text: '改过的正文' }), actor: hands.handler, at: minutesAfter(5) };
  const edited = withText(one, act, reviewPack)!;
  await releases.replace({ ...edited, revision: one.revision + 1 });
  await news();
  expect(await read()).toMatchObject({ state: 'draft', waits: [] });
  expect((await says()).at(-1)).toBe('改稿，须重新送审');
  expect(await tickAt(60)).toBe(0);
  await submit();
  expect(names(await news())).toEqual(['陶知夏', '衡亦轩']);
  expect((await read()).waits?.[0]?.dueAt).toEqual(minutesAfter(90));
});

test('a rejection ends the waiting and is told to who wrote it', async () => {
  const { submit, sign, news, read, tickAt } = await aReview();
  await submit();
  await news();
  await sign('content', hands.reviewer, { verdict: 'rejected', comment: '户数须核对' });
  const told = await news();
  expect(told).toMatchObject([{ name: '骆书桥', subject: expect.stringContaining('退回修改') }]);
  expect(told[0]!.text).toContain('户数须核对');
  expect((await read()).waits).toEqual([]);
  expect(await tickAt(600)).toBe(0);
});

describe('a grade that rises', () => {
  test('leaves less time for what is waited for', async () => {
    const { submit, raise, deps, read, tickAt } = await aReview('L3');
    await submit();
    expect((await read()).waits?.[0]?.dueAt).toEqual(minutesAfter(240));
    raise('L2');
    await createReviewStage(deps).process([aGradedEvent('L2', { id: 'event-1' })]);
    expect((await read()).waits?.[0]).toMatchObject({
      dueAt: minutesAfter(30),
      nextAt: minutesAfter(15),
    });
    expect(await tickAt(15)).toBe(1);
  });

  test('makes an approved text wait for the leader', async () => {
    const { submit, sign, raise, deps, news, read } = await aReview('L3');
    await submit();
    await sign('content', hands.reviewer);
    expect((await sign('secrecy', hands.secrecy)).state).toBe('approved');
    await news();
    raise('L2');
    await createReviewStage(deps).process([aGradedEvent('L2', { id: 'event-1' })]);
    expect(names(await news())).toEqual(['纪文澜', '方景亭']);
    const { revision } = await read();
    await createReviewStage(deps).process([aGradedEvent('L2', { id: 'event-1' })]);
    expect((await read()).revision).toBe(revision);
  });

  test('takes the weight from a stand-in: at 特别重大 the principal signs, or who may in that place', async () => {
    const { submit, sign, tickAt, read } = await aReview('L2');
    await submit();
    await sign('content', hands.reviewer);
    await sign('secrecy', hands.secrecy);
    await tickAt(31);
    await sign('leader', hands.coordinator);
    expect(openSteps(await read(), 'L2', reviewPack)).toEqual([]);
    expect(openSteps(await read(), 'L1', reviewPack)).toEqual(['leader']);
  });
});

test.for([
  { who: 'somebody who may not draft', actor: hands.reviewer, code: 'ROLE_NEEDED' },
  { who: 'anybody, once it is under review', actor: hands.handler, code: 'RELEASE_NOT_DRAFT' },
])('a text is not sent to review by $who', async ({ actor, code }) => {
  const { submit } = await aReview();
  if (code === 'RELEASE_NOT_DRAFT') await submit();
  await expect(submit(actor)).rejects.toMatchObject({ code });
});

test('the leader signs a 重大 text with 动态口令 only, rejects without it, and a drill asks for none', async () => {
  const { submit, sign, read, says, releases } = await aReview('L2');
  await submit();
  await sign('content', hands.reviewer, { isConfirmed: false });
  await sign('secrecy', hands.secrecy, { isConfirmed: false });
  await expect(sign('leader', hands.deputy, { isConfirmed: false })).rejects.toMatchObject({
    code: 'SECOND_FACTOR_NEEDED',
  });
  const before = await read();
  await sign('leader', hands.deputy);
  expect((await says()).at(-1)).toBe('领导签发同意（动态口令）');
  const rejecting = { verdict: 'rejected', comment: '再核', isConfirmed: false };
  expect((await sign('leader', hands.deputy, rejecting)).state).toBe('rejected');

  const { revision } = await read();
  await releases.replace({ ...before, isDrill: true, revision: revision + 1 });
  expect((await sign('leader', hands.deputy, { isConfirmed: false })).state).toBe('approved');
});

test('the time for a step is data of the pack', () => {
  expect(reviewPack.waiting.limits.leader?.L1).toBe(30 * MINUTE_MS);
});

test('a leader who could not sign yet hears of it with the message, and the office at every start', async () => {
  const people = [
    hands.reviewer,
    hands.secrecy,
    hands.principal,
    { ...hands.deputy, secondFactor: { sealed: '', since: NOON, usedStep: 0 } },
  ];
  const { submit, sign, news } = await aReview('L2', people);
  await submit();
  await sign('content', hands.reviewer);
  await sign('secrecy', hands.secrecy);
  const told = (await news()).filter(({ subject }) => subject.includes('领导签发'));
  const [deputy, principal] = ['纪文澜', '方景亭'].map((who) =>
    told.find(({ name }) => name === who),
  );
  expect(deputy?.text).toContain('同意时须输入动态口令。');
  expect(principal?.text).toContain('您还没有设置');
  // 重大 has somebody who can sign, 特别重大 nobody.
  expect(describeMissingFactors(people, reviewPack)).toEqual([
    '红·特别重大的领导签发须动态口令，能签的人都还没有设置',
  ]);
  expect(describeMissingFactors([hands.reviewer], reviewPack)).toEqual([]);
});
