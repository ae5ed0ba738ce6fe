import { beforeEach, describe, expect, test } from 'vitest';
import type { Person } from '#core';
import type { OrdersView, ReportMattersView, ReportRow } from '#contract';
import {
  aDailyReport,
  readRealToken,
  relay,
  sendAtDesk,
  signRealToken,
  tap,
} from './report-support.ts';
import { anEvent, anOffice, minutesLater, type Office, type SignedInHeaders } from './support.ts';

const HOUR = 60;

/** An office whose daily report was sent to two leaders, each with a link from their mail. */
async function aSentReport() {
  const office = await anOffice();
  Object.assign(office.deps.rules, {
    readToken: (token: string) => readRealToken(token, office.deps.now()),
  });
  await office.events.create(anEvent());
  await office.events.create(anEvent({ id: 'event-2', title: '某小学门口道路积水' }));
  const reviewer = await office.hire('顾明远', ['dutyOfficer'], { email: 'gu@linjiang.invalid' });
  const signer = await office.hire('陆柏舟', ['opinionLead'], { email: 'lu@linjiang.invalid' });
  const deputy = await office.hire('纪文澜', ['deputyLeader'], { email: 'ji@linjiang.invalid' });
  const principal = await office.hire('方景亭', ['principal'], { email: 'fang@linjiang.invalid' });
  const water = { unit: '市水务局', email: 'water@linjiang.invalid' };
  const handler = await office.hire('骆书桥', ['handler'], water);
  const report = aDailyReport();
  await office.reports.store.create(report);
  await sendAtDesk(office, report, { reviewer, signer });
  const mails = await relay(office, office.reports.store);
  const linkOf = ({ id }: Person): string => {
    const mail = mails.find(({ receiver }) => receiver.personId === id);
    const own = /http:\/\/huiying\.test(\/r\/\S+)/.exec(mail?.text ?? '')?.[1];
    if (!own) throw new Error('the mail carries no link');
    return own;
  };
  const stored = async () => {
    const found = await office.reports.store.findById(report.id);
    if (!found) throw new Error('the report is gone');
    return found;
  };
  return {
    ...office,
    report,
    mails,
    stored,
    reviewer,
    signer,
    deputy,
    principal,
    handler,
    deputyUrl: linkOf(deputy),
    principalUrl: linkOf(principal),
  };
}
type Sent = Awaited<ReturnType<typeof aSentReport>>;

const atDesk = async (
  { app }: Pick<Office, 'app'>,
  headers: SignedInHeaders,
  path: string,
  payload: object = {},
) => await app.inject({ method: 'POST', url: `/api/v1/reports/${path}`, headers, payload });

const ordersOf = async ({ app }: Sent, headers: SignedInHeaders): Promise<OrdersView['orders']> =>
  (await app.inject({ url: '/api/v1/orders', headers })).json<OrdersView>().orders;

const rowOf = async ({ app, report }: Sent, headers: SignedInHeaders): Promise<ReportRow> => {
  const rows = (await app.inject({ url: '/api/v1/reports', headers })).json<ReportRow[]>();
  const row = rows.find(({ id }) => id === report.id);
  if (!row) throw new Error('the report is not listed');
  return row;
};

const ON_WATER = {
  act: 'instruct',
  phrase: 'verify',
  text: '',
  matter: 'event-1',
  unit: '市水务局',
  due: 'tomorrow',
} as const;

let sent: Sent;
beforeEach(async () => {
  sent = await aSentReport();
});

describe('the reading page', () => {
  test('shows the whole report to whom it was sent, with its stamp, contents and three sizes of text', async () => {
    const { app, deputyUrl } = sent;
    const { body, statusCode } = await app.inject({ url: deputyUrl });
    expect(statusCode).toBe(200);
    expect(body).toContain('江北区多小区停水超过24小时');
    expect(body).toContain('截至3月2日17:00');
    expect(body).toContain('已阅 0/2');
    const places = [...body.matchAll(/href="#(section-\d+)"/g)].map(([, id]) => id);
    expect(places.length).toBeGreaterThan(5);
    for (const id of places) expect(body).toContain(`id="${id}"`);
    expect((await app.inject({ url: `${deputyUrl}?text=huge` })).body).toContain('class="huge"');
    expect((await app.inject({ url: `${deputyUrl}?text=%22%3E` })).body).toContain(
      '<body class="">',
    );
  });

  test('tells a preview of the link, a search engine and the next page nothing', async () => {
    const { app, deputyUrl } = sent;
    const { body, headers } = await app.inject({ url: deputyUrl });
    const head = body.slice(0, body.indexOf('</head>')).replace(/<(style|script)>[^]*?<\/\1>/g, '');
    expect(head).toContain('<title>内部资料</title>');
    expect(head).not.toMatch(/日报|停水|2026|临江/);
    expect(headers).toMatchObject({
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex, nofollow, noarchive, nosnippet',
      'cache-control': 'no-store',
    });
    expect(headers['content-security-policy']).not.toContain('unsafe');
    expect(body.replace(/<script>[^]*?<\/script>/, '')).not.toMatch(/<script|\son\w+=|style=/i);
  });

  test('looking, as a scanner of mail does, changes nothing', async () => {
    const { app, deputyUrl, stored } = sent;
    const before = await stored();
    for (const method of ['GET', 'HEAD', 'OPTIONS'] as const) {
      await app.inject({ method, url: deputyUrl });
    }
    await app.inject({ url: `${deputyUrl}?act=receive` });
    expect(await stored()).toEqual(before);
  });

  test('opens for nobody by a forged, cut, foreign or expired token', async () => {
    const { app, deputyUrl, deputy, handler, pass, report, stored } = sent;
    const before = await stored();
    const claim = { alertId: `${report.id}~1`, personId: handler.id, expiresAt: minutesLater(600) };
    const forged = deputyUrl.replace(deputy.id, handler.id);
    for (const url of [
      forged,
      deputyUrl.slice(0, -3),
      `/r/${signRealToken(claim)}`,
      `/r/${signRealToken({ ...claim, personId: deputy.id, alertId: report.id })}`,
      '/r/x',
    ]) {
      const looked = await app.inject({ url });
      expect([url, looked.statusCode]).toEqual([url, 404]);
      expect(looked.body).not.toContain('停水');
      expect((await tap(sent, url, { act: 'receive' })).statusCode).toBe(404);
    }
    pass(31 * 24 * HOUR);
    expect((await tap(sent, deputyUrl, { act: 'receive' })).statusCode).toBe(410);
    expect((await app.inject({ url: deputyUrl })).body).toContain('链接已过期');
    expect(await stored()).toEqual(before);
  });

  test('the link of one leader is not that of another, and a person who left has none', async () => {
    const { deputyUrl, principalUrl, deputy, deps, stored } = sent;
    expect(deputyUrl).not.toBe(principalUrl);
    const person = await deps.people.findById(deputy.id);
    await deps.people.replace({ ...person!, isDisabled: true, revision: person!.revision + 1 });
    expect((await tap(sent, deputyUrl, { act: 'receive' })).statusCode).toBe(404);
    expect((await stored()).readers.every(({ readAt }) => !readAt)).toBe(true);
  });
});

describe('已阅', () => {
  test('is one tap, kept once, and shown with who and when; when all have read it the report is 已阅', async () => {
    const { deputyUrl, principalUrl, pass, signIn, signer, reports, acts } = sent;
    const answer = await tap(sent, deputyUrl, { act: 'receive' });
    expect(answer.body).toContain('已阅 1/2');
    expect(answer.body).toContain('您 11-24 02:18 已阅');
    pass(5);
    await Promise.all([1, 2, 3].map(async () => await tap(sent, deputyUrl, { act: 'receive' })));
    const headers = await signIn(signer);
    const row = await rowOf(sent, headers);
    expect(row).toMatchObject({ state: 'sent' });
    expect(row.readers.map(({ name, readAt }) => [name, readAt])).toEqual([
      ['方景亭', undefined],
      ['纪文澜', '2026-11-23T18:18:00.000Z'],
    ]);
    await tap(sent, principalUrl, { act: 'receive' });
    expect(await rowOf(sent, headers)).toMatchObject({ state: 'receipted', stateName: '已阅' });
    expect((await sent.stored()).history.filter(({ what }) => what === '已阅')).toHaveLength(2);
    await relay(sent, reports.store);
    const noted = (await acts()).filter(({ act }) => act === '已阅');
    expect(noted.map(({ actor, target }) => `${actor.name} ${target}`).toSorted()).toEqual([
      '方景亭 report:daily-2026-1-0',
      '纪文澜 report:daily-2026-1-0',
    ]);
  });

  test('silence is urged once, by another message with the same link, and never again', async () => {
    const { reports, pass, deputyUrl, stored } = sent;
    await tap(sent, deputyUrl, { act: 'receive' });
    expect(await reports.urgeDue()).toBe(0);
    pass(16 * HOUR + 1);
    expect(await reports.urgeDue()).toBe(1);
    const urged = await relay(sent, reports.store);
    expect(urged.map(({ receiver, subject }) => [receiver.name, subject])).toEqual([
      ['方景亭', '【报告待阅】舆情日报〔2026〕第12期'],
    ]);
    expect(urged[0]?.text).toMatch(/http:\/\/huiying\.test\/r\/\S+/);
    expect(urged[0]?.text).not.toContain('停水');
    for (const hours of [1, 24, 24 * 7]) {
      pass(hours * HOUR);
      expect(await reports.urgeDue()).toBe(0);
    }
    expect((await stored()).history.at(-1)?.what).toBe('报送后16小时没有点“已阅”，催阅方景亭');
  });
});

describe('a link that was taken back', () => {
  test('opens nothing, is not urged, and stands with who took it back and why', async () => {
    const { app, deputyUrl, deputy, principalUrl, signIn, signer, reports, pass, acts } = sent;
    const headers = await signIn(signer);
    const path = `${sent.report.id}/readers/${deputy.id}`;
    const done = await atDesk(sent, headers, `${path}/revoke`, { reason: '手机丢失' });
    expect(done.statusCode).toBe(200);
    const closed = await app.inject({ url: deputyUrl });
    expect(closed.statusCode).toBe(410);
    expect(closed.body).toContain('阅读链接已由办公室收回');
    expect(closed.body).not.toContain('停水');
    expect((await tap(sent, deputyUrl, { ...ON_WATER })).statusCode).toBe(410);
    expect((await sent.stored()).instructions).toEqual([]);
    const reader = done.json<ReportRow>().readers.find(({ name }) => name === '纪文澜');
    expect(reader?.revoked).toMatchObject({ by: '陆柏舟', reason: '手机丢失' });
    // Nobody waits for who cannot read it any more.
    await tap(sent, principalUrl, { act: 'receive' });
    expect(await rowOf(sent, headers)).toMatchObject({ state: 'receipted' });
    pass(17 * HOUR);
    expect(await reports.urgeDue()).toBe(0);
    await relay(sent, reports.store);
    expect((await acts()).map(({ actor, act }) => [actor.name, act])).toContainEqual([
      '陆柏舟',
      '收回纪文澜的阅读链接：手机丢失',
    ]);
  });

  test('is replaced by a new one in a new mail; the old one stays dead', async () => {
    const { app, deputyUrl, deputy, signIn, signer, reports } = sent;
    const headers = await signIn(signer);
    const path = `${sent.report.id}/readers/${deputy.id}`;
    await atDesk(sent, headers, `${path}/revoke`, { reason: '手机丢失' });
    expect((await atDesk(sent, headers, `${path}/link`)).statusCode).toBe(200);
    const [mail] = await relay(sent, reports.store);
    const fresh = /http:\/\/huiying\.test(\/r\/\S+)/.exec(mail?.text ?? '')?.[1] ?? '';
    expect((await app.inject({ url: fresh })).statusCode).toBe(200);
    const old = await app.inject({ url: deputyUrl });
    expect([old.statusCode, old.body.includes('已换成新的')]).toEqual([410, true]);
  });

  test('sent again to who had not read, the report waits for them again and urges them once', async () => {
    const { deputy, principalUrl, signIn, signer, reports, pass } = sent;
    const headers = await signIn(signer);
    const path = `${sent.report.id}/readers/${deputy.id}`;
    await atDesk(sent, headers, `${path}/revoke`, { reason: '手机丢失' });
    await tap(sent, principalUrl, { act: 'receive' });
    expect(await rowOf(sent, headers)).toMatchObject({ state: 'receipted' });
    await atDesk(sent, headers, `${path}/link`);
    expect(await rowOf(sent, headers)).toMatchObject({ state: 'sent' });
    await relay(sent, reports.store);
    for (const expected of [['纪文澜'], []]) {
      pass(17 * HOUR);
      await reports.urgeDue();
      const told = await relay(sent, reports.store);
      expect(told.map(({ receiver }) => receiver.name)).toEqual(expected);
    }
  });

  test('is taken back by the office only', async () => {
    const { deputy, handler, signIn } = sent;
    const path = `${sent.report.id}/readers/${deputy.id}/revoke`;
    const refused = await atDesk(sent, await signIn(handler), path, { reason: '手机丢失' });
    expect([refused.statusCode, refused.body.includes('收回阅读链接须为')]).toEqual([403, true]);
  });
});

describe('批示', () => {
  test('becomes an order of the unit with its due time, on the event, at the unit and on the report', async () => {
    const { app, deputyUrl, signIn, handler, signer, reports, orders } = sent;
    const answer = await tap(sent, deputyUrl, { ...ON_WATER, text: '明天上午专题汇报。' });
    expect(answer.statusCode).toBe(200);
    expect(answer.body).toContain('批示已下达');
    expect(answer.body).toContain('已交市水务局办理“滨河花园停水超过24小时”');
    const told = await relay(sent, reports.store);
    expect(told).toEqual([]);
    const headers = await signIn(handler);
    const [order, ...others] = await ordersOf(sent, headers);
    expect(others).toEqual([]);
    expect(order).toMatchObject({
      eventId: 'event-1',
      leadUnit: '市水务局',
      trackName: '事实处置',
      task: '纪文澜批示：请核实情况，依法依规处理，并报结果。明天上午专题汇报。',
      dueAt: '2026-11-25T04:00:00.000Z',
      isMine: true,
      may: ['accept', 'return'],
      instructed: { leader: '纪文澜', reportName: '舆情日报〔2026〕第12期' },
    });
    const ofEvent = await app.inject({ url: '/api/v1/events/event-1/orders', headers });
    expect(ofEvent.json<OrdersView>().orders.map(({ id }) => id)).toEqual([order?.id]);
    // Its own countdowns begin and the unit is told, as with any other order.
    const kept = await orders.findById(order!.id);
    expect(kept?.effects.map(({ topic }) => topic).toSorted()).toEqual([
      'acts',
      'audit',
      'notices',
    ]);
    expect(kept?.history[0]?.what).toBe(
      '据纪文澜在《舆情日报〔2026〕第12期》上的批示交办事实处置：市水务局',
    );
    const row = await rowOf(sent, await signIn(signer));
    expect(row).toMatchObject({ state: 'instructed', stateName: '已批示' });
    expect(row.instructions[0]).toMatchObject({ leader: '纪文澜', orderId: order?.id });
    // Who instructs has read it.
    expect(row.readers.find(({ name }) => name === '纪文澜')?.readAt).toBe(
      '2026-11-23T18:18:00.000Z',
    );
  });

  test('tapped twice, also at once, is one instruction and one order', async () => {
    const { deputyUrl, signIn, handler, reports, pass, stored } = sent;
    const hours = { ...ON_WATER, due: 'hours2' };
    const answers = await Promise.all([1, 2, 3].map(async () => await tap(sent, deputyUrl, hours)));
    pass(1);
    answers.push(await tap(sent, deputyUrl, hours));
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200, 200]);
    await relay(sent, reports.store);
    expect((await stored()).instructions).toHaveLength(1);
    expect(await ordersOf(sent, await signIn(handler))).toHaveLength(1);
    // With another due time it would be another one: it says so and keeps what stands.
    const other = await tap(sent, deputyUrl, { ...ON_WATER, due: 'days3' });
    expect([other.statusCode, other.body.includes('同样的批示已经下达')]).toEqual([409, true]);
    expect(other.body).toMatch(/value="days3" selected/);
  });

  test('words with markup in them are words', async () => {
    const { app, deputyUrl, stored } = sent;
    const text = '<img src=x onerror=alert(1)></textarea><script>1</script>"&';
    await tap(sent, deputyUrl, { ...ON_WATER, phrase: '', text });
    expect((await stored()).instructions[0]?.text).toBe(text);
    const { body } = await app.inject({ url: deputyUrl });
    expect(body).not.toMatch(/<img|<script>1/);
    expect(body).toContain('&lt;img src=x onerror=alert(1)&gt;');
    // A refused form gives it back as words, too.
    const refused = await tap(sent, deputyUrl, { ...ON_WATER, text, matter: 'no-such' });
    expect(refused.statusCode).toBe(409);
    expect(refused.body).not.toMatch(/<img|<script>1/);
  });

  test('a grave event takes it although its joint command is still owed', async () => {
    const { deputyUrl, signIn, signer, app, reports } = sent;
    await tap(sent, deputyUrl, ON_WATER);
    await relay(sent, reports.store);
    const url = '/api/v1/events/event-1/orders';
    const view = (await app.inject({ url, headers: await signIn(signer) })).json<OrdersView>();
    expect([view.orders.length, view.isJoint]).toEqual([1, true]);
  });

  test('with no matter it waits with the coordinator, who is told, and routes it into an order', async () => {
    const { deputyUrl, signIn, hire, handler, reports, stored } = sent;
    const coordinator = await hire('祁观澜', ['coordinator'], { email: 'qi@linjiang.invalid' });
    const answer = await tap(sent, deputyUrl, { ...ON_WATER, matter: '', unit: '' });
    expect(answer.body).toContain('待综合协调交办');
    const told = await relay(sent, reports.store);
    expect(told.map(({ receiver }) => receiver.name).toSorted()).toEqual(['祁观澜', '陆柏舟']);
    expect(told[0]?.subject).toContain('领导批示待交办');
    const [instruction] = (await stored()).instructions;
    const path = `${sent.report.id}/instructions/${instruction?.id}/order`;
    const route = {
      eventId: 'event-2',
      unit: '市水务局',
      track: 'fact',
      dueAt: minutesLater(600).toISOString(),
    };
    const headers = await signIn(coordinator);
    expect((await atDesk(sent, await signIn(handler), path, route)).statusCode).toBe(403);
    expect((await atDesk(sent, headers, path, route)).statusCode).toBe(200);
    expect((await atDesk(sent, headers, path, route)).statusCode).toBe(409);
    await relay(sent, reports.store);
    const [order, ...others] = await ordersOf(sent, await signIn(handler));
    expect(others).toEqual([]);
    expect(order).toMatchObject({
      eventId: 'event-2',
      instructed: { leader: '纪文澜', through: '祁观澜' },
    });
  });

  test('goes to the event in which a merged one goes on', async () => {
    const { deputyUrl, events, signIn, handler, reports } = sent;
    const event = await events.findById('event-1');
    await events.replace({
      ...event!,
      state: 'merged',
      mergedInto: 'event-2',
      revision: event!.revision + 1,
    });
    const { body } = await tap(sent, deputyUrl, { ...ON_WATER, matter: 'event-2' });
    expect(body).toContain('已交市水务局办理“某小学门口道路积水”');
    await relay(sent, reports.store);
    const [order] = await ordersOf(sent, await signIn(handler));
    expect(order?.eventId).toBe('event-2');
  });

  test('is nothing that an office person can give through a link of their own', async () => {
    const { report, reports, signer, deputyUrl, stored } = sent;
    const found = await stored();
    const readers = [
      ...found.readers,
      {
        personId: signer.id,
        name: signer.name,
        link: { number: 1, expiresAt: minutesLater(600) },
      },
    ];
    await reports.store.replace({ ...found, readers, revision: found.revision + 1 });
    const claim = { alertId: `${report.id}~1`, personId: signer.id, expiresAt: minutesLater(600) };
    const url = `/r/${signRealToken(claim)}`;
    const page = await sent.app.inject({ url });
    expect(page.body).not.toContain('下达批示');
    const refused = await tap(sent, url, ON_WATER);
    expect([refused.statusCode, refused.body.includes('批示须为')]).toEqual([409, true]);
    expect((await sent.app.inject({ url: deputyUrl })).body).toContain('下达批示');
  });

  test('without words or with a time gone by it is not given, and nothing typed is lost', async () => {
    const { deputyUrl, stored } = sent;
    const empty = await tap(sent, deputyUrl, { ...ON_WATER, phrase: '', text: '  ' });
    expect(empty.body).toContain('没有填完整');
    const late = await tap(sent, deputyUrl, { ...ON_WATER, due: 'yesterday', text: '查清责任' });
    expect(late.body).toContain('选定的时间已过');
    expect(late.body).toContain('>查清责任</textarea>');
    expect((await stored()).instructions).toEqual([]);
  });
});

describe('批示 on paper', () => {
  const PNG = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
    'base64',
  );
  const written = ({ principal }: Sent) => ({
    leaderId: principal.id,
    text: '请水务局查明原因，尽快恢复供水。',
    eventId: 'event-1',
    unit: '市水务局',
    dueAt: minutesLater(600).toISOString(),
    day: '2026-11-24',
  });

  test('is registered with both names and its photograph, and is an order like any other', async () => {
    const { app, report, signIn, reviewer, handler, reports } = sent;
    const headers = await signIn(reviewer);
    const body = { ...written(sent), picture: PNG.toString('base64') };
    const answer = await atDesk(sent, headers, `${report.id}/instructions`, body);
    expect(answer.statusCode).toBe(200);
    const [instruction] = answer.json<ReportRow>().instructions;
    expect(instruction).toMatchObject({
      leader: '方景亭',
      through: '顾明远',
      paper: { by: '顾明远', day: '2026-11-24', hasPicture: true },
    });
    const url = `/api/v1/reports/${report.id}/instructions/${instruction?.id}/picture`;
    const picture = await app.inject({ url, headers });
    expect(picture.headers['content-type']).toBe('image/png');
    expect(picture.rawPayload).toEqual(PNG);
    expect((await app.inject({ url })).statusCode).toBe(401);
    await relay(sent, reports.store);
    const [order] = await ordersOf(sent, await signIn(handler));
    expect(order).toMatchObject({
      task: '方景亭批示：请水务局查明原因，尽快恢复供水。',
      instructed: { leader: '方景亭', through: '顾明远' },
    });
    expect((await sent.stored()).history.at(-1)).toMatchObject({
      actor: { name: '顾明远' },
      what: expect.stringContaining('代方景亭登记2026-11-24的纸质批示') as string,
    });
  });

  test('a picture that is none, or too big, is refused; nothing is registered or kept', async () => {
    const { report, signIn, reviewer, database, reports } = sent;
    const headers = await signIn(reviewer);
    const pages = () => database.prepare('SELECT count(*) AS n FROM pageBytes').get()?.['n'];
    const html = Buffer.from('<html><script>alert(1)</script></html>'.padEnd(200));
    const big = Buffer.concat([PNG, Buffer.alloc(reports.reading.mostPictureBytes)]);
    for (const [bytes, status, words] of [
      [html, 400, '不是完整的 jpeg 或 png'],
      [PNG.subarray(0, 50), 400, '不是完整的 jpeg 或 png'],
      [Buffer.concat([PNG.subarray(0, 8), html]), 400, '不是完整的 jpeg 或 png'],
      [Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), html]), 400, '不是完整的 jpeg 或 png'],
      [big, 400, '不能超过 5.0 MB'],
    ] as const) {
      const body = { ...written(sent), picture: bytes.toString('base64') };
      const answer = await atDesk(sent, headers, `${report.id}/instructions`, body);
      expect([answer.statusCode, answer.body]).toEqual([status, expect.stringContaining(words)]);
    }
    expect((await sent.stored()).instructions).toEqual([]);
    expect(pages()).toBe(0);
  });

  test('is registered by the office only, in the name of who may instruct, on a report that was sent', async () => {
    const { report, signIn, reviewer, handler, reports } = sent;
    const path = `${report.id}/instructions`;
    const refused = await atDesk(sent, await signIn(handler), path, written(sent));
    expect(refused.statusCode).toBe(403);
    const headers = await signIn(reviewer);
    const other = { ...written(sent), leaderId: handler.id };
    expect((await atDesk(sent, headers, path, other)).body).toContain('批示须为');
    const draft = aDailyReport({ id: 'daily-2026-2-0' });
    await reports.store.create(draft);
    const early = await atDesk(sent, headers, `${draft.id}/instructions`, written(sent));
    expect(early.body).toContain('报告还没有报送');
  });

  test('the form chooses from what the report tells of, then from what else is open; from leaders and units', async () => {
    const { app, report, signIn, reviewer, events } = sent;
    await events.create(anEvent({ id: 'event-9', title: '公交改线' }));
    const url = `/api/v1/reports/${report.id}/matters`;
    const view = (
      await app.inject({ url, headers: await signIn(reviewer) })
    ).json<ReportMattersView>();
    const ids = view.matters.map(({ id }) => id);
    expect(ids.slice(0, 2).toSorted()).toEqual(['event-1', 'event-2']);
    expect(ids.slice(2)).toEqual(['event-9']);
    expect(view.leaders.map(({ name }) => name).toSorted()).toEqual(['方景亭', '纪文澜']);
    expect(view.units).toContain('市水务局');
  });
});
