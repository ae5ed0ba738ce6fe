import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { TlsOptions } from 'node:tls';
import { afterEach, describe, expect, test } from 'vitest';
import { HttpFetcher } from '../../ingest/adapters/http-fetcher.ts';
import { recordWaiver } from '../../ingest/polling/record-waiver.ts';
import { toRequest } from '../../ingest/to-request.ts';
import { waiverInForce, type TlsWaiver, type TlsWeakness } from '../../ingest/tls-waiver.ts';
import { selfSigned } from '../support/fault-city/self-signed.ts';
import { NOON } from '../support/posts.ts';
import { aPolledSource, aSourceState } from '../support/sources.ts';

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
});

const NAMES = ['office.test', 'other.test'];
const SELF_SIGNED = selfSigned('office.test');
const LONG_OVER = selfSigned('office.test', '210101000000Z');
const OF_ANOTHER = selfSigned('elsewhere.test');
const OLD: TlsOptions = {
  minVersion: 'TLSv1',
  maxVersion: 'TLSv1.1',
  ciphers: 'DEFAULT:@SECLEVEL=0',
};

/** A site on this machine with an encryption of its own, reached under two names. */
async function site(encryption: TlsOptions) {
  let port = 0;
  const server = createServer(encryption, (request, response) => {
    if (request.url === '/robots.txt') response.writeHead(404).end();
    else if (request.url === '/moved')
      response.writeHead(302, { location: `https://other.test:${port}/` }).end();
    else response.end('停水通知');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ({ port } = server.address() as AddressInfo);
  const fetcher = new HttpFetcher({
    limits: { connectWithinMs: 500, answerWithinMs: 500, bodyWithinMs: 500, mostBytes: 100_000 },
    allowHosts: NAMES,
    userAgent: 'Huiying/test (+contact)',
    nowMs: () => NOON.getTime(),
    resolve: async () => [{ address: '127.0.0.1', family: 4 }],
  });
  open.push(fetcher, { close: () => server.closeAllConnections() }, server);
  return async (weaknesses: readonly TlsWeakness[], path = '/') =>
    await fetcher.get({
      url: `https://office.test:${port}${path}`,
      requestGapMs: 0,
      ...(weaknesses.length > 0 && { tlsWaiver: { host: `office.test:${port}`, weaknesses } }),
    });
}

describe('a site with broken encryption', () => {
  test.for([
    { what: '自签名', encryption: SELF_SIGNED, waived: [], said: '证书自签名或签发链不全' },
    {
      what: '自签名',
      encryption: SELF_SIGNED,
      waived: ['expired'],
      said: '证书自签名或签发链不全',
    },
    { what: '还过期了', encryption: LONG_OVER, waived: ['untrusted'], said: '证书过期' },
    { what: '还是别人的', encryption: OF_ANOTHER, waived: ['untrusted'], said: '证书与域名不符' },
    {
      what: '协议太旧',
      encryption: { ...SELF_SIGNED, ...OLD },
      waived: ['untrusted'],
      said: '加密协议或算法过旧',
    },
  ] as const)('$what, waived $waived: is not read, and the screen says $said', async (given) => {
    const get = await site(given.encryption);
    const result = await get(given.waived);
    expect(result).toMatchObject({ kind: 'failed', problem: 'tls' });
    expect(result.kind === 'failed' && result.message).toContain(given.said);
    expect(result.kind === 'failed' && result.message).toContain('tlsWaiver');
  });

  test.for([
    { what: '自签名', encryption: SELF_SIGNED, waived: ['untrusted'] },
    { what: '过期', encryption: LONG_OVER, waived: ['untrusted', 'expired'] },
    { what: '别人的', encryption: OF_ANOTHER, waived: ['untrusted', 'nameMismatch'] },
    { what: '旧', encryption: { ...SELF_SIGNED, ...OLD }, waived: ['oldProtocol', 'untrusted'] },
  ] as const)('$what is read when exactly that is waived', async ({ encryption, waived }) => {
    const get = await site(encryption);
    const result = await get(waived);
    expect(result).toMatchObject({ kind: 'ok' });
    expect(result.kind === 'ok' && Buffer.from(result.bytes).toString()).toBe('停水通知');
  });

  test('stays closed for everybody else while a line to it is open under a waiver', async () => {
    const get = await site(SELF_SIGNED);
    expect(await get(['untrusted'])).toMatchObject({ kind: 'ok' });
    expect(await get([])).toMatchObject({ kind: 'failed', problem: 'tls' });
    expect(await get(['expired'])).toMatchObject({ kind: 'failed', problem: 'tls' });
  });

  test('loses its waiver where it redirects to another host', async () => {
    const get = await site(SELF_SIGNED);
    expect(await get(['untrusted'], '/moved')).toMatchObject({ kind: 'failed', problem: 'tls' });
  });
});

const waiver: TlsWaiver = {
  weaknesses: ['expired'],
  reason: '县局网站证书过期，已电话核实',
  by: '信息中心 李主任',
  until: '2026-03-02',
};
const sourceWith = (tlsWaiver?: TlsWaiver) =>
  aPolledSource({
    id: 'city-daily',
    name: '霖江日报',
    kind: 'newspaper',
    inputPath: 'rss',
    mediaTier: 'M3',
    url: 'https://daily.test/rss.xml',
    reader: { kind: 'feed' },
    ...(tlsWaiver && { tlsWaiver }),
  });

describe('a waiver', () => {
  test('holds to the end of its last Beijing day', () => {
    expect(waiverInForce(waiver, new Date('2026-03-02T15:59:59Z'))).toEqual(waiver);
    expect(waiverInForce(waiver, new Date('2026-03-02T16:00:00Z'))).toBeUndefined();
  });

  test('goes along with what is asked of the source’s own host, and names it', () => {
    const { tlsWaiver } = toRequest(sourceWith(waiver), 'https://elsewhere.test/a', NOON);
    expect(tlsWaiver).toEqual({ host: 'daily.test', weaknesses: ['expired'] });
    expect(toRequest(sourceWith(), 'https://daily.test/a', NOON)).not.toHaveProperty('tlsWaiver');
  });

  test('is in the operation record when it is first used, changed and over, and only then', () => {
    const first = recordWaiver(aSourceState(), sourceWith(waiver), NOON)!;
    expect(first.effects).toMatchObject([
      {
        topic: 'audit',
        body: {
          act: '启用证书例外',
          target: 'source:city-daily',
          detail: expect.stringContaining('信息中心 李主任'),
        },
      },
    ]);
    expect(recordWaiver(first, sourceWith(waiver), NOON)).toBeUndefined();
    const wider: TlsWaiver = { ...waiver, weaknesses: ['expired', 'untrusted'] };
    const acts = [
      recordWaiver(first, sourceWith(wider), NOON),
      recordWaiver(first, sourceWith(), NOON),
      recordWaiver(first, sourceWith(waiver), new Date('2026-03-02T16:00:00Z')),
    ].map((state) => (state?.effects.at(-1)?.body as { act?: string } | undefined)?.act);
    expect(acts).toEqual(['更改证书例外', '停用证书例外', '停用证书例外']);
  });
});
