import { expect, test } from 'vitest';
import type { Role } from '#core';
import { JudgingView } from '#contract';
import { aCall, aMessage, anAssessment, anEvaluation, aResult } from '../../support/judging.ts';
import { aLead } from '../../support/events.ts';
import { aRecord } from '../../support/posts.ts';
import { aCountdown, anEvent, anOffice, aPost, minutesLater } from './support.ts';

async function aMatter() {
  const office = await anOffice();
  await office.events.create(anEvent());
  await office.posts.saveMany([
    aPost({ text: '什么时候能来水？水管破了没人管。' }),
    aPost({ id: 'post-2', text: '到底什么时候能来水啊？', publishedAt: minutesLater(-10) }),
  ]);
  const as = async (name: string, roles: readonly Role[]) => {
    const headers = await office.signIn(await office.hire(name, roles));
    return async (payload?: object, eventId = 'event-1') =>
      await office.app.inject({
        method: payload ? 'POST' : 'GET',
        url: `/api/v1/events/${eventId}/judging`,
        headers,
        ...(payload && { payload }),
      });
  };
  return { ...office, as };
}

test('an event goes from the questions of the posts to its closing, each step on record', async () => {
  const { as, events } = await aMatter();
  const [analyst, principal] = [await as('席雨眠', ['analyst']), await as('方景亭', ['principal'])];
  const begun = JudgingView.parse((await analyst()).json());
  expect(begun.questions).toContainEqual({
    text: '什么时候能来水？',
    postIds: ['post-1', 'post-2'],
  });
  expect(begun.path[1]).toMatchObject({ name: '会商', state: 'owed' });

  const draft = anAssessment();
  const written = JudgingView.parse((await analyst({ kind: 'writeAssessment', draft })).json());
  const assessmentId = written.assessments[0]?.id;
  expect((await analyst({ kind: 'confirmAssessment', assessmentId })).statusCode).toBe(403);
  await principal({ kind: 'confirmAssessment', assessmentId });
  const called = JudgingView.parse(
    (await principal({ kind: 'callConsultation', call: aCall })).json(),
  );
  const consultationId = called.consultations[0]?.id;
  await principal({ kind: 'endConsultation', consultationId, result: aResult() });
  const message = JudgingView.parse(
    (await analyst({ kind: 'writeKeyMessage', draft: aMessage() })).json(),
  ).keyMessages[0];
  const approval = { keyMessageId: message?.id, contentDigest: message?.contentDigest };
  const approved = JudgingView.parse(
    (await principal({ kind: 'approveKeyMessage', ...approval })).json(),
  );
  expect(approved.keyMessages[0]?.approved?.by).toBe('方景亭');
  expect(approved.path.slice(0, 2).map(({ state }) => state)).toEqual(['done', 'done']);

  await analyst({ kind: 'endTracking', reason: '试验：提前结束' });
  const retrospective = {
    whatWorked: [],
    whatFailed: [],
    rootCauses: ['巡检少'],
    actions: [{ text: '每月巡检', owner: '市水务局' }],
  };
  await analyst({ kind: 'evaluate', draft: anEvaluation({ retrospective }) });
  const refused = await principal({ kind: 'closeEvent', reason: '' });
  expect(refused.json()).toMatchObject({ code: 'CLOSING_CONDITIONS' });
  expect(refused.json().title + refused.json().detail).toContain('应当回应而没有已发布的稿件');
  const closed = JudgingView.parse(
    (await principal({ kind: 'closeEvent', reason: '并入专项督办' })).json(),
  );
  expect(closed.evaluation?.closed?.unmet).toContain('应当回应而没有已发布的稿件');
  expect(closed.path.at(-1)).toMatchObject({ name: '结案', state: 'done' });
  expect((await events.findById('event-1'))?.state).toBe('closed');

  const late = await analyst({ kind: 'writeAssessment', draft });
  expect(late.statusCode).toBe(409);
  expect(late.json()).toMatchObject({ code: 'EVENT_CLOSED' });
  expect(JudgingView.parse((await analyst()).json()).may).toEqual([]);
  expect(JudgingView.parse((await principal()).json()).may).toEqual(['reopenEvent']);
});

test('a closed event is opened again with a reason: it takes acts again, and the round of before stays', async () => {
  const { as, events, leads } = await aMatter();
  const [analyst, principal] = [await as('席雨眠', ['analyst']), await as('方景亭', ['principal'])];
  await principal({ kind: 'closeEvent', reason: '并入专项督办' });
  const { post } = aRecord();
  const late = { ...post, postId: 'post-late', fetchedAt: minutesLater(30) };
  await leads.create(aLead({ id: 'lead-late', eventId: 'event-1', posts: [late] }));
  expect(JudgingView.parse((await principal()).json()).sinceClosing).toMatchObject({ posts: 1 });

  const reopen = { kind: 'reopenEvent', reason: '又有居民反映停水' };
  expect((await analyst(reopen)).statusCode).toBe(403);
  expect((await principal({ ...reopen, reason: '' })).statusCode).toBe(400);
  const view = JudgingView.parse((await principal(reopen)).json());
  expect((await events.findById('event-1'))?.state).toBe('reopened');
  expect(view.evaluation).toMatchObject({
    reopened: [{ by: '方景亭', reason: reopen.reason, closed: { reason: '并入专项督办' } }],
  });
  expect(view.evaluation?.closed).toBeUndefined();
  expect(view.may).toContain('closeEvent');
  expect((await principal(reopen)).json()).toMatchObject({ code: 'EVENT_OPEN' });
  const written = await analyst({ kind: 'writeAssessment', draft: anAssessment() });
  expect(written.statusCode).toBe(200);
});

test('a reopening that a crash left half done is finished by asking once more', async () => {
  const { as, events } = await aMatter();
  const principal = await as('方景亭', ['principal']);
  await principal({ kind: 'closeEvent', reason: '并入专项督办' });
  await principal({ kind: 'reopenEvent', reason: '又有居民反映停水' });
  const stored = await events.findById('event-1');
  await events.replace({ ...stored!, revision: stored!.revision + 1, state: 'closed' });
  const again = await principal({ kind: 'reopenEvent', reason: '又有居民反映停水' });
  expect(again.statusCode).toBe(200);
  expect((await events.findById('event-1'))?.state).toBe('reopened');
  expect(JudgingView.parse(again.json()).evaluation?.reopened).toHaveLength(1);
});

test('an event that was merged takes no act of judging', async () => {
  const { as, events } = await aMatter();
  const merged = { ...anEvent(), id: 'event-2', state: 'merged', mergedInto: 'event-1' } as const;
  await events.create(merged);
  const analyst = await as('席雨眠', ['analyst']);
  const refused = await analyst({ kind: 'writeAssessment', draft: anAssessment() }, 'event-2');
  expect(refused.statusCode).toBe(409);
  expect(JudgingView.parse((await analyst(undefined, 'event-2')).json()).may).toEqual([]);
});

test('tracking does not end in silence while the event is loud, however many posts it has', async () => {
  const { as, leads } = await aMatter();
  const { post } = aRecord();
  const posts = Array.from({ length: 6_000 }, (_, index) => ({
    ...post,
    postId: `post-${index}`,
    // Five thousand of long ago, then a thousand within this hour.
    publishedAt: minutesLater(index < 5_000 ? -90 * 24 * 60 : -1),
  }));
  await leads.create(aLead({ id: 'lead-loud', eventId: 'event-1', posts }));
  const analyst = await as('席雨眠', ['analyst']);
  const refused = await analyst({ kind: 'endTracking' });
  expect(refused.json()).toMatchObject({ code: 'TRACKING_CONDITIONS' });
  expect(JSON.stringify(refused.json())).toContain('近48小时最多一小时1000条');
});

test('a step on a record of another event finds nothing', async () => {
  const { as, events } = await aMatter();
  const analyst = await as('席雨眠', ['analyst']);
  const principal = await as('方景亭', ['principal']);
  const written = await analyst({ kind: 'writeAssessment', draft: anAssessment() });
  const assessmentId = JudgingView.parse(written.json()).assessments[0]?.id;
  await events.create({ ...anEvent(), id: 'event-2' });
  const answer = await principal({ kind: 'confirmAssessment', assessmentId }, 'event-2');
  expect(answer.statusCode).toBe(404);
});

test('an event is not closed, whatever reason is given, before every missed limit has its cause', async () => {
  const { as, app, countdowns, signIn, hire } = await aMatter();
  const principal = await as('方景亭', ['principal']);
  const breached = { state: 'breached', breachedAt: minutesLater(300) } as const;
  await countdowns.create(aCountdown(breached));
  await countdowns.create(
    aCountdown({ ...breached, id: 'countdown-2', code: 'PRESS_24H', name: '24小时发布会' }),
  );
  const close = async () => await principal({ kind: 'closeEvent', reason: '并入专项督办' });
  const refused = (await close()).json();
  expect(refused.code).toBe('BREACH_CAUSE_NEEDED');
  expect(refused.title + refused.detail).toMatch(/5小时发布（至迟.*、24小时发布会（至迟/);

  const headers = await signIn(await hire('贺兰舟', ['opinionLead']));
  const explain = async (id: string) =>
    await app.inject({
      method: 'POST',
      url: `/api/v1/countdowns/${id}/causes`,
      headers,
      payload: { reason: 'reviewSlow', words: '夜里找不到签发人，凌晨四点才签出' },
    });
  expect((await explain('countdown-1')).json()).toMatchObject({
    state: 'breached',
    owesCause: false,
    causes: [{ reasonName: '审核、签发环节慢', by: '贺兰舟' }],
  });
  const still = (await close()).json();
  expect(still.title + still.detail).not.toContain('5小时发布（');
  expect(still.title + still.detail).toContain('24小时发布会（');
  await explain('countdown-2');
  const closed = JudgingView.parse((await close()).json());
  expect(closed.path.at(-1)).toMatchObject({ name: '结案', state: 'done' });
  expect(closed.missed.map(({ name, causes }) => [name, causes.length])).toEqual([
    ['5小时发布', 1],
    ['24小时发布会', 1],
  ]);
});

test('a limit missed on an event that was merged into this one is asked for too', async () => {
  const { as, events, countdowns } = await aMatter();
  const principal = await as('方景亭', ['principal']);
  const { proposal, knownAt } = anEvent();
  const kept = { regroupingId: 'r', eventId: 'event-2', proposal, knownAt, mustRespondReasons: [] };
  await events.replace({ ...anEvent(), revision: 2, kept: [kept] });
  const late = { state: 'satisfiedLate', breachedAt: minutesLater(300) } as const;
  await countdowns.create(aCountdown({ ...late, eventId: 'event-2', eventTitle: '并入前的事件' }));
  const refused = await principal({ kind: 'closeEvent', reason: '并入专项督办' });
  expect(refused.json()).toMatchObject({ code: 'BREACH_CAUSE_NEEDED' });
  const { missed } = JudgingView.parse((await principal()).json());
  expect(missed).toMatchObject([
    { eventId: 'event-2', eventTitle: '并入前的事件', owesCause: true },
  ]);
});
