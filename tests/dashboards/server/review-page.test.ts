import { expect, test } from 'vitest';
import { NOTICES_TOPIC, NoticeSchema } from '#alert';
import type { Grade, Person, Role } from '#core';
import type { Commands } from '#server';
import { createReviewDesk } from '../../../config/review-desk.ts';
import { newRelease, withText } from '../../../respond/releases/edit-release.ts';
import { totpCode, totpStepAt } from '../../../dashboards/server/totp.ts';
import { fromBase32 } from '../../support/second-factor.ts';
import { aDraft, reviewPack } from '../../support/releases.ts';
import { anEvent, anOffice, minutesLater, PASSWORD, START } from './support.ts';

const CHECKLIST = { facts: '破裂', measures: '抢修', result: '恢复' };

/** A text under review at 重大, its rules and stores the real ones; a drafter and who reviews. */
async function aReview(grade: Grade = 'L2', more: { isDrill?: boolean } = {}) {
  let desk: ReturnType<typeof createReviewDesk> | undefined;
  const later =
    <Key extends 'signRelease' | 'submitRelease'>(key: Key): Commands[Key] =>
    async (act: Parameters<Commands[Key]>[0]) =>
      await desk!.commands[key](act as never);
  const office = await anOffice({
    commands: { signRelease: later('signRelease'), submitRelease: later('submitRelease') },
  });
  const { deps, releases, events, hire, app, signIn } = office;
  desk = createReviewDesk({
    backend: { releases, events, people: deps.people } as never,
    pack: reviewPack,
    channels: new Set(['email']),
    now: deps.now,
    linkTo: (folder, { id, personId }) => `http://huiying.test/${folder}/${id}.${personId}`,
    readFigures: () => ({}),
  });
  Object.assign(deps.rules, { reviewOf: desk.reviewOf });
  await events.create(anEvent({ confirmedGrade: grade }));
  const names: Record<string, Role> = {
    骆书桥: 'handler',
    陶知夏: 'releaseReviewer',
    衡亦轩: 'secrecyReviewer',
    纪文澜: 'deputyLeader',
  };
  const people: Record<string, Person> = {};
  for (const [name, role] of Object.entries(names)) {
    people[name] = await hire(name, [role], { email: `${role}@linjiang.invalid` });
  }
  const release = {
    ...newRelease(
      {
        event: { id: 'event-1', isDrill: more.isDrill ?? false },
        draft: aDraft({ checklist: CHECKLIST }),
        actor: people['骆书桥']!,
        at: START,
      },
      reviewPack,
    ),
    effects: [],
  };
  await releases.create(release);
  const read = async () => (await releases.findById(release.id))!;
  await desk.commands.submitRelease({
    releaseId: release.id,
    contentDigest: release.contentDigest,
    actor: people['骆书桥']!,
    at: START,
  });
  const path = (who: string): string => `/v/review~${release.id}.${people[who]!.id}`;
  return {
    ...office,
    desk,
    people,
    release,
    read,
    path,
    open: async (who: string) => await app.inject({ url: encodeURI(path(who)) }),
    tap: async (who: string, form: Record<string, string>) =>
      await app.inject({
        method: 'POST',
        url: encodeURI(path(who)),
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        payload: new URLSearchParams({
          verdict: 'agreed',
          contentDigest: release.contentDigest,
          ...form,
        }).toString(),
      }),
    edit: async (text: string) => {
      const one = await read();
      const act = {
        draft: aDraft({ text, checklist: CHECKLIST }),
        actor: people['骆书桥']!,
        at: minutesLater(1),
      };
      await releases.replace({ ...withText(one, act, reviewPack)!, revision: one.revision + 1 });
    },
    /** Sets up 动态口令 as its owner does. @returns what the authenticator shows now */
    setUp: async (who: string) => {
      const headers = await signIn(people[who]!);
      const post = async (way: string, payload: object) =>
        await app.inject({ method: 'POST', url: `/api/v1/${way}`, payload, headers });
      const { secret } = (await post('second-factor', { password: PASSWORD })).json();
      const code = (steps = 0) => totpCode(fromBase32(secret), totpStepAt(deps.realNow()) + steps);
      await post('second-factor/confirmation', { code: code(-1) });
      return code;
    },
  };
}

test('the message to a reviewer carries a link of their own to the page', async () => {
  const { read, path } = await aReview();
  const notices = (await read()).effects
    .filter(({ topic }) => topic === NOTICES_TOPIC)
    .map(({ body }) => NoticeSchema.parse(body));
  expect(notices.map(({ receiver }) => receiver.name)).toEqual(['陶知夏', '衡亦轩']);
  expect(notices[0]!.text).toContain(`http://huiying.test${path('陶知夏')}`);
});

test('open → 同意: two taps, small, without scripts; a second tap harms nothing', async () => {
  const { open, tap, read } = await aReview();
  const page = await open('陶知夏');
  expect(page.statusCode).toBe(200);
  expect(Buffer.byteLength(page.body)).toBeLessThan(30_000);
  for (const words of ['骆书桥拟稿', '供水主管破裂', '还剩30分钟', '文字检查', '同意：内容审核']) {
    expect(page.body).toContain(words);
  }
  expect(page.headers['content-security-policy']).toContain("default-src 'none'");
  expect((await tap('陶知夏', { step: 'content' })).body).toContain('已同意');
  expect((await read()).signatures).toMatchObject([{ step: 'content', verdict: 'agreed' }]);

  const again = await tap('陶知夏', { step: 'content' });
  expect(again.statusCode).toBe(409);
  expect(again.body).toContain('内容审核已由陶知夏签署');
  expect(again.body).toContain('您已同意（内容审核）');
  expect((await read()).signatures).toHaveLength(1);
});

test('two taps at the same moment are one signature', async () => {
  const { tap, read } = await aReview();
  const answers = await Promise.all(
    [1, 2].map(async () => await tap('陶知夏', { step: 'content' })),
  );
  expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(new Set([200, 409]));
  expect((await read()).signatures).toHaveLength(1);
});

test('looking is no signature, however often a scanner looks', async () => {
  const { app, path, read } = await aReview();
  const before = await read();
  for (const method of ['GET', 'HEAD', 'OPTIONS'] as const) {
    await app.inject({
      method,
      url: encodeURI(
        `${path('陶知夏')}?verdict=agreed&step=content&contentDigest=${before.contentDigest}`,
      ),
    });
  }
  expect(await read()).toEqual(before);
});

test('退回 needs a comment; what was written is not lost', async () => {
  const { tap, read } = await aReview();
  const empty = await tap('陶知夏', { step: 'content', verdict: 'rejected', comment: ' ' });
  expect(empty.body).toContain('没有填完整');
  expect((await read()).state).toBe('inReview');
  const done = await tap('陶知夏', { step: 'content', verdict: 'rejected', comment: '户数须核对' });
  expect(done.body).toContain('已退回修改');
  expect(await read()).toMatchObject({ state: 'rejected', waits: [] });
});

test('a text changed in between is refused, and the page shows the newer one with what changed', async () => {
  const { tap, edit, read, release } = await aReview();
  await tap('陶知夏', { step: 'content' });
  await edit('11月24日7时许，江北区供水主管破裂，约3万户用水受影响，抢修正在进行。');
  const answer = await tap('衡亦轩', { step: 'secrecy' });
  expect(answer.statusCode).toBe(409);
  expect(answer.body).toContain('稿件内容已有改动，请重新阅读后再办理');
  expect(answer.body).toMatch(/与陶知夏看过的那一版相比[\s\S]*<del>2<\/del><ins>3<\/ins>/);
  expect(answer.body).not.toContain(release.contentDigest);
  expect((await read()).signatures).toHaveLength(1);
});

test('a long text with one changed word is still small: what did not change is shown once', async () => {
  const { tap, edit, open, read } = await aReview();
  await edit('抢修正在进行，预计今晚恢复供水。'.repeat(150));
  const { contentDigest } = await read();
  const back = { verdict: 'rejected', comment: '再核', contentDigest };
  await tap('陶知夏', { step: 'content', ...back });
  await edit(`${'抢修正在进行，预计今晚恢复供水。'.repeat(150)}请市民储水。`);
  const { body } = await open('陶知夏');
  expect(Buffer.byteLength(body)).toBeLessThan(30_000);
  expect(body).toMatch(/字没有改/);
  expect(body.split('抢修正在进行').length - 1).toBeLessThan(165);
});

test.for([
  { who: '骆书桥', step: 'content', says: '内容审核须由审核人签署' },
  { who: '陶知夏', step: 'secrecy', says: '保密审查须由保密审查员签署' },
  { who: '纪文澜', step: 'content', says: '内容审核须由审核人签署' },
])('$who may not sign $step by phone either', async ({ who, step, says }) => {
  const { tap, read } = await aReview();
  const answer = await tap(who, { step });
  expect(answer.statusCode).toBe(409);
  expect(answer.body).toContain(says);
  expect((await read()).signatures).toEqual([]);
});

test('who drafted and reviews too is shown no button, and is refused', async () => {
  const { open, tap, people, deps } = await aReview();
  const drafter = people['骆书桥']!;
  await deps.people.replace({
    ...drafter,
    roles: ['handler', 'releaseReviewer'],
    revision: drafter.revision + 1,
  });
  const page = await open('骆书桥');
  expect(page.body).toContain('您拟过或改过这份稿件，不能审查');
  expect(page.body).not.toContain('<form');
  expect((await tap('骆书桥', { step: 'content' })).body).toContain('不得审查同一稿件');
});

test('a link to another thing, of nobody, expired or of somebody who left opens nothing', async () => {
  const { app, release, people, path, deps } = await aReview();
  const of = people['陶知夏']!;
  for (const [token, status] of [
    [`${release.id}.${of.id}`, 404],
    [`order~${release.id}.${of.id}`, 404],
    [`review~${release.id}.nobody`, 404],
    [`review~other.${of.id}`, 404],
    [`review~${release.id}.${of.id}.old`, 410],
    ['forged', 404],
  ] as const) {
    for (const method of ['GET', 'POST'] as const) {
      const answer = await app.inject({ method, url: encodeURI(`/v/${token}`) });
      expect([token, method, answer.statusCode]).toEqual([token, method, status]);
      expect(answer.body).not.toContain(release.title);
    }
  }
  // Nor does a review's link open an alert or an order.
  for (const folder of ['a', 'o', 's', 'r', 'h']) {
    const answer = await app.inject({
      url: encodeURI(path('陶知夏').replace('/v/', `/${folder}/`)),
    });
    expect([folder, answer.statusCode]).toEqual([folder, 404]);
  }
  await deps.people.replace({ ...of, isDisabled: true, revision: of.revision + 1 });
  expect((await app.inject({ url: encodeURI(path('陶知夏')) })).statusCode).toBe(404);
});

/** Content and secrecy agreed: the leader is next. */
async function beforeLeader(more: { isDrill?: boolean } = {}) {
  const review = await aReview('L2', more);
  await review.tap('陶知夏', { step: 'content' });
  await review.tap('衡亦轩', { step: 'secrecy' });
  return review;
}

test('领导签发 asks for 动态口令: who has none is told how, with one it is two taps', async () => {
  const { open, tap, read, setUp, pass, acts } = await beforeLeader();
  expect((await open('纪文澜')).body).toMatch(/您还没有设置：请在电脑上登录/);
  const refused = await tap('纪文澜', { step: 'leader', code: '123456' });
  expect(refused.body).toContain('您还没有设置：请在电脑上登录，点右上角“动态口令”设置');
  expect((await read()).state).toBe('inReview');

  const code = await setUp('纪文澜');
  pass(1);
  expect((await open('纪文澜')).body).toContain('name="code"');
  expect((await tap('纪文澜', { step: 'leader' })).body).toContain('须输入动态口令');
  const right = code();
  const wrong = right === '000000' ? '000001' : '000000';
  const answer = await tap('纪文澜', { step: 'leader', code: wrong });
  expect(answer.statusCode).toBe(409);
  expect(answer.body).toContain('动态口令不对');
  expect((await acts())[0]).toMatchObject({ act: '输入动态口令', result: 'refused' });

  expect((await tap('纪文澜', { step: 'leader', code: right })).body).toContain('已同意');
  expect(await read()).toMatchObject({ state: 'approved' });
  expect((await read()).history.at(-1)?.what).toBe('领导签发同意（动态口令）');
});

test('a code that was used, or seen over a shoulder, signs nothing a second time', async () => {
  const { tap, setUp, pass, edit, desk, read, people, release, releases } = await beforeLeader();
  const code = await setUp('纪文澜');
  pass(1);
  const used = code();
  await tap('纪文澜', { step: 'leader', code: used });
  // The same leader rejects, the text goes round once more, within the same half minute.
  await tap('纪文澜', { step: 'leader', verdict: 'rejected', comment: '再核' });
  await edit('又改过的正文，约3万户。');
  const next = await read();
  await desk.commands.submitRelease({
    releaseId: release.id,
    contentDigest: next.contentDigest,
    actor: people['骆书桥']!,
    at: minutesLater(2),
  });
  const contentDigest = next.contentDigest;
  await tap('陶知夏', { step: 'content', contentDigest });
  await tap('衡亦轩', { step: 'secrecy', contentDigest });
  const replayed = await tap('纪文澜', { step: 'leader', contentDigest, code: used });
  expect(replayed.body).toContain('已经用过');
  expect((await releases.findById(release.id))?.state).toBe('inReview');
});

test('a code is not used up by what another rule refuses', async () => {
  const { tap, setUp, pass, read } = await beforeLeader();
  const code = await setUp('纪文澜');
  pass(1);
  const right = code();
  const stale = await tap('纪文澜', { step: 'leader', code: right, contentDigest: 'another' });
  expect(stale.body).toContain('稿件内容已有改动');
  await tap('纪文澜', { step: 'leader', code: right });
  expect((await read()).state).toBe('approved');
});

test('guessing codes locks the code, not its owner out of signing in', async () => {
  const { tap, setUp, pass, read, signIn, people } = await beforeLeader();
  const code = await setUp('纪文澜');
  pass(1);
  const right = code();
  const wrong = right === '000000' ? '000001' : '000000';
  for (let tries = 0; tries < 5; tries += 1) await tap('纪文澜', { step: 'leader', code: wrong });
  const locked = await tap('纪文澜', { step: 'leader', code: right });
  expect(locked.body).toContain('连续输错次数过多');
  expect((await read()).state).toBe('inReview');
  await signIn(people['纪文澜']!);
  pass(16);
  expect((await tap('纪文澜', { step: 'leader', code: code() })).body).toContain('已同意');
});

test('at the desk the same rule asks for the same code', async () => {
  const { app, signIn, people, setUp, pass, release, read } = await beforeLeader();
  const code = await setUp('纪文澜');
  pass(1);
  const headers = await signIn(people['纪文澜']!);
  const sign = async (more: object) =>
    await app.inject({
      method: 'POST',
      url: `/api/v1/releases/${release.id}/signatures`,
      payload: {
        step: 'leader',
        verdict: 'agreed',
        contentDigest: release.contentDigest,
        ...more,
      },
      headers,
    });
  expect((await sign({})).json()).toMatchObject({ code: 'FACTOR_CODE_NEEDED' });
  expect((await sign({ code: code() })).json()).toMatchObject({ stateName: '已批准' });
  expect((await read()).signatures.at(-1)).toMatchObject({ isConfirmed: true });
});

test('in a drill nobody needs a code, for its people are played', async () => {
  const { open, tap, read } = await beforeLeader({ isDrill: true });
  expect((await open('纪文澜')).body).not.toContain('动态口令');
  await tap('纪文澜', { step: 'leader' });
  expect((await read()).state).toBe('approved');
});

test('who stands in after the limit is told so on the page, and signs as such', async () => {
  const { open, tap, pass, desk, read, hire, app, release } = await aReview();
  const lead = await hire('陆柏舟', ['opinionLead'], { email: 'lu@linjiang.invalid' });
  pass(31);
  expect(await desk.tick()).toBe(1);
  expect(await desk.tick()).toBe(0);
  expect((await open('陶知夏')).body).toContain('的时限 11-24 02:48 已过');
  const url = encodeURI(`/v/review~${release.id}.${lead.id}`);
  expect((await app.inject({ url })).body).toContain('同意：内容审核（代签）');
  await app.inject({
    method: 'POST',
    url,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: `verdict=agreed&step=content&contentDigest=${release.contentDigest}`,
  });
  expect((await read()).history.at(-1)?.what).toBe('内容审核同意（超过时限，代审核人签署）');
  expect((await tap('陶知夏', { step: 'content' })).body).toContain('内容审核已由陆柏舟签署');
});
