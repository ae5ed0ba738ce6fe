import { z } from 'zod';
import { expect, test } from 'vitest';
import type { Role } from '#core';
import type { ConferenceView, SourceView } from '#contract';
import { DeskView, EventView, RegisterEntryView, ReleaseView, RelatedEventView } from '#contract';
import {
  aCountdown,
  aLead,
  anAlert,
  anEvent,
  anOffice,
  aNotice,
  aPost,
  aRelease,
  minutesLater,
  START,
} from './support.ts';

async function aMatter(roles: readonly Role[]) {
  const office = await anOffice();
  await office.events.create(anEvent());
  await office.leads.create(aLead());
  await office.posts.saveMany([aPost()]);
  await office.alerts.create(anAlert());
  await office.outbox.create(aNotice());
  await office.countdowns.create(aCountdown());
  const person = await office.hire('刘副市长', roles);
  const headers = await office.signIn(person);
  return {
    ...office,
    person,
    get: (url: string) => office.app.inject({ url: `/api/v1/${url}`, headers }),
    post: (url: string, payload: object = {}) =>
      office.app.inject({ method: 'POST', url: `/api/v1/${url}`, headers, payload }),
    put: (url: string, payload: object) =>
      office.app.inject({ method: 'PUT', url: `/api/v1/${url}`, headers, payload }),
  };
}

test('the desk shows waiting alerts, running limits and how fresh the data are', async () => {
  const { get, sources, deps, hire } = await aMatter(['opinionLead']);
  const zhang = await hire('张三', ['dutyOfficer']);
  await deps.duty.save({ firstId: zhang.id });
  sources.push(
    aSource('ok', '2026-11-23T18:16:00.000Z'),
    aSource('late', '2026-11-23T17:00:00.000Z'),
  );
  sources.push(aSource('disabled', undefined));
  const desk = DeskView.parse((await get('desk')).json());
  expect(desk.now).toBe(START.toISOString());
  expect(desk.alerts).toMatchObject([
    { id: 'alert-1', next: { roles: ['值班员'] }, notices: [{ stateName: '已提交' }] },
  ]);
  expect(desk.events).toMatchObject([{ id: 'event-1', countdowns: [{ name: '5小时发布' }] }]);
  expect(desk.strip).toEqual({
    newestFetchAt: '2026-11-23T18:16:00.000Z',
    sourcesOk: 1,
    sources: 2,
    worstDiscovery: { sourceId: 'source-ok', sourceName: '滨河论坛', ms: 180_000 },
    overBudget: 0,
    postsToday: 1,
    onDuty: ['张三'],
    setAside: 0,
  });
  expect(desk.warnings.map(({ text }) => text)).toContain('值班员 张三 没有可用的联系方式');
});

test('who may confirm the grade does so with a reason and sees the event as it is then', async () => {
  const { get, post, person } = await aMatter(['deputyLeader']);
  expect((await get('events/event-1')).json().may).toEqual(['confirmGrade', 'issueOrders']);
  const answer = await post('events/event-1/grade', { grade: 'L2', reason: '情况属实' });
  expect(answer.statusCode).toBe(200);
  const view = EventView.parse(answer.json());
  expect(view).toMatchObject({ confirmedGrade: 'L2', isConfirmed: true });
  expect(view.timeline).toContainEqual(
    expect.objectContaining({ kind: 'grade', who: person.name, what: '确认橙·重大：情况属实' }),
  );
  expect((await post('events/event-1/grade', { grade: 'L2', reason: '' })).statusCode).toBe(400);
  expect((await post('events/event-1/grade', { grade: 'L9', reason: '情况' })).statusCode).toBe(
    400,
  );
});

test('what a person found out is put on record with its source, and seen by all', async () => {
  const { post, person } = await aMatter(['dutyOfficer']);
  const body = { kind: 'figures', dead: 2, source: '电话询问应急局值班室' };
  const answer = await post('events/event-1/findings', body);
  expect(answer.statusCode).toBe(200);
  expect(EventView.parse(answer.json()).findings).toMatchObject([
    { by: person.name, words: '核实死亡2人（电话询问应急局值班室）' },
  ]);
  for (const wrong of [
    { ...body, source: '' },
    { ...body, dead: -1 },
    { ...body, kind: '其他' },
  ]) {
    expect((await post('events/event-1/findings', wrong)).statusCode).toBe(400);
  }
});

test('who may correct a proposal sends a value with a reason, and nothing without one', async () => {
  const { get, post } = await aMatter(['analyst']);
  expect((await get('events/event-1')).json().may).toEqual([
    'regroup',
    'correctProposal',
    'planConference',
  ]);
  const act = { field: 'topic', value: 'transport', reason: '说的是公交' };
  expect(EventView.parse((await post('events/event-1/corrections', act)).json())).toBeDefined();
  const wrong = [
    { ...act, reason: '' },
    { ...act, field: 'grade' },
  ];
  for (const body of wrong) {
    expect((await post('events/event-1/corrections', body)).statusCode).toBe(400);
  }
  const other = await aMatter(['handler']);
  expect((await other.post('events/event-1/corrections', act)).statusCode).toBe(403);
});

test('no body of any change can move the start of a countdown', async () => {
  const { post, countdowns } = await aMatter(['deputyLeader']);
  const early = { triggeredAt: minutesLater(-600), start: minutesLater(-600) };
  await post('events/event-1/grade', { grade: 'L2', reason: '情况属实', ...early });
  expect(countdowns.all.get('countdown-1')).toEqual(aCountdown());
});

test('an alert is acknowledged on the desk; a second person sees who was first', async () => {
  const { app, post, hire, signIn, person } = await aMatter(['dutyOfficer']);
  expect((await post('alerts/alert-1/acknowledgement')).json()).toMatchObject({
    state: 'acknowledged',
    stateName: '已确认',
    acknowledgedBy: person.name,
  });
  const headers = await signIn(await hire('李四', ['dutyOfficer']));
  const url = '/api/v1/alerts/alert-1/acknowledgement';
  const second = await app.inject({ method: 'POST', url, headers });
  expect([second.statusCode, second.json().acknowledgedBy]).toEqual([200, person.name]);
});

test('how long an alert waited is measured once, in a drill never, and so is the lag of a source', async () => {
  const { app, post, pass, alerts, sources } = await aMatter(['dutyOfficer']);
  await alerts.create(anAlert({ id: 'alert-2', isDrill: true }));
  sources.push(aSource('ok', '2026-11-23T18:16:00.000Z'));
  pass(2);
  for (const id of ['alert-1', 'alert-2', 'alert-1']) {
    await post(`alerts/${id}/acknowledgement`);
    pass(1);
  }
  const { body } = await app.inject({ url: '/metrics' });
  expect(body).toContain('huiying_alert_acknowledge_seconds_sum{grade="L2"} 120\n');
  expect(body).toContain('huiying_alert_acknowledge_seconds_count{grade="L2"} 1\n');
  expect(body).toContain('huiying_source_lag_seconds{source="source-ok"} 420\n');
});

const DRAFT = {
  kind: 'firstRelease',
  title: '关于滨河花园停水情况的通报',
  text: '因主管道爆裂，滨河花园自昨日起停水。',
  releasingUnit: '滨河市水务局',
  checklist: {
    facts: '主管道爆裂',
    measures: '抢修',
    result: '',
    nextUpdateAt: '2026-11-24T02:00:00.000Z',
  },
};

test('a release is drafted, changed, signed; publishing it unreviewed is refused and on record', async () => {
  const { get, post, put, releases, acts } = await aMatter(['handler']);
  const drafted = await post('events/event-1/releases', DRAFT);
  expect(drafted.statusCode).toBe(201);
  expect(ReleaseView.parse(drafted.json())).toMatchObject({ drafter: '刘副市长', mayEdit: true });
  expect(releases.list()[0]?.checklist.nextUpdateAt).toEqual(new Date('2026-11-24T02:00:00Z'));
  expect((await get('events/event-1/releases')).json()).toHaveLength(1);

  const edited = await put('releases/release-1', { ...DRAFT, text: '已恢复供水。' });
  expect(edited.json().text).toBe('已恢复供水。');
  const signature = { step: 'content', verdict: 'agreed', contentDigest: 'digest-text' };
  expect((await post('releases/release-1/signatures', signature)).statusCode).toBe(200);
  expect((await get('releases/release-1')).json().stateName).toBe('待审批');

  const publication = { channel: 'govSite', link: '', contentDigest: 'digest-text' };
  const refused = await post('releases/release-1/publication', publication);
  expect(refused.json()).toMatchObject({ status: 409, code: 'REVIEW_OPEN' });
  expect((await acts())[0]).toMatchObject({
    act: '登记发布',
    target: 'release:release-1',
    detail: '审查尚未完成，不能登记发布',
    result: 'refused',
  });
});

test('a conference that was held is recorded, with what it still lacks', async () => {
  const { get, post } = await aMatter(['spokesperson']);
  expect((await get('events/event-1')).json().may).toEqual(['recordConference', 'planConference']);
  const told = {
    mode: 'onSite',
    heldAt: minutesLater(-30).toISOString(),
    place: '市政府新闻发布厅',
    spokesperson: '周敏',
  };
  expect((await post('events/event-1/conferences', told)).statusCode).toBe(201);
  expect((await get('events/event-1/conferences')).json()).toMatchObject([
    { modeName: '现场', missing: ['缺少文字实录、视频或报道的链接'] },
  ]);
  const unheard = { ...told, spokesperson: '' };
  expect((await post('events/event-1/conferences', unheard)).statusCode).toBe(400);
});

test('a conference is planned, approved by somebody else, announced and held', async () => {
  const { get, post, signIn, hire, app } = await aMatter(['spokesperson']);
  const plan = {
    mode: 'onSite',
    title: '关于停水的新闻发布会',
    plannedAt: minutesLater(60).toISOString(),
    place: '市政府新闻发布厅',
    spokesperson: '周敏',
  };
  const planned = (await post('events/event-1/conference-plans', plan)).json<ConferenceView>();
  expect(planned).toMatchObject({ stateName: '已拟方案', missing: ['还没有举行'] });
  const path = `conferences/${planned.id}/steps`;
  expect((await post(path, { step: 'announce' })).json()).toMatchObject({
    code: 'APPROVAL_NEEDED',
  });
  const deputy = await signIn(await hire('纪文澜', ['deputyLeader']));
  const approve = { step: 'approve', opinion: '同意' };
  const url = `/api/v1/${path}`;
  await app.inject({ method: 'POST', url, headers: deputy, payload: approve });
  expect((await post(path, { step: 'announce' })).json()).toMatchObject({ stateName: '已预告' });
  expect((await get(`conferences/${planned.id}`)).json()).toMatchObject({
    approval: { by: '纪文澜', opinion: '同意' },
    may: ['revise', 'hold', 'cancel'],
  });
  expect((await get('conferences/nothing')).statusCode).toBe(404);
});

test('a link of a publication that is no web address is refused', async () => {
  const { post, releases } = await aMatter(['publisher']);
  await releases.create(aRelease());
  const publication = { channel: 'govSite', link: 'not a link', contentDigest: 'digest-text' };
  expect((await post('releases/release-1/publication', publication)).statusCode).toBe(400);
});

test('the register shows its entries with the six fields', async () => {
  const { get, register } = await aMatter(['inspector']);
  await register.append({
    id: 'entry-1',
    releaseId: 'release-1',
    eventId: 'event-1',
    originalContent: '因主管道爆裂……',
    contentDigest: 'digest-text',
    releasingUnit: '滨河市水务局',
    reviewer: '陈主任',
    publisher: '赵六',
    releasedAt: minutesLater(200),
    channel: 'govSite',
    link: 'https://www.example.invalid/1',
  });
  const [entry] = (await get('register')).json();
  expect(RegisterEntryView.parse(entry)).toMatchObject({
    channelName: '政府网站',
    reviewer: '陈主任',
  });
});

test('posts are found by a word of two characters, individuals without a name', async () => {
  const { get } = await aMatter(['monitor']);
  const found = await get(`posts?words=${encodeURIComponent('停水')}&limit=5`);
  expect(found.json()).toMatchObject([{ id: 'post-1', outlet: '个人', sourceName: '滨河论坛' }]);
  expect((await get('posts?words=x&limit=9999')).statusCode).toBe(400);
});

test('the record of acts is read by its administrator, and says when its chain is broken', async () => {
  const { get, database } = await aMatter(['auditAdmin']);
  const whole = (await get('audit')).json();
  expect(whole.entries).toMatchObject([{ act: '登录', who: '刘副市长', result: 'done' }]);
  expect(whole.brokenAt).toBeUndefined();
  database.exec(
    `DROP TRIGGER audit_noUpdate; UPDATE audit SET body = replace(body, '登录', '退出')`,
  );
  expect((await get('audit')).json().brokenAt).toBe(1);
});

function aSource(health: string, lastOkAt: string | undefined): SourceView {
  return {
    id: `source-${health}`,
    name: '滨河论坛',
    kind: 'forum',
    kindName: '论坛',
    url: 'https://bbs.example.invalid/',
    outlet: '滨河论坛',
    isPolled: true,
    readerKind: 'feed',
    mediaTier: 'M1',
    inputPath: 'publicPage',
    seenAt: '公开页面',
    health,
    healthName: health,
    isVerified: true,
    lastOkAt,
    failuresInARow: 0,
    pollEveryMs: 60_000,
    intervalMs: 60_000,
    discoveryBudgetMs: 7_200_000,
    isOverBudget: false,
    runs: [],
    heartbeat: [],
    problems: [],
    ...(health === 'ok' && { worstDiscoveryMs: 180_000 }),
  };
}

test('an event merged into another shows where it went, and nothing is decided on it any more', async () => {
  const { get, post } = await aMatter(['analyst', 'deputyLeader']);
  const body = { intoId: 'event-1', reason: '系同一事件' };
  expect((await post('events/event-1/merge', { ...body, reason: '' })).statusCode).toBe(400);
  expect((await post('events/event-1/merge', body)).statusCode).toBe(200);
  const view = EventView.parse((await get('events/event-1')).json());
  expect(view).toMatchObject({ state: 'merged', mergedInto: 'event-1', may: [], mayFind: [] });
});

test('earlier events like this one come with the words they share and what was promised then', async () => {
  const { get } = await aMatter(['analyst']);
  const [related] = z.array(RelatedEventView).parse((await get('events/event-1/related')).json());
  expect(related).toMatchObject({ id: 'event-1', words: ['停水'], promises: [] });
  expect((await get('events/none/related')).statusCode).toBe(404);
});

test('the first report by phone is put on record with whom it was told; another role may not', async () => {
  const { post, get, person, hire, signIn, app } = await aMatter(['dutyOfficer']);
  expect((await get('events/event-1')).json().mayRecord).toEqual(['firstReportPhone']);
  const body = {
    kind: 'firstReportPhone',
    doneAt: START.toISOString(),
    receiver: '市政府总值班室',
    what: '报告停水情况',
  };
  expect((await post('events/event-1/duty-acts', body)).statusCode).toBe(201);
  expect((await get('events/event-1/duty-acts')).json()).toMatchObject([
    { kindName: '电话首报', receiver: '市政府总值班室', by: person.name },
  ]);
  expect((await post('events/event-1/duty-acts', { ...body, receiver: '' })).statusCode).toBe(400);
  const headers = await signIn(await hire('王五', ['publisher']));
  const url = '/api/v1/events/event-1/duty-acts';
  const refused = await app.inject({ method: 'POST', url, headers, payload: body });
  expect(refused.statusCode).toBe(403);
});

test('more time is asked for by one and granted by another; the list of limits shows both due times', async () => {
  const { post, get, hire, signIn, app } = await aMatter(['opinionLead']);
  expect((await get('countdowns')).json()).toMatchObject([{ may: ['askForTime'] }]);
  const until = minutesLater(360).toISOString();
  const ask = { until, reason: '现场通信中断，核实需要更多时间' };
  const short = await post('countdowns/countdown-1/adjustments', { ...ask, reason: '来不及' });
  expect(short.statusCode).toBe(400);
  const asked = (await post('countdowns/countdown-1/adjustments', ask)).json();
  const url = `countdowns/countdown-1/adjustments/${asked.adjustments[0].id}`;
  const answer = { isApproved: true, reason: '同意' };
  expect((await post(url, answer)).statusCode).toBe(403);
  const headers = await signIn(await hire('副市长', ['deputyLeader']));
  const granted = await app.inject({
    method: 'POST',
    url: `/api/v1/${url}`,
    headers,
    payload: answer,
  });
  expect(granted.json()).toMatchObject({
    managedDueAt: until,
    statutoryDueAt: minutesLater(300).toISOString(),
    adjustments: [{ answer: { by: '副市长', isApproved: true } }],
  });
});

test('a waiver is the principal’s and is shown as one', async () => {
  const { post, hire, signIn, app } = await aMatter(['deputyLeader']);
  const body = { reason: '事件由上级机关统一发布，本单位不再单独发布' };
  expect((await post('countdowns/countdown-1/waiver', body)).statusCode).toBe(403);
  const headers = await signIn(await hire('市长', ['principal']));
  const url = '/api/v1/countdowns/countdown-1/waiver';
  const waived = await app.inject({ method: 'POST', url, headers, payload: body });
  expect(waived.json()).toMatchObject({ state: 'waived', waiver: { by: '市长' }, may: [] });
});

test('an acknowledgement given by phone is recorded with both names, and may rest until it gets worse', async () => {
  const { post, hire, person } = await aMatter(['dutyOfficer']);
  const other = await hire('夜班', ['dutyOfficer']);
  const taken = await post('alerts/alert-1/acknowledgement', { forPersonId: other.id });
  expect(taken.json()).toMatchObject({ acknowledgedBy: '夜班', acknowledgedThrough: person.name });
  expect((await post('alerts/alert-1/rest')).statusCode).toBe(403);
  const nobody = await post('alerts/alert-1/acknowledgement', { forPersonId: 'nobody' });
  expect(nobody.statusCode).toBe(400);
});
