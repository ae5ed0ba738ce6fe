import { describe, expect, test } from 'vitest';
import type { Role } from '#core';
import { anAlert, anEvent, anOffice, type Office } from './support.ts';

const PERSON_BODY = { name: '王五', signInName: 'wang.wu', roles: ['dutyOfficer'] };
type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** Every address that changes something of the office, with a body that its schema takes. */
const CHANGES: readonly (readonly [Method, string, object])[] = [
  ['POST', '/api/v1/events/event-1/grade', { grade: 'L2', reason: '情况属实' }],
  ['POST', '/api/v1/events/event-1/lowering', { isApproved: true, reason: '情况属实' }],
  ['POST', '/api/v1/alerts/alert-1/acknowledgement', {}],
  ['POST', '/api/v1/people', PERSON_BODY],
  ['PUT', '/api/v1/people/person-x', PERSON_BODY],
  ['POST', '/api/v1/people/person-x/password-reset', {}],
  ['PUT', '/api/v1/duty', {}],
  ['POST', '/api/v1/channels/email/test', {}],
];

async function officeWith(roles: readonly Role[]) {
  const office = await anOffice();
  await office.events.create(anEvent());
  await office.alerts.create(anAlert());
  const person = await office.hire('张三', roles);
  return { ...office, person, headers: await office.signIn(person) };
}

const ask = (app: Office['app'], [method, url, payload]: (typeof CHANGES)[number], headers = {}) =>
  app.inject({ method, url, headers, payload });

test('nobody who is signed out reads or changes anything of the office', async () => {
  const { app } = await anOffice();
  const paths = Object.entries(app.swagger().paths ?? {}).flatMap(([path, item]) =>
    Object.keys(item ?? {}).map((method) => [method.toUpperCase() as Method, path] as const),
  );
  const guarded = paths.filter(([method, path]) => {
    const isSignIn = method === 'POST' && path === '/api/v1/session';
    // A sender signs each message; tests/dashboards/server/intake.test.ts holds it to that.
    const isPush = path.startsWith('/api/v1/push/');
    // So does a gateway, or it brings its secret; tests/config/channels.test.ts holds it to that.
    const isReply = /^\/api\/v1\/sms-(?:replies|receipts)\//.test(path);
    return path.startsWith('/api/v1/') && !isSignIn && !isPush && !isReply;
  });
  expect(guarded.length).toBeGreaterThan(25);
  for (const [method, path] of guarded) {
    const answer = await app.inject({ method, url: path.replaceAll(/\{\w+\}/g, 'x') });
    expect([method, path, answer.statusCode]).toEqual([method, path, 401]);
  }
});

test('an inspector reads everything, the record of acts too, and changes nothing', async () => {
  const { app, headers } = await officeWith(['inspector']);
  for (const url of ['desk', 'events/event-1', 'alerts/alert-1', 'register', 'people', 'audit']) {
    expect((await app.inject({ url: `/api/v1/${url}`, headers })).statusCode).toBe(200);
  }
  for (const change of CHANGES) {
    const answer = await ask(app, change, headers);
    expect([change[1], answer.json().code]).toEqual([change[1], 'READ_ONLY']);
  }
});

test('a system administrator keeps accounts and handles no matter', async () => {
  const { app, headers, acts } = await officeWith(['sysAdmin']);
  const answer = await ask(app, CHANGES[2]!, headers);
  expect(answer.json()).toMatchObject({ status: 403, code: 'ADMIN_ONLY' });
  expect(await acts()).toContainEqual(
    expect.objectContaining({ act: '确认预警', target: 'alert:alert-1', result: 'refused' }),
  );
});

test('only a system administrator keeps accounts and the duty, only the audit reads the record', async () => {
  const { app, headers } = await officeWith(['opinionLead']);
  for (const change of CHANGES.slice(3)) {
    expect((await ask(app, change, headers)).json()).toMatchObject({
      status: 403,
      code: 'ROLE_NEEDED',
      title: '需要系统管理员权限',
    });
  }
  expect((await app.inject({ url: '/api/v1/audit', headers })).statusCode).toBe(403);
});

test('the refusal of a stage reaches the person in its own words and stays on record', async () => {
  const { app, headers, acts, events } = await officeWith(['dutyOfficer']);
  const answer = await ask(app, CHANGES[0]!, headers);
  expect(answer.statusCode).toBe(403);
  expect(answer.json()).toMatchObject({ code: 'GRADE_ROLE', title: '重大等级由分管领导确认' });
  expect(events.all.get('event-1')?.confirmedGrade).toBeUndefined();
  expect((await acts())[0]).toMatchObject({
    act: '确认或调整等级',
    target: 'event:event-1',
    eventId: 'event-1',
    detail: '重大等级由分管领导确认',
    result: 'refused',
  });
});

describe('a failure', () => {
  test('of a field is named with its path and reason in Chinese', async () => {
    const { app, headers } = await officeWith(['sysAdmin']);
    const payload = { name: '', signInName: 'A B', roles: [] };
    const answer = await ask(app, ['POST', '/api/v1/people', payload], headers);
    expect(answer.statusCode).toBe(400);
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(answer.json()).toMatchObject({
      type: 'urn:huiying:problem:INVALID',
      code: 'INVALID',
      title: '填写有误',
      fields: [
        { path: 'name', reason: '必须填写' },
        { path: 'signInName', reason: '登录名：2–40 位小写字母、数字、. _ -' },
        { path: 'roles', reason: '至少一个角色' },
      ],
    });
    expect(answer.json().trace).toMatch(/^[0-9a-f]{12}$/);
  });

  test.for([
    ['broken JSON', { payload: '{"signInName":', type: 'application/json' }, 400, 'BAD_REQUEST'],
    ['another type', { payload: 'a=b', type: 'application/xml' }, 415, 'MEDIA_TYPE'],
    [
      'a huge body',
      { payload: `"${'长'.repeat(100_000)}"`, type: 'application/json' },
      413,
      'TOO_LARGE',
    ],
  ] as const)('of HTTP (%s) is a problem too', async ([, sent, status, code]) => {
    const { app } = await anOffice();
    const answer = await app.inject({
      method: 'POST',
      url: '/api/v1/session',
      headers: { 'content-type': sent.type },
      payload: sent.payload,
    });
    expect(answer.json()).toMatchObject({ status, code });
  });

  test('that nobody foresaw tells nothing of the inside', async () => {
    const { app, hire, signIn } = await anOffice({
      setAside: {
        count: async () => {
          throw new Error('SELECT secret FROM /data/store.db');
        },
      },
    });
    const headers = await signIn(await hire('张三', ['dutyOfficer']));
    const answer = await app.inject({ url: '/api/v1/desk', headers });
    expect(answer.json()).toMatchObject({ status: 500, code: 'INTERNAL' });
    expect(answer.body).not.toContain('secret');
  });

  test('to find is a problem under /api and says what is missing', async () => {
    const { app, headers } = await officeWith(['dutyOfficer']);
    const none = await app.inject({ url: '/api/v1/events/no-such', headers });
    expect(none.json()).toMatchObject({ status: 404, title: '没有找到舆情事件 no-such' });
    const nowhere = await app.inject({ url: '/api/v1/nowhere', headers });
    expect(nowhere.json()).toMatchObject({ status: 404, code: 'NOT_FOUND' });
  });
});
