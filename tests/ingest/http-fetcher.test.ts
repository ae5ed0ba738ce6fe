import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, expect, test } from 'vitest';
import { isPrivateAddress } from '../../ingest/adapters/address-guard.ts';
import { HttpFetcher } from '../../ingest/adapters/http-fetcher.ts';

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

/** A real site on this machine, and a fetcher that may read it; limits short, so that tests are. */
async function site(
  answer: RequestListener,
  { isAllowed = true, nowMs = Date.now }: { isAllowed?: boolean; nowMs?: () => number } = {},
) {
  const server: Server = createServer((request, response) => {
    if (request.url === '/robots.txt') {
      response.setHeader('content-type', 'text/plain');
      response.end('User-agent: *\nDisallow: /forbidden');
      return;
    }
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const fetcher = new HttpFetcher({
    limits: { connectWithinMs: 500, answerWithinMs: 300, bodyWithinMs: 300, mostBytes: 100_000 },
    allowHosts: isAllowed ? [`127.0.0.1:${port}`, 'intranet.test'] : [],
    userAgent: 'Huiying/test (+contact)',
    nowMs,
    resolve: async () => [{ address: '127.0.0.1', family: 4 }],
  });
  open.push(fetcher, { close: () => server.closeAllConnections() }, server);
  const origin = `http://127.0.0.1:${port}`;
  return {
    origin,
    getByName: async (name: string) =>
      await fetcher.get({ url: `http://${name}:${port}/`, requestGapMs: 0 }),
    get: async (path: string, more: { etag?: string } = {}) =>
      await fetcher.get({ url: `${origin}${path}`, requestGapMs: 0, ...more }),
  };
}

test('a page comes back as bytes, unpacked, asked for under an honest name', async () => {
  let agent = '';
  const { get } = await site((request, response) => {
    agent = request.headers['user-agent'] ?? '';
    response.writeHead(200, { 'content-encoding': 'gzip', etag: '"1"' });
    response.end(gzipSync('停水通知'));
  });
  const result = await get('/a');
  expect(result).toMatchObject({ kind: 'ok', etag: '"1"' });
  expect(result.kind === 'ok' && Buffer.from(result.bytes).toString()).toBe('停水通知');
  expect(agent).toContain('contact');
});

test('an unchanged page is a fact of its own', async () => {
  const { get } = await site((request, response) => {
    response.writeHead(request.headers['if-none-match'] === '"1"' ? 304 : 200);
    response.end();
  });
  expect(await get('/a', { etag: '"1"' })).toEqual({ kind: 'notModified' });
});

test('a body that unpacks to more than the cap is cut off and kept for the quarantine', async () => {
  const bomb = gzipSync(Buffer.alloc(50_000_000, 'a'));
  const { get } = await site((_request, response) => {
    response.writeHead(200, { 'content-encoding': 'gzip' });
    response.end(bomb);
  });
  const result = await get('/bomb');
  expect(result).toMatchObject({ kind: 'failed', problem: 'tooLarge' });
  expect(result.kind === 'failed' && (result.bytes?.byteLength ?? 0)).toBeLessThanOrEqual(100_000);
});

test.for([
  { what: 'that never answers', answer: () => undefined },
  {
    what: 'that stops in the middle of its body',
    answer: ((_request, response) => {
      response.writeHead(200);
      response.write('半');
    }) satisfies RequestListener,
  },
])('a site $what is a timeout, said in words', async ({ answer }) => {
  const { get } = await site(answer);
  expect(await get('/slow')).toMatchObject({
    kind: 'failed',
    problem: 'timeout',
    message: expect.stringContaining('超时'),
  });
});

test('a redirect to a private address is refused at that hop', async () => {
  const { get } = await site((_request, response) => {
    response.writeHead(302, { location: 'http://10.0.0.1/admin' });
    response.end();
  });
  expect(await get('/to-inside')).toMatchObject({ kind: 'failed', problem: 'address' });
});

test('this machine is not read unless an administrator allowed it', async () => {
  const { get } = await site((_request, response) => response.end('x'), { isAllowed: false });
  expect(await get('/')).toMatchObject({ kind: 'failed', problem: 'address' });
});

test('a name that leads inside is refused, unless an administrator allowed that name', async () => {
  const { getByName } = await site((_request, response) => response.end('x'));
  expect(await getByName('intranet.test')).toMatchObject({ kind: 'ok' });
  expect(await getByName('trap.test')).toMatchObject({ kind: 'failed', problem: 'address' });
});

test('robots.txt is obeyed', async () => {
  const { get } = await site((_request, response) => response.end('x'));
  expect(await get('/forbidden/page')).toMatchObject({ kind: 'failed', problem: 'robots' });
});

test('a site that says 429 is left alone for as long as it asks', async () => {
  const { get } = await site((_request, response) => {
    response.writeHead(429, { 'retry-after': '120' });
    response.end();
  });
  expect(await get('/a')).toMatchObject({
    problem: 'blocked',
    retryAfterMs: 120_000,
    wantsRest: true,
  });
});

test.for([
  { status: 429, wantsRest: true },
  { status: 503, wantsRest: true },
  { status: 403, wantsRest: undefined },
  { status: 500, wantsRest: undefined },
])('a bare $status asks to be left alone: $wantsRest', async ({ status, wantsRest }) => {
  const { get } = await site((_request, response) => response.writeHead(status).end());
  const result = await get('/a');
  expect(result.kind === 'failed' && result.wantsRest).toBe(wantsRest);
});

test.for([
  { written: '120', waitMs: 120_000 },
  { written: 'Mon, 02 Mar 2026 04:30:00 GMT', waitMs: 30 * 60_000 },
  { written: 'Mon, 02 Mar 2026 03:00:00 GMT', waitMs: undefined },
  { written: '31536000', waitMs: 24 * 3_600_000 },
  { written: 'soon', waitMs: undefined },
])('Retry-After: $written is a wait of $waitMs ms', async ({ written, waitMs }) => {
  const { get } = await site(
    (_request, response) => response.writeHead(503, { 'retry-after': written }).end(),
    { nowMs: () => Date.parse('2026-03-02T04:00:00Z') },
  );
  const result = await get('/a');
  expect(result).toMatchObject({ kind: 'failed', problem: 'status' });
  expect(result.kind === 'failed' && result.retryAfterMs).toBe(waitMs);
});

test('broken compression is the page’s fault, and said so', async () => {
  const { get } = await site((_request, response) => {
    response.writeHead(200, { 'content-encoding': 'gzip' });
    response.end('not gzip at all');
  });
  expect(await get('/a')).toMatchObject({ kind: 'failed', problem: 'encoding' });
});

test.for([
  ['127.0.0.1', true],
  ['10.1.2.3', true],
  ['100.64.0.1', true],
  ['169.254.169.254', true],
  ['::1', true],
  ['::ffff:192.168.0.1', true],
  ['fd00::1', true],
  ['not an address', true],
  ['93.184.216.34', false],
  ['2606:2800:220:1::1', false],
] as const)('%s counts as private: %s', ([address, isPrivate]) => {
  expect(isPrivateAddress(address)).toBe(isPrivate);
});
