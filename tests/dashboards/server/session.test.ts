import { describe, expect, test } from 'vitest';
import { createFirstAdministrator } from '#server';
import { anOffice, headersOf, PASSWORD } from './support.ts';

const signInBody = (signInName: string, password = PASSWORD) => ({
  method: 'POST' as const,
  url: '/api/v1/session',
  payload: { signInName, password },
});

test('a person signs in, is known by the cookie, and signs out', async () => {
  const { app, hire } = await anOffice();
  const zhang = await hire('张三', ['dutyOfficer'], { email: 'zhang@example.invalid' });

  const answer = await app.inject(signInBody(zhang.signInName));
  expect(answer.statusCode).toBe(200);
  expect(answer.headers['set-cookie']).toMatch(/HttpOnly; SameSite=Lax$/);
  expect(answer.json()).toMatchObject({
    person: { name: '张三', isReachable: true, roles: [{ role: 'dutyOfficer', name: '值班员' }] },
    isDrill: false,
  });

  const headers = headersOf(answer);
  expect((await app.inject({ url: '/api/v1/me', headers })).statusCode).toBe(200);
  const out = await app.inject({ method: 'DELETE', url: '/api/v1/session', headers });
  expect(out.statusCode).toBe(204);
  expect((await app.inject({ url: '/api/v1/me', headers })).statusCode).toBe(401);
});

test('signing in again gives a new session and ends the old one', async () => {
  const { app, hire, signIn } = await anOffice();
  const zhang = await hire('张三', ['dutyOfficer']);
  const first = await signIn(zhang);
  const again = await app.inject({
    ...signInBody(zhang.signInName),
    headers: { cookie: first.cookie },
  });
  expect(headersOf(again).cookie).not.toBe(first.cookie);
  expect((await app.inject({ url: '/api/v1/me', headers: first })).statusCode).toBe(401);
});

test('the store never holds the secret of the cookie', async () => {
  const { hire, signIn, database } = await anOffice();
  const { cookie } = await signIn(await hire('张三', ['dutyOfficer']));
  const secret = cookie.split('=')[1] ?? '';
  expect(secret.length).toBeGreaterThanOrEqual(43);
  const rows = database.prepare('SELECT * FROM session').all();
  expect(rows).toHaveLength(1);
  expect(JSON.stringify(rows)).not.toContain(secret);
});

test('over https the cookie never travels without it', async () => {
  const { app, hire } = await anOffice({ isHttps: true });
  const zhang = await hire('张三', ['dutyOfficer']);
  const answer = await app.inject(signInBody(zhang.signInName));
  expect(answer.headers['set-cookie']).toContain('; Secure');
  expect(answer.headers['strict-transport-security']).toBeDefined();
});

describe('a wrong password', () => {
  test('is refused in the same words whether or not the account exists, and is on record', async () => {
    const { app, hire, acts } = await anOffice();
    const zhang = await hire('张三', ['dutyOfficer']);
    const wrong = await app.inject(signInBody(zhang.signInName, 'wrong'));
    const nobody = await app.inject(signInBody('nobody', PASSWORD));
    expect(wrong.statusCode).toBe(401);
    expect(nobody.statusCode).toBe(401);
    expect(wrong.json().title).toBe(nobody.json().title);
    expect(await acts()).toMatchObject([
      { actor: { name: '未知账号' }, act: '登录', result: 'refused' },
      { actor: { personId: zhang.id, name: '张三' }, act: '登录', result: 'refused' },
    ]);
  });

  test('locks the account after five tries for 15 minutes, the right one included', async () => {
    const { app, hire, pass } = await anOffice();
    const zhang = await hire('张三', ['dutyOfficer']);
    for (let tries = 1; tries <= 5; tries += 1) {
      const answer = await app.inject(signInBody(zhang.signInName, 'wrong'));
      expect(answer.json().code).toBe('SIGN_IN_FAILED');
    }
    const locked = await app.inject(signInBody(zhang.signInName));
    expect(locked.json()).toMatchObject({
      code: 'SIGN_IN_LOCKED',
      title: '连续输错次数过多，账号锁定至 02:33',
    });
    pass(14);
    expect((await app.inject(signInBody(zhang.signInName))).statusCode).toBe(401);
    // Trying while locked does not make the lock longer.
    pass(1);
    expect((await app.inject(signInBody(zhang.signInName))).statusCode).toBe(200);
  });

  test('is not hammered: more tries a minute than the limit are turned away', async () => {
    const { app } = await anOffice({ limits: { signInsPerMinute: 2 } });
    await app.inject(signInBody('a', 'wrong'));
    await app.inject(signInBody('b', 'wrong'));
    const answer = await app.inject(signInBody('c', 'wrong'));
    expect(answer.statusCode).toBe(429);
    expect(answer.json()).toMatchObject({ code: 'TOO_MANY_REQUESTS', status: 429 });
    expect(answer.headers['content-type']).toContain('application/problem+json');
  });
});

test('a disabled account neither signs in nor keeps its session', async () => {
  const { app, hire, signIn, deps } = await anOffice();
  const zhang = await hire('张三', ['dutyOfficer']);
  const headers = await signIn(zhang);
  await deps.people.replace({ ...zhang, isDisabled: true, revision: 2 });
  expect((await app.inject({ url: '/api/v1/me', headers })).statusCode).toBe(401);
  expect((await app.inject(signInBody(zhang.signInName))).statusCode).toBe(401);
});

describe('a session', () => {
  const change = (headers: Record<string, string>) => ({
    method: 'POST' as const,
    url: '/api/v1/alerts/alert-1/acknowledgement',
    headers,
  });

  test('left alone for 15 minutes still reads, changes nothing, and can be ended', async () => {
    const { app, hire, signIn, pass } = await anOffice();
    const headers = await signIn(await hire('张三', ['dutyOfficer']));
    pass(15);
    expect((await app.inject({ url: '/api/v1/desk', headers })).statusCode).toBe(200);
    const refused = await app.inject(change(headers));
    expect(refused.statusCode).toBe(401);
    expect(refused.json().code).toBe('SESSION_IDLE');
    const out = await app.inject({ method: 'DELETE', url: '/api/v1/session', headers });
    expect(out.statusCode).toBe(204);
  });

  test('stays alive by use, and not by a screen that refreshes by itself', async () => {
    const { app, hire, signIn, pass } = await anOffice();
    const headers = await signIn(await hire('张三', ['dutyOfficer']));
    pass(10);
    await app.inject({ url: '/api/v1/desk', headers });
    pass(10);
    expect((await app.inject(change(headers))).json().code).toBe('NOT_FOUND');
    pass(10);
    await app.inject({ url: '/api/v1/desk', headers: { ...headers, 'x-background': '1' } });
    pass(10);
    expect((await app.inject(change(headers))).json().code).toBe('SESSION_IDLE');
  });

  test('ends after 12 hours however much it is used', async () => {
    const { app, hire, signIn, pass } = await anOffice();
    const headers = await signIn(await hire('张三', ['dutyOfficer']));
    for (let hours = 0; hours < 11; hours += 1) {
      pass(60);
      await app.inject({ url: '/api/v1/desk', headers });
    }
    expect((await app.inject({ url: '/api/v1/me', headers })).statusCode).toBe(200);
    pass(60);
    expect((await app.inject({ url: '/api/v1/me', headers })).statusCode).toBe(401);
  });
});

test('a change without the page token, or with that of another, is refused and on record', async () => {
  const { app, hire, signIn, acts } = await anOffice();
  const zhang = await signIn(await hire('张三', ['dutyOfficer']));
  const li = await signIn(await hire('李四', ['dutyOfficer']));
  const url = '/api/v1/alerts/alert-1/acknowledgement';
  for (const headers of [
    { cookie: zhang.cookie },
    { cookie: zhang.cookie, 'x-csrf-token': li['x-csrf-token'] },
  ]) {
    const answer = await app.inject({ method: 'POST', url, headers });
    expect(answer.statusCode).toBe(403);
    expect(answer.json().code).toBe('CSRF');
  }
  const refused = (await acts()).filter(({ result }) => result === 'refused');
  expect(refused).toHaveLength(2);
  expect(refused[0]).toMatchObject({ act: '确认预警', target: 'alert:alert-1' });
});

describe('the first administrator', () => {
  test('gets a one-time password and must choose another before anything else', async () => {
    const { app, deps, signIn } = await anOffice();
    const first = await createFirstAdministrator(deps.people, deps.now);
    if (!first) throw new Error('there were people already');
    expect(first.person.roles).toEqual(['sysAdmin']);
    const headers = await signIn(first.person, first.oneTimePassword);

    const desk = await app.inject({ url: '/api/v1/desk', headers });
    expect(desk.json()).toMatchObject({ status: 403, code: 'MUST_CHANGE_PASSWORD' });
    const me = await app.inject({ url: '/api/v1/me', headers });
    expect(me.json().mustChangePassword).toBe(true);

    const changed = await app.inject({
      method: 'POST',
      url: '/api/v1/password',
      headers,
      payload: { oldPassword: first.oneTimePassword, newPassword: 'yu-mi-di-li-de-feng' },
    });
    expect(changed.statusCode).toBe(200);
    expect(changed.json().mustChangePassword).toBe(false);
    expect((await app.inject({ url: '/api/v1/me', headers })).statusCode).toBe(401);
    const renewed = headersOf(changed);
    expect((await app.inject({ url: '/api/v1/desk', headers: renewed })).statusCode).toBe(200);
  });

  test('is made once only', async () => {
    const { deps } = await anOffice();
    await createFirstAdministrator(deps.people, deps.now);
    expect(await createFirstAdministrator(deps.people, deps.now)).toBeUndefined();
  });
});

test.for([
  [
    'the old password is wrong',
    { oldPassword: 'wrong', newPassword: 'yu-mi-di-li-de-feng' },
    'oldPassword',
  ],
  ['the new one is too short', { oldPassword: PASSWORD, newPassword: 'short' }, 'newPassword'],
  ['the new one is common', { oldPassword: PASSWORD, newPassword: 'Password12345' }, 'newPassword'],
  ['the new one is the old one', { oldPassword: PASSWORD, newPassword: PASSWORD }, 'newPassword'],
] as const)('a password stays when %s', async ([, payload, path]) => {
  const { app, hire, signIn } = await anOffice();
  const zhang = await hire('张三', ['dutyOfficer']);
  const headers = await signIn(zhang);
  const answer = await app.inject({ method: 'POST', url: '/api/v1/password', headers, payload });
  expect(answer.statusCode).toBe(400);
  expect(answer.json().fields).toMatchObject([{ path }]);
  await signIn(zhang);
});
