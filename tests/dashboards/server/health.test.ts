import { expect, test } from 'vitest';
import { anOffice } from './support.ts';

test('readiness names each failing part and answers 503 while one fails', async () => {
  const { app, readiness, hire, deps } = await anOffice();
  readiness.push({ name: '数据文件', isOk: true, detail: '' });
  const nobody = await app.inject({ url: '/readyz' });
  expect([nobody.statusCode, nobody.json().failing]).toEqual([503, ['值班']]);

  const zhang = await hire('张三', ['dutyOfficer'], { email: 'z@example.invalid' });
  await deps.duty.save({ firstId: zhang.id });
  const good = await app.inject({ url: '/readyz' });
  expect([good.statusCode, good.json().isReady, good.json().failing]).toEqual([200, true, []]);

  readiness.push({ name: '邮件', isOk: false, detail: '连接被拒绝' });
  const bad = await app.inject({ url: '/readyz' });
  expect(bad.statusCode).toBe(503);
  expect(bad.json()).toMatchObject({
    isReady: false,
    failing: ['邮件'],
    parts: [
      { name: '数据文件', isOk: true },
      { name: '邮件', isOk: false, detail: '连接被拒绝' },
      { name: '值班', isOk: true },
    ],
  });
});

test('the process is alive though nothing is ready and the store is gone', async () => {
  const { app, database } = await anOffice({
    readiness: async () => [{ name: '数据文件', isOk: false, detail: '' }],
  });
  database.exec('DROP TABLE session; DROP TABLE person');
  const headers = { cookie: 'huiying_session=x' };
  expect((await app.inject({ url: '/livez', headers })).statusCode).toBe(200);
  const ready = await app.inject({ url: '/readyz', headers });
  expect([ready.statusCode, ready.json().failing]).toEqual([503, ['数据文件', '值班']]);
});

test('those who watch are never turned away for asking often', async () => {
  const { app, hire, deps } = await anOffice({ limits: { requestsPerMinute: 2 } });
  const zhang = await hire('张三', ['dutyOfficer'], { email: 'z@example.invalid' });
  await deps.duty.save({ firstId: zhang.id });
  for (let n = 0; n < 5; n += 1) {
    for (const url of ['/livez', '/readyz', '/metrics']) {
      expect((await app.inject({ url })).statusCode).toBe(200);
    }
  }
  const asked = [];
  for (let n = 0; n < 3; n += 1) {
    asked.push((await app.inject({ url: '/api/openapi.json' })).statusCode);
  }
  expect(asked).toEqual([200, 200, 429]);
});

test('colleagues behind one address do not use up each other’s requests', async () => {
  const { app, hire, signIn } = await anOffice({ limits: { requestsPerMinute: 3 } });
  for (const name of ['张三', '李四']) {
    const headers = await signIn(await hire(name, ['dutyOfficer']));
    const asked = [];
    for (let n = 0; n < 4; n += 1) {
      asked.push((await app.inject({ url: '/api/v1/me', headers })).statusCode);
    }
    expect(asked).toEqual([200, 200, 200, 429]);
  }
});

test('the figures name routes, never addresses with their ids and tokens', async () => {
  const { app } = await anOffice();
  await app.inject({ url: '/a/secret-token' });
  const { body, headers } = await app.inject({ url: '/metrics' });
  expect(headers['content-type']).toContain('text/plain');
  expect(body).toMatch(/huiying_http_request_seconds_count\{method="GET",route="\/a\/:token"/);
  expect(body).toMatch(/^huiying_sse_clients 0$/m);
  expect(body).not.toContain('secret-token');
});
