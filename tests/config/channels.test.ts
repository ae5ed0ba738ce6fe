import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { signPush } from '#ingest';
import type { ChannelView } from '#contract';
import { openChannels, secretsOf } from '../../config/channels.ts';
import { SettingsSchema } from '../../config/settings.ts';
import { channelPack } from '../support/alerts.ts';
import { composeOffice, type ComposedOffice } from '../support/composed-office.ts';
import { json } from '../support/far-side.ts';

describe('the channel settings', () => {
  const around = { pack: channelPack, realNow: () => new Date() };
  const ANSWER = { success: ['ok'] };

  test('open every channel they name, with secrets from the environment', async () => {
    const secret = 'env:S';
    const gateway = { url: 'https://sms.test/send', secret, answer: ANSWER };
    const { channels } = SettingsSchema.parse({
      channels: {
        email: { host: 'smtp.test', from: 'a@office.test', password: secret },
        wecom: { key: secret },
        dingtalk: { accessToken: secret, signSecret: secret },
        feishu: { token: secret },
        govIm: { format: 'template', ...gateway },
        sms: { ...gateway, replies: { secret } },
        voice: gateway,
        webhook: { url: 'https://program.test/hook', secret },
      },
    });
    const opened = openChannels({ channels }, { S: 'value' }, around);
    expect([...opened.keys()].toSorted()).toEqual(
      ['email', 'wecom', 'dingtalk', 'feishu', 'govIm', 'sms', 'voice', 'webhook'].toSorted(),
    );
    for (const channel of opened.values()) await channel.close();
    expect(secretsOf(channels)).toHaveLength(10);
    expect(() => openChannels({ channels }, {}, around)).toThrow('env:S');
  });

  test('in the operations page are examples that work as they stand', async () => {
    const page = readFileSync('docs/operations.md', 'utf8');
    const examples = [...page.matchAll(/^```yaml\n(channels:[^]*?)^```/gm)].map(([, yaml]) =>
      SettingsSchema.parse(parse(yaml ?? '')),
    );
    const anySecret = new Proxy({}, { get: () => 'value' });
    const kinds = new Set<string>();
    for (const settings of examples) {
      for (const [kind, channel] of openChannels(settings, anySecret, around)) {
        kinds.add(kind);
        await channel.close();
      }
    }
    expect(kinds.size).toBe(8);
  });

  test.for([
    [{ wecom: { key: 'the-key-itself' } }, 'env:'],
    [{ sms: { url: 'https://{phone}.test', answer: ANSWER } }, '固定的主机名'],
    [{ sms: { url: 'https://sms.test', body: '{"a":"{mobile}"}', answer: ANSWER } }, '{mobile}'],
    [{ sms: { url: 'https://sms.test', answer: { success: [] } } }, 'answer'],
  ] as const)('refuse what cannot work: %j', ([channels, words]) => {
    const parsed = SettingsSchema.safeParse({ channels });
    expect(parsed.success).toBe(false);
    expect(JSON.stringify(parsed.error?.issues)).toContain(words);
  });
});

describe('an office with three channels', () => {
  const folder = mkdtempSync(join(tmpdir(), 'huiying-channels-'));
  let office: ComposedOffice;
  beforeAll(async () => {
    office = await composeOffice(join(folder, 'data'));
  }, 60_000);
  afterAll(async () => {
    await office.close();
    rmSync(folder, { recursive: true });
  });
  const ask = async (path: string, init: RequestInit = {}) =>
    await fetch(`${office.url}/api/v1/${path}`, {
      ...init,
      headers: { ...office.headers, ...(init.headers as Record<string, string>) },
    });
  const channel = async (kind: string): Promise<ChannelView> => {
    const all = (await (await ask('channels')).json()) as ChannelView[];
    const found = all.find((one) => one.kind === kind);
    if (!found) throw new Error(kind);
    return found;
  };

  test('a test goes the real way and shows what became of it', async () => {
    expect(await channel('govIm')).toMatchObject({ state: 'ok', reaches: 'group', waiting: 0 });
    expect(await channel('dingtalk')).toMatchObject({ state: 'notSetUp' });
    const answer = await ask('channels/govIm/test', { method: 'POST' });
    expect(answer.status).toBe(202);
    await expect.poll(() => office.robot.received.length, { timeout: 30_000 }).toBe(1);
    const [request] = office.robot.received;
    expect(request?.url.searchParams.get('key')).toBe(office.secret);
    expect(request?.body).toContain('【测试】政务即时通讯通道');
    await expect
      .poll(async () => (await channel('govIm')).recent[0]?.state, { timeout: 30_000 })
      .toBe('sent');
    const shown = await channel('govIm');
    expect(shown.recent[0]).toMatchObject({ isTest: true, stateName: '已提交' });
    expect(shown.lastOkAt).toBeDefined();
    expect(shown.quotas[0]).toMatchObject({ left: 17, most: 18 });
  });

  test('a refusal is shown in words, and without a secret', async () => {
    office.robot.answer(json({ errcode: 93_000, errmsg: 'invalid webhook url' }));
    await ask('channels/govIm/test', { method: 'POST' });
    await expect
      .poll(async () => (await channel('govIm')).lastFailure?.detail, { timeout: 30_000 })
      .toBe('机器人的 key 无效（代码 93000）');
    const text = JSON.stringify(await channel('govIm'));
    expect(text).toContain('未送出：机器人的 key 无效');
    expect(text).not.toContain(office.secret);
  });

  test('a test to a person who has no number is refused and says why', async () => {
    const answer = await ask('channels/sms/test', { method: 'POST' });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ code: 'NO_ADDRESS' });
    expect((await ask('channels/voice/test', { method: 'POST' })).status).toBe(404);
  });

  test('a receipt from a gateway is believed with its secret only', async () => {
    const receipt = async (secret: string, status: string) =>
      await fetch(`${office.url}/api/v1/sms-receipts/sms`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-huiying-secret': secret },
        body: JSON.stringify({ id: 'no-notice-of-ours', status }),
      });
    expect((await receipt('other', 'DELIVRD')).status).toBe(403);
    const known = await receipt(office.secret, 'DELIVRD');
    expect([known.status, await known.json()]).toEqual([200, { isKnown: false }]);
  });

  describe('a reply by text message', () => {
    const body = JSON.stringify({ from: '13800000000', content: '1234' });
    const reply = async (headers: Record<string, string>, path = 'sms', text = body) =>
      await fetch(`${office.url}/api/v1/sms-replies/${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: text,
      });
    const seconds = (shiftMs = 0): string => String(Math.floor((Date.now() + shiftMs) / 1_000));
    const signed = (timestamp: string, secret = office.secret) => ({
      'x-huiying-timestamp': timestamp,
      'x-huiying-signature': signPush(secret, timestamp, Buffer.from(body)),
    });

    test('is taken with the secret, or signed over time and body', async () => {
      const known = await reply({ 'x-huiying-secret': office.secret });
      expect([known.status, await known.json()]).toEqual([
        200,
        { result: 'unknownNumber', detail: '这个号码不属于任何一位人员' },
      ]);
      expect((await reply(signed(seconds()))).status).toBe(200);
      expect((await reply({}, `sms?secret=${office.secret}`)).status).toBe(200);
      const form = { 'content-type': 'application/x-www-form-urlencoded' };
      const asForm = 'from=13800000000&content=1234';
      const sent = { ...form, 'x-huiying-secret': office.secret };
      expect(await (await reply(sent, 'sms', asForm)).json()).toMatchObject({
        result: 'unknownNumber',
      });
    });

    test('is refused with a wrong secret or none, a wrong or old signature, an unknown gateway', async () => {
      expect((await reply({})).status).toBe(403);
      expect((await reply({ 'x-huiying-secret': 'other' })).status).toBe(403);
      expect((await reply(signed(seconds(), 'other'))).status).toBe(403);
      expect((await reply(signed(seconds(-3_600_000)))).status).toBe(403);
      expect((await reply({ 'x-huiying-secret': office.secret }, 'other')).status).toBe(404);
      const broken = await reply({ 'x-huiying-secret': office.secret }, 'sms', '{');
      expect(broken.status).toBe(400);
    });
  });
});
