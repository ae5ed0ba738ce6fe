import { expect, test } from 'vitest';
import { EventRumorsView, ReleaseView, RumorView } from '#contract';
import { z } from 'zod';
import { aLead, anEvent, anOffice, aPost } from './support.ts';

const CLAIM = '听说坍塌死了30多人，官方在瞒报！';

/** An office that heard a claim, who leads it, who drafts and who only watches. */
async function anOfficeThatHeard() {
  const office = await anOffice();
  await office.events.create(anEvent());
  const [part] = aLead().posts;
  const claim = { untrue: 'suspected', untrueWords: '听说', outlet: '网友小周' } as const;
  await office.leads.create(
    aLead({
      posts: [
        { ...part!, ...claim, outletKind: 'individual', postId: 'post-c' },
        { ...part!, postId: 'post-d' },
      ],
    }),
  );
  office.posts.all.push(aPost({ id: 'post-c', eventId: 'event-1', text: `刚路过。${CLAIM}` }));
  const lead = await office.signIn(await office.hire('陆柏舟', ['opinionLead']));
  const watcher = await office.signIn(await office.hire('柏小满', ['monitor']));
  const post = async (url: string, payload: object, headers = lead) =>
    await office.app.inject({ method: 'POST', url: `/api/v1/${url}`, headers, payload });
  const read = async (headers = lead) =>
    EventRumorsView.parse(
      (await office.app.inject({ url: '/api/v1/events/event-1/rumors', headers })).json(),
    );
  const step = async (rumorId: string, payload: object) =>
    RumorView.parse((await post(`rumors/${rumorId}/steps`, payload)).json());
  return { ...office, lead, watcher, post, read, step };
}
const EVIDENCE = { step: 'addEvidence', text: '3人死亡', source: '市应急局' };

test('the machine points at a claim and nothing is opened before a person does', async () => {
  const { read, post } = await anOfficeThatHeard();
  const before = await read();
  expect(before.rumors).toEqual([]);
  expect(before.proposed).toMatchObject([
    { claimText: CLAIM, words: '听说', posts: [{ postId: 'post-c', outlet: '' }] },
  ]);
  const payload = { claimText: CLAIM, postIds: ['post-c'] };
  const answer = await post('events/event-1/rumors', payload);
  expect(answer.statusCode).toBe(201);
  const after = await read();
  expect(after.proposed).toEqual([]);
  expect(after.rumors).toMatchObject([
    { claimText: CLAIM, state: 'claimed', stateName: '待核查', opened: { by: '陆柏舟' } },
  ]);
  expect(JSON.stringify(after)).not.toContain('小周');
});

test('verified, found untrue, clarified by a release that names the case', async () => {
  const { post, step, read, app, lead } = await anOfficeThatHeard();
  const opened = RumorView.parse(
    (await post('events/event-1/rumors', { claimText: CLAIM, postIds: ['post-c'] })).json(),
  );
  expect(opened.may).toContain('addEvidence');
  expect((await step(opened.id, EVIDENCE)).stateName).toBe('核查中');
  const judged = await step(opened.id, { step: 'judge', verdict: 'false', reason: '与核对不符' });
  expect(judged.verdicts).toMatchObject([{ verdictName: '不实', reason: '与核对不符' }]);
  expect(judged.may).toContain('clarify');
  const checklist = { facts: '3人死亡', measures: '', result: '核实完毕' };
  const draft = {
    title: '核实情况',
    text: '经核实，3人死亡。',
    releasingUnit: '办公室',
    checklist,
  };
  const answer = await post(`rumors/${opened.id}/clarification`, draft);
  expect(ReleaseView.parse(answer.json())).toMatchObject({
    kind: 'clarification',
    clarifies: { rumorId: opened.id },
  });
  const [rumor] = (await read()).rumors;
  expect(rumor).toMatchObject({ state: 'clarifying', isOpen: true });
  const all = await app.inject({ url: '/api/v1/rumors', headers: lead });
  expect(z.array(RumorView).parse(all.json())).toMatchObject([{ eventTitle: anEvent().title }]);
});

test('who only watches sees it all and is offered nothing', async () => {
  const { post, read, watcher } = await anOfficeThatHeard();
  await post('events/event-1/rumors', { claimText: CLAIM });
  const seen = await read(watcher);
  expect([seen.mayOpen, seen.rumors[0]?.may]).toEqual([false, []]);
  const refused = await post('events/event-1/rumors', { claimText: '另一说法' }, watcher);
  expect([refused.statusCode, refused.json().code]).toEqual([403, 'ROLE_NEEDED']);
});

test('a case on an event that went on under another goes on there, and none is begun on the old one', async () => {
  const { events, post, read, app, lead, step } = await anOfficeThatHeard();
  const opened = RumorView.parse(
    (await post('events/event-1/rumors', { claimText: CLAIM, postIds: ['post-c'] })).json(),
  );
  const old = anEvent();
  await events.create(
    anEvent({
      id: 'event-2',
      kept: [{ eventId: 'event-1' }] as unknown as NonNullable<typeof old.kept>,
    }),
  );
  await events.replace({ ...old, revision: 2, state: 'merged', mergedInto: 'event-2' });
  const url = '/api/v1/events/event-2/rumors';
  const there = EventRumorsView.parse((await app.inject({ url, headers: lead })).json());
  expect(there.rumors.map(({ id }) => id)).toEqual([opened.id]);
  await step(opened.id, EVIDENCE);
  await step(opened.id, { step: 'judge', verdict: 'misleading', reason: '数字被夸大' });
  const checklist = { facts: '3人死亡', measures: '', result: '核实完毕' };
  const draft = {
    title: '核实情况',
    text: '经核实，3人死亡。',
    releasingUnit: '办公室',
    checklist,
  };
  const drafted = await post(`rumors/${opened.id}/clarification`, draft);
  expect(ReleaseView.parse(drafted.json()).eventId).toBe('event-2');
  const refused = await post('events/event-1/rumors', { claimText: '另一说法' });
  expect(refused.statusCode).toBe(409);
  expect((await read()).rumors).toHaveLength(1);
});

test.for([
  ['events/event-9/rumors', { claimText: CLAIM }],
  ['rumors/none/steps', { step: 'start' }],
] as const)('what is not there is not found: %s', async ([url, payload]) => {
  const { post } = await anOfficeThatHeard();
  expect((await post(url, payload)).statusCode).toBe(404);
});
