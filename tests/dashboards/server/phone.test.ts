import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { RETRY_SCRIPT } from '../../../dashboards/server/phone/retry-script.ts';
import { aDrill } from './drill-support.ts';
import { aCountdown, anAlert, anEvent, anOffice, aPost, START, type Office } from './support.ts';

/** An office in the night with one alert, and the token that 张三 got for it. */
async function aNight(change: Parameters<typeof anOffice>[0] = {}) {
  const office = await anOffice(change);
  await office.events.create(anEvent());
  await office.alerts.create(anAlert());
  await office.countdowns.create(aCountdown());
  await office.posts.saveMany([aPost()]);
  const zhang = await office.hire('张三', ['dutyOfficer']);
  return { ...office, zhang, url: `/a/alert-1.${zhang.id}` };
}

/** A page without the one script that it may have. */
const withoutRetry = (body: string): string => {
  expect(body.split(String(RETRY_SCRIPT))).toHaveLength(2);
  return body.replace(String(RETRY_SCRIPT), '');
};

const stored = ({ alerts, events }: Office) =>
  JSON.stringify([...alerts.all.values(), ...events.all.values()]);

describe('before signing in, the page of an alert', () => {
  test('shows grade, title, time left and one button, and nothing more', async () => {
    const { app, url } = await aNight();
    const { body, statusCode, headers } = await app.inject({ url });
    expect(statusCode).toBe(200);
    expect(body).toContain('橙·重大');
    expect(body).toContain('滨河花园停水超过24小时');
    expect(body).toContain('5小时发布 还剩 5小时');
    expect(body).toContain('截至 02:18');
    expect(body).toContain('确认，我来处理');
    for (const hidden of ['1小时内新增86条', '126', '停水一天了没人管', '王五', 'event-1']) {
      expect(body).not.toContain(hidden);
    }
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'content-type': 'text/html; charset=utf-8',
    });
  });

  test('works without JavaScript, asks for no other file and stays under 30 KB', async () => {
    const { app, url } = await aNight();
    const { body, headers } = await app.inject({ url });
    expect(withoutRetry(body)).not.toMatch(/<script|\son\w+=|javascript:/i);
    expect(body).not.toMatch(/<link(?! rel="icon" href="data:)|<img|@import|url\(/);
    expect(Buffer.byteLength(body)).toBeLessThan(30_000);
    expect(body).toContain('<html lang="zh-CN">');
    expect(body).toContain('min-height:56px');
    expect(body).toContain('prefers-color-scheme:dark');
    expect(body).toContain('safe-area-inset-bottom');
    expect(headers['content-security-policy']).toMatch(/^default-src 'none'; style-src 'sha256-/);
    expect(headers['content-security-policy']).not.toContain('unsafe');
  });

  test('has the very style that its policy allows', async () => {
    const { app, url } = await aNight();
    const { body, headers } = await app.inject({ url });
    const style = /<style>([^]*)<\/style>/.exec(body)?.[1] ?? '';
    const digest = createHash('sha256').update(style).digest('base64');
    expect(headers['content-security-policy']).toContain(`style-src 'sha256-${digest}'`);
    expect(body).not.toContain('style=');
  });

  test('has the very script that its policy allows, which says what it waits for and speaks to nobody else', async () => {
    const { app, url } = await aNight();
    const { body, headers } = await app.inject({ url });
    const script = /<script>([^]*)<\/script>/.exec(body)?.[1] ?? '';
    const digest = createHash('sha256').update(script).digest('base64');
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain(`script-src 'sha256-${digest}'`);
    expect(policy).toContain(`connect-src 'self'`);
    expect(script).toContain('未送出，正在重试');
    expect(Buffer.byteLength(script)).toBeLessThan(1_500);
  });

  test('says by how much a limit has passed', async () => {
    const { app, url, pass } = await aNight();
    pass(308);
    const { body } = await app.inject({ url });
    expect(body).toContain('5小时发布 已超时 8分钟');
    expect(body).toContain('截至 07:26');
  });

  test('changes nothing by being opened, however often', async () => {
    const office = await aNight();
    const before = stored(office);
    for (const method of ['GET', 'HEAD', 'GET'] as const) {
      expect((await office.app.inject({ method, url: office.url })).statusCode).toBe(200);
    }
    expect(stored(office)).toBe(before);
  });
});

test('signed in, the page also tells why, how long, who is next, the numbers and the first original', async () => {
  const { app, url, zhang, signIn, pass } = await aNight();
  const headers = await signIn(zhang);
  pass(2);
  const { body } = await app.inject({ url, headers });
  for (const told of [
    '1小时内新增86条，平时3条',
    '已等待 2分钟，02:23 通知王五',
    '126 条',
    '9 个',
    '停水一天了没人管',
    '滨河花园从昨天早上停水到现在',
    'https://bbs.example.invalid/t/1',
  ]) {
    expect(body).toContain(told);
  }
});

describe('the button', () => {
  test('acknowledges in the name of the one who got the message, and a repeat says who and when', async () => {
    const { app, url, zhang, alerts, pass } = await aNight();
    pass(0.6);
    const done = await app.inject({ method: 'POST', url });
    expect(done.body).toContain('已确认 02:18:36');
    expect(done.body).not.toContain('<button');
    expect(alerts.all.get('alert-1')).toMatchObject({
      state: 'acknowledged',
      acknowledgedBy: { personId: zhang.id, name: '张三' },
    });

    pass(5);
    const again = await app.inject({ method: 'POST', url });
    expect(again.statusCode).toBe(200);
    expect(again.body).toContain('已由张三 02:18 确认');
    expect((await app.inject({ url })).body).toContain('已由张三 02:18 确认');
    expect(alerts.all.get('alert-1')?.revision).toBe(2);
  });

  test('comes back for the one who has the alert when a reminder asks, and for nobody else', async () => {
    const { app, url, zhang, hire, alerts, pass } = await aNight();
    const ladder = {
      policyVersion: 'ladder@1',
      grade: 'L2' as const,
      startedAt: START,
      nextStep: 1,
      round: 1,
      phase: 'returning' as const,
      steps: [],
    };
    const acknowledgedBy = { personId: zhang.id, name: '张三' };
    const asked = anAlert({ state: 'acknowledged', acknowledgedAt: START, acknowledgedBy, ladder });
    await alerts.replace({ ...asked, revision: 2 });
    pass(32);
    const li = await hire('李四', ['dutyOfficer']);
    const his = await app.inject({ url: `/a/alert-1.${li.id}` });
    expect(his.body).toContain('已由张三 02:18 确认');
    expect(his.body).not.toContain('<button');
    expect((await app.inject({ url })).body).toContain('我仍在处理');
    const answered = await app.inject({ method: 'POST', url });
    expect(answered.body).toContain('已确认 02:50:00');
    expect(answered.body).not.toContain('<button');
  });

  test('asks an office that is told jointly for its signature, also when somebody has the alert', async () => {
    const { app, url, hire, alerts } = await aNight();
    const office = await hire('宣传部门', ['publicityOffice']);
    const its = `/a/alert-1.${office.id}`;
    const people = [{ personId: office.id, name: '宣传部门', role: 'publicityOffice' as const }];
    await alerts.replace(anAlert({ everyone: { people, round: 1 }, revision: 2 }));
    expect((await app.inject({ url: its })).body).not.toContain('确认，我来处理');
    await app.inject({ method: 'POST', url });
    const { body } = await app.inject({ url: its });
    expect(body).toContain('已由张三 02:18 确认');
    expect(body).toContain('<button id="ack">签收</button>');
    const signed = await app.inject({ method: 'POST', url: its });
    expect(signed.body).toContain('已签收 02:18');
    expect(signed.body).not.toContain('<button');
    expect(alerts.all.get('alert-1')?.acknowledgedBy?.name).toBe('张三');
  });

  test('is what a browser form sends, and a form needs no session', async () => {
    const { app, url, alerts } = await aNight();
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const answer = await app.inject({ method: 'POST', url, headers, payload: '' });
    expect(answer.statusCode).toBe(200);
    expect(alerts.all.get('alert-1')?.state).toBe('acknowledged');
  });

  test('pressed by two at once has one winner, and the other sees who', async () => {
    const { app, url, hire } = await aNight();
    const li = await hire('李四', ['dutyOfficer']);
    const answers = await Promise.all([
      app.inject({ method: 'POST', url }),
      app.inject({ method: 'POST', url: `/a/alert-1.${li.id}` }),
    ]);
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200]);
    const words = answers.map(({ body }) => /<p class="done"[^>]*>([^<]+)/.exec(body)?.[1]);
    expect(words).toHaveLength(2);
    expect(words).toContain('已确认 02:18:00');
    expect(words).toContainEqual(expect.stringMatching(/^已由(张三|李四) 02:18 确认$/));
  });
});

test.for([
  ['expired', 'alert-1.ID.old', 410, '链接已过期'],
  ['forged', 'nonsense', 404, '链接无效'],
  ['of an alert that is gone', 'alert-9.ID', 404, '链接无效'],
  ['of a stranger', 'alert-1.nobody', 404, '链接无效'],
] as const)(
  'a token that is %s gives a clear page and no act',
  async ([, token, status, title]) => {
    const { app, zhang, alerts } = await aNight();
    const url = `/a/${token.replace('ID', zhang.id)}`;
    for (const method of ['GET', 'POST'] as const) {
      const answer = await app.inject({ method, url });
      expect(answer.statusCode).toBe(status);
      expect(answer.body).toContain(title);
      expect(answer.body).not.toContain('滨河花园');
      expect(answer.headers['cache-control']).toBe('no-store');
    }
    expect(alerts.all.get('alert-1')?.state).toBe('fired');
  },
);

test('when something goes wrong the phone shows a page with a number to quote, not code', async () => {
  const { app, url, deps, alerts } = await aNight();
  alerts.findById = () => Promise.reject(new Error('disk /data is gone'));
  const answer = await app.inject({ method: 'POST', url });
  expect(answer.statusCode).toBe(500);
  expect(answer.headers['content-type']).toBe('text/html; charset=utf-8');
  expect(answer.body).toMatch(/<h1>系统出错了[^<]*<\/h1>\s*<p>编号 [0-9a-f]{12}/);
  expect(answer.body).not.toContain('/data');
  expect(await deps.audit.listNewest(5)).toEqual([]);
});

test('the link of somebody who has left the office opens nothing', async () => {
  const { app, url, zhang, deps } = await aNight();
  await deps.people.replace({ ...zhang, isDisabled: true, revision: 2 });
  expect((await app.inject({ method: 'POST', url })).statusCode).toBe(404);
});

test('hostile text is text: no markup of a source or a title comes through', async () => {
  const office = await anOffice();
  const hostile = `<script>alert(1)</script>"><img src=x onerror='a()'>&`;
  await office.events.create(anEvent());
  await office.alerts.create(anAlert({ title: hostile, reason: hostile }));
  await office.posts.saveMany([
    aPost({ title: hostile, text: hostile, url: `javascript:alert('1')`, outlet: hostile }),
  ]);
  const zhang = await office.hire('张三', ['dutyOfficer']);
  const headers = await office.signIn(zhang);
  const { body } = await office.app.inject({ url: `/a/alert-1.${zhang.id}`, headers });
  expect(withoutRetry(body)).not.toMatch(/<script|<img/);
  expect(body).not.toContain('href="javascript');
  expect(body).toContain('&lt;script&gt;alert(1)&lt;/script&gt;&quot;&gt;&lt;img src=x');
});

test('in a drill the page is marked, also the one of a link that does not hold', async () => {
  const { app, alerts, zhang, url } = await aNight({ drill: aDrill() });
  await alerts.replace({ ...anAlert({ isDrill: true }), revision: 2 });
  expect((await app.inject({ url })).body).toContain('<p class="drill">演练</p>');
  const old = await app.inject({ url: `/a/alert-1.${zhang.id}.old` });
  expect(old.body).toContain('<p class="drill">演练</p>');
});

test('outside a drill nothing is marked as one', async () => {
  const { app, url } = await aNight();
  expect((await app.inject({ url })).body).not.toContain('演练');
});
