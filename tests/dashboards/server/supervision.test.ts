import { expect, test } from 'vitest';
import type { SupervisionView } from '#contract';
import { aSupervision } from '../../support/supervision.ts';
import { anEvent, anOffice, type SignedInHeaders } from './support.ts';

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

/** An office with one matter under supervision, who supervises and who must answer. */
async function aSupervisedOffice() {
  const office = await anOffice();
  await office.events.create(anEvent());
  await office.supervisions.create({ ...aSupervision(), id: 'supervision-1' });
  const supervisor = await office.hire('岳鹤龄', ['supervisor'], { unit: '市政府督查室' });
  const water = await office.hire('骆书桥', ['handler'], { unit: '市水务局' });
  const asSupervisor = await office.signIn(supervisor);
  const asWater = await office.signIn(water);
  const post = async (headers: SignedInHeaders, path: string, payload: object) =>
    await office.app.inject({ method: 'POST', url: `/api/v1/${path}`, headers, payload });
  return { ...office, water, asSupervisor, asWater, post };
}

test('the ledger shows what each may do; answered, verified, closed', async () => {
  const { app, asSupervisor, asWater, post } = await aSupervisedOffice();
  const ledger = async (headers: typeof asWater) =>
    (await app.inject({ url: '/api/v1/supervisions', headers })).json<SupervisionView[]>();
  expect(await ledger(asWater)).toMatchObject([{ may: ['reply'], levelName: '提醒' }]);
  expect(await ledger(asSupervisor)).toMatchObject([{ may: ['urge'], trigger: 'breach' }]);
  const path = 'supervisions/supervision-1/steps';
  const reply = { step: 'reply', cause: '停电', measures: '加装备用电源' };
  expect((await post(asWater, path, reply)).json()).toMatchObject({ stateName: '已答复' });
  expect((await post(asSupervisor, path, { step: 'verify' })).json()).toMatchObject({
    stateName: '已核实',
  });
  expect((await post(asSupervisor, path, { step: 'close' })).json()).toMatchObject({ may: [] });
});

test('a person supervises a matter of an event; who may not is told the rule', async () => {
  const { app, asSupervisor, asWater, post } = await aSupervisedOffice();
  const path = 'events/event-1/supervisions';
  const body = { unit: '市教育局', reason: '三天没有进展' };
  expect((await post(asSupervisor, path, body)).json()).toMatchObject({
    trigger: 'person',
    unit: '市教育局',
    stateName: '已催办',
  });
  const refused = await post(asWater, path, body);
  expect([refused.statusCode, refused.json().code]).toEqual([403, 'ROLE_NEEDED']);
  expect((await post(asSupervisor, path, { unit: '', reason: '' })).statusCode).toBe(400);
  const listed = await app.inject({ url: `/api/v1/${path}`, headers: asWater });
  expect(listed.json()).toHaveLength(2);
});

test('the phone page is answered without JavaScript and without signing in', async () => {
  const { app, water, supervisions } = await aSupervisedOffice();
  const url = `/s/supervision-1.${water.id}`;
  const page = await app.inject({ url });
  expect(page.body).toContain('48小时回应超时');
  expect(page.body.match(/<script/g) ?? []).toHaveLength(1);
  expect(page.body).not.toMatch(/\son\w+=/i);
  const send = async (fields: Record<string, string>) =>
    await app.inject({
      method: 'POST',
      url,
      headers: FORM,
      payload: new URLSearchParams({ step: 'reply', ...fields }).toString(),
    });
  expect((await send({ cause: '停<b>电', measures: '' })).body).toContain('停&lt;b&gt;电');
  expect((await send({ cause: '停电', measures: '备用电源' })).body).toContain('已答复');
  expect((await supervisions.findById('supervision-1'))?.reply?.measures).toBe('备用电源');
  expect((await send({ cause: '停电', measures: '备用电源' })).statusCode).toBe(409);
});
