import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { HttpFetcher } from '../../../ingest/adapters/http-fetcher.ts';

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

/** A real site on this machine that answers for its robots.txt as told, and with a page for all else. */
async function site(robots: RequestListener) {
  const pagesAtMs: number[] = [];
  const server = createServer((request, response) => {
    if (request.url === '/robots.txt') return robots(request, response);
    pagesAtMs.push(performance.now());
    response.end('页');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const fetcher = new HttpFetcher({
    limits: { connectWithinMs: 500, answerWithinMs: 300, bodyWithinMs: 300, mostBytes: 100_000 },
    allowHosts: [`127.0.0.1:${port}`],
    userAgent: 'Huiying/test (+contact)',
    nowMs: Date.now,
  });
  open.push(fetcher, { close: () => server.closeAllConnections() }, server);
  const get = async (path: string) =>
    await fetcher.get({ url: `http://127.0.0.1:${port}${path}`, requestGapMs: 0 });
  return { get, pagesAtMs };
}

test.for([
  {
    what: 'says 503',
    robots: ((_, to) => void to.writeHead(503).end()) as RequestListener,
    problem: 'robots',
  },
  {
    what: 'says 429',
    robots: ((_, to) => void to.writeHead(429, { 'retry-after': '60' }).end()) as RequestListener,
    problem: 'robots',
  },
  {
    what: 'hangs up',
    robots: ((_, to) => void to.destroy()) as RequestListener,
    problem: 'connect',
  },
  { what: 'never answers', robots: (() => undefined) as RequestListener, problem: 'timeout' },
])(
  'a site whose robots.txt $what is not read for now, and the sources page says why',
  async ({ robots, problem }) => {
    const { get, pagesAtMs } = await site(robots);
    expect(await get('/a')).toMatchObject({
      kind: 'failed',
      problem,
      message: expect.stringContaining('robots.txt 暂时读不到'),
    });
    expect(pagesAtMs).toEqual([]);
  },
);

test('a site that asks us through its robots.txt to come later is obeyed', async () => {
  const { get } = await site((_, to) => void to.writeHead(429, { 'retry-after': '60' }).end());
  expect(await get('/a')).toMatchObject({ retryAfterMs: 60_000 });
});

test('a site without robots.txt may be read', async () => {
  const { get } = await site((_, to) => void to.writeHead(404).end('User-agent: *\nDisallow: /'));
  expect(await get('/a')).toMatchObject({ kind: 'ok' });
});

test('a robots.txt beyond all measure counts as far as it was read', async () => {
  const { get } = await site((_, to) =>
    to.end(`User-agent: *\nDisallow: /b\n${'# \n'.repeat(300_000)}`),
  );
  expect(await get('/a')).toMatchObject({ kind: 'ok' });
  expect(await get('/b')).toMatchObject({ kind: 'failed', problem: 'robots' });
});

test('the pause a site asks for is kept', async () => {
  const { get, pagesAtMs } = await site((_, to) => to.end('User-agent: Huiying\nCrawl-delay: 0.2'));
  await get('/a');
  await get('/b');
  const [first = 0, second = 0] = pagesAtMs;
  // Node's timers may fire a millisecond early.
  expect(second - first).toBeGreaterThanOrEqual(195);
});
