import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { anOffice } from './support.ts';

function aBuiltApp(): string {
  const folder = mkdtempSync(join(tmpdir(), 'huiying-web-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>回应</title>');
  writeFileSync(join(folder, 'assets', 'index-3f2a.js'), 'export {}');
  return folder;
}

test('hashed files are kept for a year, the page itself is asked for anew', async () => {
  const { app } = await anOffice({ staticDir: aBuiltApp() });
  const asset = await app.inject({ url: '/assets/index-3f2a.js' });
  expect(asset.statusCode).toBe(200);
  expect(asset.headers['cache-control']).toBe('public, max-age=31536000, immutable');
  for (const url of ['/', '/index.html', '/events/event-1', '/duty?tab=now']) {
    const page = await app.inject({ url });
    expect([url, page.statusCode, page.headers['cache-control']]).toEqual([url, 200, 'no-cache']);
    expect(page.body).toContain('<title>回应</title>');
  }
});

test('the page may run and fetch only what is our own', async () => {
  const { app } = await anOffice({ staticDir: aBuiltApp() });
  const { headers } = await app.inject({ url: '/' });
  const policy = String(headers['content-security-policy']);
  expect(policy).toContain("default-src 'self'");
  expect(policy).toContain("script-src 'self'");
  expect(policy).toContain("style-src 'self'");
  expect(policy).not.toMatch(/unsafe|https?:|upgrade-insecure-requests/);
  expect(headers['strict-transport-security']).toBeUndefined();
  expect(headers['x-content-type-options']).toBe('nosniff');
});

test('an unknown address under the API, the links or the files is not a page', async () => {
  const { app } = await anOffice({ staticDir: aBuiltApp() });
  for (const url of ['/api/v2/x', '/a', '/assets/old-1234.js']) {
    const answer = await app.inject({ url });
    expect([url, answer.statusCode, answer.json().code]).toEqual([url, 404, 'NOT_FOUND']);
  }
  expect((await app.inject({ method: 'POST', url: '/events/event-1' })).statusCode).toBe(404);
});

test('no address leads out of the folder of the app', async () => {
  const staticDir = aBuiltApp();
  writeFileSync(join(staticDir, '..', 'huiying-secret.txt'), 'secret');
  onTestFinished(() => rmSync(join(staticDir, '..', 'huiying-secret.txt')));
  const { app } = await anOffice({ staticDir });
  for (const up of ['..', '%2e%2e', '..%2f.', 'assets/../..', 'assets/%2e%2e/%2e%2e', '..%5c']) {
    const { body } = await app.inject({ url: `/${up}/huiying-secret.txt` });
    expect([up, body.includes('secret')]).toEqual([up, false]);
  }
});

test('without a built app the page says what to run', async () => {
  const { app } = await anOffice();
  const answer = await app.inject({ url: '/' });
  expect(answer.statusCode).toBe(503);
  expect(answer.body).toContain('npm run build');
});
