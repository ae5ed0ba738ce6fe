import { describe, expect, onTestFinished, test } from 'vitest';
import { deliverOn, type Channel, type Notice } from '#alert';
import { createDingTalk } from '../../alert/adapters/channels/dingtalk.ts';
import { createFeishu } from '../../alert/adapters/channels/feishu.ts';
import { createGateway, type GatewaySettings } from '../../alert/adapters/channels/gateway.ts';
import { createPoster } from '../../alert/adapters/channels/http-post.ts';
import { createWebhook } from '../../alert/adapters/channels/webhook.ts';
import { createWeCom } from '../../alert/adapters/channels/wecom.ts';
import { routeRuleOf, type ChannelKind } from '#alert';
import { signPush } from '#ingest';
import { describeChannel, type Behaviour } from '../contracts/channel.contract.ts';
import { aNotice, channelPack, NIGHT, openDelivery } from '../support/alerts.ts';
import {
  hangUp,
  json,
  startFarSide,
  staySilent,
  type Answering,
  type FarSide,
} from '../support/far-side.ts';
import { dingTalkRobot, feishuRobot, weComRobot } from '../support/mock-robots.ts';

const SECRET = 'SECtest0123456789';
const TOKEN = 'token-that-nobody-may-see';
const realNow = (): Date => new Date();
const partsOf = (kind: ChannelKind) => ({
  rule: routeRuleOf(channelPack, kind),
  poster: createPoster(300),
  realNow,
});

async function farSide(answer: Answering): Promise<FarSide> {
  const side = await startFarSide(answer);
  onTestFinished(async () => await side.close());
  return side;
}

/** Every channel over HTTP, made for an address; the last lines are what its far side says. */
const CHANNELS: readonly {
  readonly name: string;
  readonly make: (origin: string) => Channel;
  readonly ok: unknown;
}[] = [
  {
    name: 'WeCom',
    make: (origin) => createWeCom({ origin, key: TOKEN }, partsOf('wecom')),
    ok: { errcode: 0, errmsg: 'ok' },
  },
  {
    name: 'government IM that speaks WeCom',
    make: (origin) => createWeCom({ kind: 'govIm', origin, key: TOKEN }, partsOf('govIm')),
    ok: { errcode: 0, errmsg: 'ok' },
  },
  {
    name: 'DingTalk',
    make: (origin) =>
      createDingTalk({ origin, accessToken: TOKEN, signSecret: SECRET }, partsOf('dingtalk')),
    ok: { errcode: 0, errmsg: 'ok' },
  },
  {
    name: 'Feishu',
    make: (origin) => createFeishu({ origin, token: TOKEN, signSecret: SECRET }, partsOf('feishu')),
    ok: { code: 0, msg: 'success', data: {} },
  },
  {
    name: 'SMS gateway',
    make: (origin) => createGateway('sms', smsSettings(origin), partsOf('sms')),
    ok: { code: '0' },
  },
  {
    name: 'voice gateway',
    make: (origin) => createGateway('voice', smsSettings(origin), partsOf('voice')),
    ok: { code: '0' },
  },
  {
    name: 'webhook',
    make: (origin) =>
      createWebhook({ url: `${origin}/hook?key=${TOKEN}`, secret: SECRET }, partsOf('webhook')),
    ok: {},
  },
];

function smsSettings(origin: string, more: Partial<GatewaySettings> = {}): GatewaySettings {
  return {
    url: `${origin}/send`,
    method: 'POST',
    headers: { authorization: 'Bearer {secret}' },
    body: '{"mobile":"{phone}","content":"{text}"}',
    bodyFormat: 'json',
    secret: SECRET,
    answer: { field: 'code', success: ['0'], rate: ['LIMIT'] },
    takesReplies: true,
    ...more,
  };
}

const ANSWERS = (ok: unknown): Record<Exclude<Behaviour, 'absent'>, Answering> => ({
  takes: json(ok),
  tooFast: json({}, 429),
  broken: json({}, 503),
  refuses: (_request, response) =>
    void response.writeHead(302, { location: `http://127.0.0.1:1/${SECRET}` }).end(),
  hangsUp: hangUp,
  silent: staySilent,
});

for (const { name, make, ok } of CHANNELS) {
  describeChannel(
    name,
    async (behaviour) => {
      if (behaviour === 'absent') return make('http://127.0.0.1:1');
      return make((await farSide(ANSWERS(ok)[behaviour])).origin);
    },
    [TOKEN, SECRET],
  );
}

const aTelling = (parts: Partial<Notice> = {}): Notice =>
  aNotice('n1', {
    receiver: {
      personId: 'first',
      name: '值班员',
      address: '13800000000',
      phone: '13800000000',
      email: 'first@office.example',
    },
    text: '请确认\n确认，我来处理：https://huiying.example/a/1.1.alert-1.first.x.y.z',
    link: 'https://huiying.example/a/1.1.alert-1.first.x.y.z',
    ...parts,
  });

describe('a group robot', () => {
  const robots = [
    {
      kind: 'wecom',
      make: (origin: string) => createWeCom({ origin, key: TOKEN }, partsOf('wecom')),
      rules: () => weComRobot({ now: Date.now, key: TOKEN }),
      textOf: (body: string) => (JSON.parse(body) as { text: { content: string } }).text.content,
    },
    {
      kind: 'dingtalk',
      make: (origin: string) =>
        createDingTalk(
          { origin, accessToken: TOKEN, signSecret: SECRET, keyword: '舆情值守' },
          partsOf('dingtalk'),
        ),
      rules: () =>
        dingTalkRobot({ now: Date.now, token: TOKEN, secret: SECRET, keyword: '舆情值守' }),
      textOf: (body: string) => (JSON.parse(body) as { text: { content: string } }).text.content,
    },
    {
      kind: 'feishu',
      make: (origin: string) =>
        createFeishu(
          { origin, token: TOKEN, signSecret: SECRET, keyword: '舆情值守' },
          partsOf('feishu'),
        ),
      rules: () =>
        feishuRobot({ now: Date.now, token: TOKEN, secret: SECRET, keyword: '舆情值守' }),
      textOf: (body: string) => (JSON.parse(body) as { content: { text: string } }).content.text,
    },
  ] as const;

  test.for(robots)(
    '$kind takes a message of any length, signed and with its keyword, and no personal link',
    async ({ kind, make, rules, textOf }) => {
      const side = await farSide(rules());
      const channel = make(side.origin);
      onTestFinished(async () => await channel.close());
      const long = `${'很长的说明。'.repeat(3_000)}\n${aTelling().text}`;
      for (const text of [aTelling().text, long]) {
        const sent = await channel.send(aTelling({ channel: kind, text }));
        expect(sent.result).toBe('ok');
      }
      for (const { body } of side.received) {
        expect(textOf(body)).toContain('某区停水');
        expect(textOf(body)).toContain('https://huiying.example/events/event-1');
        expect(textOf(body)).not.toContain('/a/1.1');
        const most = channelPack.routes[kind]?.mostBytes ?? 0;
        expect(Buffer.byteLength(textOf(body))).toBeLessThanOrEqual(most);
      }
    },
  );

  test('a DingTalk sign that is wrong, an unknown token and a missing keyword are told apart', async () => {
    const rules = { now: Date.now, token: TOKEN, secret: SECRET, keyword: '舆情值守' };
    const { origin } = await farSide(dingTalkRobot(rules));
    const send = async (settings: object) => {
      const whole = { origin, accessToken: TOKEN, ...settings };
      const channel = createDingTalk(whole, partsOf('dingtalk'));
      const sent = await channel.send(aTelling({ channel: 'dingtalk' }));
      await channel.close();
      return sent.result;
    };
    const keyword = '舆情值守';
    expect(await send({ signSecret: 'SECother', keyword })).toBe('config');
    expect(await send({ signSecret: SECRET, keyword, accessToken: 'other' })).toBe('config');
    expect(await send({ signSecret: SECRET })).toBe('content');
    expect(await send({ signSecret: SECRET, keyword })).toBe('ok');
  });

  test('WeCom and DingTalk call the person by number, DingTalk in the text too; Feishu calls all', async () => {
    const side = await farSide(json({ errcode: 0, errmsg: 'ok', code: 0, msg: '' }));
    for (const { kind, make } of robots) {
      const channel = make(side.origin);
      await channel.send(aTelling({ channel: kind }));
      await channel.close();
    }
    const [wecom, dingtalk, feishu] = side.received.map(({ body }) => body);
    expect(JSON.parse(wecom ?? '')).toMatchObject({
      text: { mentioned_mobile_list: ['13800000000'] },
    });
    expect(JSON.parse(dingtalk ?? '')).toMatchObject({ at: { atMobiles: ['13800000000'] } });
    expect(robots[1].textOf(dingtalk ?? '')).toContain('@13800000000');
    expect(robots[2].textOf(feishu ?? '')).toMatch(/^<at user_id="all">/);
  });

  test('the words of a post call nobody on Feishu', async () => {
    const side = await farSide(json({ code: 0 }));
    const channel = createFeishu({ origin: side.origin, token: TOKEN }, partsOf('feishu'));
    const subject = '【黄】<at user_id="all">所有人</at>';
    await channel.send(aTelling({ channel: 'feishu', priority: 3, subject }));
    await channel.close();
    expect(robots[2].textOf(side.received[0]?.body ?? '')).not.toMatch(/<\/?at/);
  });

  /** Three minutes with one of the gravest every second, by a hand-set clock. */
  async function floodDingTalk(pack: typeof channelPack) {
    const clock = { ms: NIGHT.getTime() };
    const now = () => new Date(clock.ms);
    const side = await farSide(
      dingTalkRobot({ now: () => clock.ms, token: TOKEN, secret: SECRET }),
    );
    const channel = createDingTalk(
      { origin: side.origin, accessToken: TOKEN, signSecret: SECRET },
      { ...partsOf('dingtalk'), realNow: now },
    );
    onTestFinished(async () => await channel.close());
    const { deps, outbox } = openDelivery([channel], { realNow: now, pack });
    for (let second = 0; second < 180; second += 1) {
      const id = `n${second}`;
      await outbox.create(
        aTelling({ id, eventId: id, channel: 'dingtalk', queuedAt: new Date(clock.ms) }),
      );
      while ((await deliverOn('dingtalk', deps)) > 0);
      clock.ms += 1_000;
    }
    return { side, route: await deps.routes.findById('dingtalk') };
  }

  test('three minutes of the gravest never make DingTalk close its door', async () => {
    const { side, route } = await floodDingTalk(channelPack);
    expect(side.received.length).toBeGreaterThan(30);
    expect(route?.lastFailure).toBeUndefined();
  });

  test('the same without our limits do: the trial can fail', async () => {
    const dingtalk = { ...routeRuleOf(channelPack, 'dingtalk'), limits: [] };
    const pack = { ...channelPack, routes: { ...channelPack.routes, dingtalk } };
    const { route } = await floodDingTalk(pack);
    expect(route?.lastFailure?.result).toBe('rate');
  });

  test('a door that another program closed is left alone for its ten minutes', async () => {
    const clock = { ms: NIGHT.getTime() };
    const now = () => new Date(clock.ms);
    const side = await farSide(dingTalkRobot({ now: () => clock.ms, token: TOKEN }));
    const robot = (): Channel =>
      createDingTalk(
        { origin: side.origin, accessToken: TOKEN },
        { ...partsOf('dingtalk'), realNow: now },
      );
    const other = robot();
    for (let index = 0; index < 21; index += 1) await other.send(aTelling({ channel: 'dingtalk' }));
    const ours = robot();
    onTestFinished(async () => await Promise.all([other.close(), ours.close()]).then(() => {}));
    const { deps, outbox } = openDelivery([ours], { realNow: now, random: () => 0 });
    await outbox.create(aTelling({ channel: 'dingtalk', priority: 3 }));
    const before = side.received.length;
    for (let minute = 0; minute < 11; minute += 1) {
      await deliverOn('dingtalk', deps);
      clock.ms += 60_000;
    }
    // One that found the door closed, and one after the ten minutes.
    expect(side.received.length - before).toBe(2);
    expect(await outbox.findById('n1')).toMatchObject({ state: 'sent' });
  });
});

describe('a gateway', () => {
  const sendBy = async (answer: Answering, more: Partial<GatewaySettings> = {}) => {
    const side = await farSide(answer);
    const channel = createGateway('sms', smsSettings(side.origin, more), partsOf('sms'));
    onTestFinished(async () => await channel.close());
    const subject = '【橙】"停水"\n第二行\\';
    const sent = await channel.send(aTelling({ channel: 'sms', subject }));
    return { sent, request: side.received[0] };
  };

  test('fills a JSON body in which no quote or line of a text can end the string', async () => {
    const { sent, request } = await sendBy(json({ code: 0 }));
    expect(sent.result).toBe('ok');
    const body = JSON.parse(request?.body ?? '') as { mobile: string; content: string };
    expect(body.mobile).toBe('13800000000');
    expect(body.content).toContain('"停水"');
    expect(body.content).toMatch(/回复\d{4}确认/);
    expect(request?.headers.authorization).toBe(`Bearer ${SECRET}`);
  });

  test('fills an address and a form', async () => {
    const body = 'to={phone}&text={text}';
    const url = (origin: string) => `${origin}/send?to={phone}&sign={secret}`;
    const side = await farSide(json({ code: 0 }));
    const settings = smsSettings(side.origin, { bodyFormat: 'form', body, url: url(side.origin) });
    const channel = createGateway('sms', settings, partsOf('sms'));
    await channel.send(aTelling({ channel: 'sms', subject: '【橙】a&b=c' }));
    await channel.close();
    const { url: asked, body: sent } = side.received[0]!;
    expect(asked.searchParams.get('to')).toBe('13800000000');
    expect(new URLSearchParams(sent).get('text')).toContain('【橙】a&b=c');
    expect([...new URLSearchParams(sent).keys()]).toEqual(['to', 'text']);
  });

  test.for([
    [json({ code: 'LIMIT' }), 'rate'],
    [json({ code: 'E999' }), 'temporary'],
    [json({ code: '0' }, 500), 'temporary'],
    [json('no code at all'), 'temporary'],
    [json({}, 401), 'config'],
  ] as const)('HTTP 200 is no success by itself: %#', async ([answer, result]) => {
    expect((await sendBy(answer)).sent.result).toBe(result);
  });

  test('where the answer is no JSON, its words decide', async () => {
    const ok: Answering = (_request, response) => void response.end('<return>success</return>');
    const answer = { success: ['success'], config: ['auth'] };
    expect((await sendBy(ok, { answer })).sent.result).toBe('ok');
    const no: Answering = (_request, response) => void response.end('auth failed');
    expect((await sendBy(no, { answer })).sent.result).toBe('config');
  });
});

test('a callback is signed over time and body as a message pushed to us is, and holds no personal link', async () => {
  const side = await farSide(json({}));
  const settings = { url: `${side.origin}/hook`, secret: SECRET };
  const channel = createWebhook(settings, partsOf('webhook'));
  await channel.send(aTelling({ channel: 'webhook' }));
  await channel.close();
  const { headers, body } = side.received[0]!;
  const timestamp = String(headers['x-huiying-timestamp']);
  expect(headers['x-huiying-signature']).toBe(signPush(SECRET, timestamp, Buffer.from(body)));
  expect(Math.abs(Number(timestamp) * 1_000 - Date.now())).toBeLessThan(60_000);
  expect(body).toContain('某区停水');
  expect(body).not.toContain('/a/1.1');
});
