import { expect, test } from 'vitest';
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
