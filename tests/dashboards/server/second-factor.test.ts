import { expect, test } from 'vitest';
import { fromBase32 } from '../../support/second-factor.ts';
import { totpCode, totpStepAt } from '../../../dashboards/server/totp.ts';
import { anOffice, PASSWORD } from './support.ts';

async function aSigner() {
  const office = await anOffice();
  const person = await office.hire('纪文澜', ['deputyLeader']);
  const headers = await office.signIn(person);
  const post = async (path: string, payload: object = {}) =>
    await office.app.inject({ method: 'POST', url: `/api/v1/${path}`, payload, headers });
  return { ...office, person, headers, post };
}

/** What the authenticator shows now. */
const codeOf = (secret: string, at: Date): string => totpCode(fromBase32(secret), totpStepAt(at));

test('a person sets up 动态口令: password, secret shown once, one code', async () => {
  const { post, deps, person, database, acts } = await aSigner();
  const offered = await post('second-factor', { password: PASSWORD });
  expect(offered.statusCode).toBe(200);
  const { secret, link } = offered.json();
  expect(secret).toMatch(/^(?:[A-Z2-7]{4} ){7}[A-Z2-7]{4}$/);
  expect(link).toContain(`secret=${secret.replaceAll(' ', '')}`);

  // Only encrypted in the store, in whatever form somebody looks for it.
  const rows = JSON.stringify(database.prepare('SELECT body FROM person').all());
  expect(rows).toContain('offeredFactor');
  for (const form of [secret, secret.replaceAll(' ', '')]) expect(rows).not.toContain(form);
  for (const form of ['hex', 'base64'] as const) {
    expect(rows).not.toContain(fromBase32(secret).toString(form));
  }

  const confirmed = await post('second-factor/confirmation', {
    code: codeOf(secret, deps.realNow()),
  });
  expect(confirmed.json()).toMatchObject({ person: { hasSecondFactor: true } });
  expect((await acts())[0]).toMatchObject({
    act: '设置动态口令',
    target: `person:${person.id}`,
    actor: { name: '纪文澜' },
  });
  // It is not shown again, and not replaced by whoever sits before the open session.
  const again = await post('second-factor', { password: PASSWORD });
  expect(again.json()).toMatchObject({ code: 'FACTOR_SET' });
  expect(again.body).not.toContain('otpauth');
});

test('an open session alone sets up nothing, and is no place to guess the password', async () => {
  const { post, deps, person } = await aSigner();
  for (let tries = 0; tries < 6; tries += 1) {
    expect((await post('second-factor', { password: 'no' })).statusCode).toBe(400);
  }
  expect((await post('second-factor', { password: PASSWORD })).statusCode).toBe(400);
  expect((await deps.people.findById(person.id))?.offeredFactor).toBeUndefined();
});

test('a wrong first code sets up nothing; after too many even the right one does not', async () => {
  const { app, signIn, post, deps, person, pass } = await aSigner();
  const { secret } = (await post('second-factor', { password: PASSWORD })).json();
  const right = codeOf(secret, deps.realNow());
  const wrong = right === '000000' ? '000001' : '000000';
  for (let tries = 0; tries < 5; tries += 1) {
    const answer = await post('second-factor/confirmation', { code: wrong });
    expect(answer.json()).toMatchObject({ code: 'INVALID' });
  }
  const locked = await post('second-factor/confirmation', { code: right });
  expect(locked.json()).toMatchObject({ code: 'FACTOR_LOCKED' });
  expect((await deps.people.findById(person.id))?.secondFactor).toBeUndefined();
  pass(16);
  const answer = await app.inject({
    method: 'POST',
    url: '/api/v1/second-factor/confirmation',
    payload: { code: codeOf(secret, deps.realNow()) },
    headers: await signIn(person),
  });
  expect(answer.json()).toMatchObject({ person: { hasSecondFactor: true } });
});

test('a secret that was never confirmed is forgotten', async () => {
  const { app, deps, person, signIn, post, pass } = await aSigner();
  const { secret } = (await post('second-factor', { password: PASSWORD })).json();
  pass(31);
  const answer = await app.inject({
    method: 'POST',
    url: '/api/v1/second-factor/confirmation',
    payload: { code: codeOf(secret, deps.realNow()) },
    headers: await signIn(person),
  });
  expect(answer.json()).toMatchObject({ code: 'FACTOR_NOT_OFFERED' });
});

test('an administrator takes it away, on record, and nobody else does', async () => {
  const { app, deps, person, hire, signIn, post, acts } = await aSigner();
  const { secret } = (await post('second-factor', { password: PASSWORD })).json();
  await post('second-factor/confirmation', { code: codeOf(secret, deps.realNow()) });

  const path = `people/${person.id}/second-factor-reset`;
  expect((await post(path)).statusCode).toBe(403);
  const answer = await app.inject({
    method: 'POST',
    url: `/api/v1/${path}`,
    headers: await signIn(await hire('管理员', ['sysAdmin'])),
  });
  expect(answer.json()).toMatchObject({ hasSecondFactor: false });
  expect(answer.body).not.toMatch(/sealed|secret/);
  expect((await acts())[0]).toMatchObject({ act: '重置动态口令', actor: { name: '管理员' } });
  expect((await deps.people.findById(person.id))?.secondFactor).toBeUndefined();
});
