import { expect, test } from 'vitest';
import { MeView } from '#contract';
import { aDrill } from './drill-support.ts';
import { anOffice } from './support.ts';

test('the API is described as OpenAPI 3.1 with a summary of every route and the shape of its answers', async () => {
  const { app } = await anOffice({ drill: aDrill() });
  const described = (await app.inject({ url: '/api/openapi.json' })).json();
  expect(described.openapi).toBe('3.1.1');

  const operations = Object.entries<Record<string, { summary?: string }>>(described.paths);
  expect(operations.length).toBeGreaterThanOrEqual(28);
  for (const [path, item] of operations) {
    for (const [method, operation] of Object.entries(item)) {
      expect([path, method, operation.summary]).toEqual([path, method, expect.any(String)]);
    }
  }
  const me = described.paths['/api/v1/me'].get.responses['200'].content['application/json'].schema;
  expect(Object.keys(me.properties).toSorted()).toEqual(Object.keys(MeView.shape).toSorted());
});

test.for([
  'GET /api/v1/me',
  'POST /api/v1/session',
  'DELETE /api/v1/session',
  'POST /api/v1/password',
  'GET /api/v1/desk',
  'GET /api/v1/stream',
  'GET /api/v1/events',
  'GET /api/v1/events/{eventId}',
  'POST /api/v1/events/{eventId}/grade',
  'POST /api/v1/events/{eventId}/lowering',
  'POST /api/v1/events/{eventId}/findings',
  'GET /api/v1/events/{eventId}/related',
  'GET /api/v1/events/{eventId}/merge',
  'POST /api/v1/events/{eventId}/merge',
  'POST /api/v1/events/{eventId}/split',
  'POST /api/v1/events/{eventId}/regroupings/{regroupingId}/undo',
  'POST /api/v1/events/{eventId}/regroupings/{regroupingId}/answer',
  'GET /api/v1/events/{eventId}/releases',
  'POST /api/v1/events/{eventId}/releases',
  'GET /api/v1/releases/{releaseId}',
  'PUT /api/v1/releases/{releaseId}',
  'POST /api/v1/releases/{releaseId}/submission',
  'POST /api/v1/releases/{releaseId}/signatures',
  'POST /api/v1/second-factor',
  'POST /api/v1/second-factor/confirmation',
  'POST /api/v1/people/{personId}/second-factor-reset',
  'POST /api/v1/releases/{releaseId}/publication',
  'GET /api/v1/register',
  'GET /api/v1/alerts/{alertId}',
  'POST /api/v1/alerts/{alertId}/acknowledgement',
  'GET /api/v1/sources',
  'GET /api/v1/sources/summary',
  'POST /api/v1/sources/{sourceId}/pause',
  'POST /api/v1/sources/{sourceId}/resume',
  'POST /api/v1/sources/{sourceId}/look',
  'POST /api/v1/sources/{sourceId}/preview',
  'POST /api/v1/sources/{sourceId}/reparse',
  'GET /api/v1/quarantine',
  'POST /api/v1/quarantine/{rawItemId}/text',
  'GET /api/v1/posts',
  'GET /api/v1/people',
  'POST /api/v1/people',
  'PUT /api/v1/people/{personId}',
  'POST /api/v1/people/{personId}/password-reset',
  'GET /api/v1/duty',
  'PUT /api/v1/duty',
  'GET /api/v1/audit',
  'GET /api/v1/channels',
  'POST /api/v1/channels/{kind}/test',
  'POST /api/v1/sms-replies/{gateway}',
  'POST /api/v1/sms-receipts/{gateway}',
  'GET /api/v1/drill',
  'PUT /api/v1/drill/clock',
  'POST /api/v1/drill/play',
  'GET /a/{token}',
  'POST /a/{token}',
  'GET /v/{reviewToken}',
  'POST /v/{reviewToken}',
  'GET /livez',
  'GET /readyz',
  'GET /metrics',
])('%s is described', async (route) => {
  const { app } = await anOffice({ drill: aDrill() });
  const [method = '', path = ''] = route.split(' ');
  const item: object = app.swagger().paths?.[path] ?? {};
  expect(Object.keys(item)).toContain(method.toLowerCase());
});

test('outside a drill there is no way to play somebody', async () => {
  const { app } = await anOffice();
  const payload = { personId: 'person-1' };
  const answer = await app.inject({ method: 'POST', url: '/api/v1/drill/play', payload });
  expect(answer.statusCode).toBe(404);
});
