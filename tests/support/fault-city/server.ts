import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { beijingMinute, digestOf } from '#core';
import { encodeAs } from '../encode.ts';
import type { Fault } from './kinds.ts';
import { selfSigned } from './self-signed.ts';
import { shownAt, type Item, type Site } from './site.ts';

interface FaultServerDeps {
  readonly siteOf: (host: string) => Site | undefined;
  readonly now: () => Date;
  readonly hourOf: () => number;
  readonly isOut: () => boolean;
}

const BOMB = gzipSync(Buffer.alloc(50_000_000));
const PIECES = 4;
const PIECE_GAP_MS = 15;
const DRIP_GAP_MS = 50;

/** All sites of the city behind one loopback port, and behind another with a certificate nobody vouches for. */
export async function startFaultServer(deps: FaultServerDeps) {
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    void answerAs(request, response, deps);
  };
  const plain = createServer(answer);
  const tls = createTlsServer(selfSigned('self-signed.test'), answer);
  return {
    port: await listen(plain),
    tlsPort: await listen(tls),
    close: async () => {
      for (const server of [plain, tls]) {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
    },
  };
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

async function answerAs(
  request: IncomingMessage,
  response: ServerResponse,
  { siteOf, now, hourOf, isOut }: FaultServerDeps,
): Promise<void> {
  const [host = '', port = ''] = (request.headers.host ?? '').split(':');
  const path = request.url ?? '/';
  const site = siteOf(host);
  if (isOut() || !site) return void request.socket.destroy();
  if (path === '/robots.txt') return void response.writeHead(404).end();
  const at = now();
  const item = itemAt(site, path);
  const fault = faultOf(site, path, hourOf());
  const isMoved = host.startsWith('new-');
  if (!isMoved) site.requests.push({ at: at.getTime(), fault });
  const page = item ? articlePage(item) : listingOf(site, at, `http://${host}:${port}`);
  const body = encoded(page, site);
  const sent = (wholePage = false): void => {
    if (item && !site.articleAt.has(path)) site.articleAt.set(path, at.getTime());
    if (!item) site.servings.push({ at: at.getTime(), items: shownAt(site, at), wholePage });
  };
  const type = site.kind.page === 'feed' && !item ? 'application/rss+xml' : 'text/html';
  const charset = site.kind.encoding ?? 'utf-8';
  response.setHeader('content-type', `${type}; charset=${charset}`);
  if (fault === undefined || isMoved) {
    const etag = `"${digestOf(page).slice(0, 12)}"`;
    if (site.kind.hasEtag) response.setHeader('etag', etag);
    if (site.kind.hasEtag && request.headers['if-none-match'] === etag) {
      return void response.writeHead(304).end();
    }
    response.end(body, () => sent());
    return;
  }
  await fail(fault, request, response, { body, host, port, sent });
}

const itemAt = ({ items }: Site, path: string): Item | undefined =>
  items.find((one) => one.path === path);

/** What goes wrong at an hour with one of a site's pages. */
export function faultOf(site: Site, path: string, hour: number): Fault | undefined {
  const item = itemAt(site, path);
  return item ? site.kind.articleFault?.(hour, item.number) : site.kind.fault?.(hour);
}

async function fail(
  fault: Fault,
  request: IncomingMessage,
  response: ServerResponse,
  page: {
    readonly body: Uint8Array;
    readonly host: string;
    readonly port: string;
    readonly sent: (wholePage?: boolean) => void;
  },
): Promise<void> {
  const { body, host, port, sent } = page;
  if (typeof fault === 'object') {
    const { location, ...others } = fault.headers ?? {};
    const to = location === 'moved' ? `http://new-${host}:${port}/` : location;
    response.writeHead(fault.status, { ...others, ...(to !== undefined && { location: to }) });
    return void response.end();
  }
  switch (fault) {
    case 'hang':
      return;
    case 'refuse':
      return void request.socket.destroy();
    case 'halfPage':
      response.writeHead(200, { 'content-length': body.byteLength });
      response.write(body.subarray(0, body.byteLength / 2), () => request.socket.destroy());
      return;
    case 'slow':
      for (let piece = 0; piece < PIECES; piece += 1) {
        const size = Math.ceil(body.byteLength / PIECES);
        response.write(body.subarray(piece * size, (piece + 1) * size));
        await pause(PIECE_GAP_MS);
      }
      return void response.end(() => sent());
    case 'drip':
      while (!response.destroyed) {
        response.write('<');
        await pause(DRIP_GAP_MS);
      }
      return;
    case 'bomb':
      response.setHeader('content-encoding', 'gzip');
      // It is cut off on the other side, and kept there as one thing.
      sent(true);
      return void response.end(BOMB);
    case 'otherPage':
      return void response.end('<html><body><p>系统维护中</p></body></html>', () => sent(true));
    default:
      fault satisfies never;
  }
}

function encoded(page: string, { kind }: Site): Uint8Array {
  return kind.encoding ? encodeAs(page, 'gb18030') : Buffer.from(page);
}

const articlePage = ({ title, text }: Item): string =>
  `<html><head><title>${title}</title></head><body><h1>${title}</h1><article>${escaped(text)}</article></body></html>`;

function listingOf(site: Site, at: Date, origin: string): string {
  const items = shownAt(site, at);
  if (site.kind.page === 'list') {
    const rows = items.map(
      ({ path, title, at: itemAt }) =>
        `<li><a href="${path}">${title}</a><time>${beijingMinute(itemAt).slice(5)}</time></li>`,
    );
    return `<html><body><ul>${rows.join('')}</ul></body></html>`;
  }
  const entries = items.map(({ path, title, text, published }) => {
    const written = site.kind.isBrokenXml ? text : escaped(text);
    const guid = site.kind.guid ?? `${origin}${path}`;
    return `<item><title>${title}</title><link>${origin}${path}</link><guid>${guid}</guid><pubDate>${published}</pubDate><description>${written}</description></item>`;
  });
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>${site.source.name}</title><link>${origin}</link><description>d</description>${entries.join('')}</channel></rss>`;
}

const escaped = (text: string): string => text.replaceAll('&', '&amp;');
