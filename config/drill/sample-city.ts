import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { digestOf } from '#core';
import {
  articleOf,
  escapeHtml,
  feedOf,
  hotListOf,
  listOf,
  pathOf,
  type CityMoment,
} from './city-pages.ts';
import { encodeGb2312 } from './gb2312.ts';
import { itemsAt, type DrillSite, type Scenario } from './scenario.ts';

export interface SampleCitySettings {
  readonly scenario: Scenario;
  /** Minutes of drill time since the scenario began. */
  readonly elapsedMinutes: () => number;
  /** Drill time of minute 0. */
  readonly startedAt: Date;
  /** Ports by site id, and `index`; any free one where absent. */
  readonly ports?: Readonly<Record<string, number>>;
}

export interface SampleCity {
  readonly urls: {
    /** A page for people that lists the sites. */
    readonly index: string;
    /** What a reader polls, by site id: feed, list page, board, hot list. */
    readonly sites: Readonly<Record<string, string>>;
  };
  close(): Promise<void>;
}

interface Answer {
  readonly type: string;
  readonly body: Buffer;
  readonly isGzipped?: boolean;
}

const HOST = '127.0.0.1';
/** Where each kind of site is polled. */
const ENTRANCES = {
  feed: '/rss.xml',
  noticeList: '/tzgg/index.html',
  board: '/forum/index.html',
  hotList: '/api/hot.json',
} as const;
const HOSTILE_BYTES = 5 * 1024 * 1024;
const BOMB_BYTES = 200 * 1024 * 1024;

/** 样例城市: the sites of a scenario, on real HTTP of this machine only, one port each. */
export async function startSampleCity(settings: SampleCitySettings): Promise<SampleCity> {
  const { scenario, ports = {} } = settings;
  const servers: Server[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(servers.map(stop));
  };
  try {
    const sites: Record<string, string> = {};
    for (const site of scenario.sites) {
      const server = createServer((request, response) =>
        serveSite(settings, site, request, response),
      );
      servers.push(server);
      sites[site.id] = `${await listen(server, ports[site.id] ?? 0)}${ENTRANCES[site.kind]}`;
    }
    const page = indexOf(scenario, sites);
    const index = createServer((request, response) =>
      send(request, response, { type: 'text/html; charset=utf-8', body: Buffer.from(page) }),
    );
    servers.push(index);
    return { urls: { index: `${await listen(index, ports['index'] ?? 0)}/`, sites }, close };
  } catch (cause) {
    await close();
    throw cause;
  }
}

/** Address of one item of the city. @throws {RangeError} when there is none of this id */
export function pageIn({ urls }: SampleCity, { items, sites }: Scenario, itemId: string): string {
  const item = items.find(({ id }) => id === itemId);
  const site = sites.find(({ id }) => id === item?.site);
  const entrance = site && urls.sites[site.id];
  if (!item || !entrance) throw new RangeError(`no item ${itemId} in the city`);
  return new URL(pathOf(site, item), entrance).href;
}

function serveSite(
  settings: SampleCitySettings,
  site: DrillSite,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const elapsed = settings.elapsedMinutes();
  const outage = site.outages.find(({ from, to }) => elapsed >= from && elapsed < to);
  if (outage) {
    response.writeHead(outage.status, { 'content-type': 'text/plain; charset=utf-8' });
    response.end('服务暂时不可用');
    return;
  }
  const { port } = request.socket.address() as { port: number };
  const moment: CityMoment = { ...settings, site, elapsed, origin: `http://${HOST}:${port}` };
  const path = new URL(request.url ?? '/', moment.origin).pathname;
  send(request, response, answerTo(moment, path));
}

/** What a site answers at a path; undefined where it has nothing. Decided by the moment alone. */
function answerTo(moment: CityMoment, path: string): Answer | undefined {
  const { site, scenario, elapsed } = moment;
  if (path === '/robots.txt') {
    return { type: 'text/plain; charset=utf-8', body: Buffer.from('User-agent: *\nAllow: /\n') };
  }
  if (path === ENTRANCES[site.kind] || path === '/') return entranceOf(moment);
  const item = itemsAt(scenario, site.id, elapsed).find((one) => pathOf(site, one) === path);
  if (!item) return undefined;
  if (item.hostile === 'gzipBomb') return gzipBomb();
  const page = articleOf(moment, item);
  if (item.hostile !== 'nestedTags') return htmlOf(site, page);
  const nested = '<div><b>'.repeat(HOSTILE_BYTES / '<div><b>'.length);
  return htmlOf(site, page.replace('<div class="content">', `<div class="content">${nested}`));
}

function entranceOf(moment: CityMoment): Answer {
  const { kind } = moment.site;
  if (kind === 'feed') {
    return { type: 'application/rss+xml; charset=utf-8', body: Buffer.from(feedOf(moment)) };
  }
  if (kind === 'hotList') {
    return { type: 'application/json; charset=utf-8', body: Buffer.from(hotListOf(moment)) };
  }
  return htmlOf(moment.site, listOf(moment));
}

/** The government list says its charset only in the page, as such sites do. */
function htmlOf(site: DrillSite, html: string): Answer {
  return site.kind === 'noticeList'
    ? { type: 'text/html', body: encodeGb2312(html) }
    : { type: 'text/html; charset=utf-8', body: Buffer.from(html) };
}

let bomb: Buffer | undefined;
function gzipBomb(): Answer {
  bomb ??= gzipSync(Buffer.alloc(BOMB_BYTES, '<p>大</p>'));
  return { type: 'text/html; charset=utf-8', body: bomb, isGzipped: true };
}

function send(request: IncomingMessage, response: ServerResponse, answer?: Answer): void {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.writeHead(405, { allow: 'GET, HEAD' }).end();
    return;
  }
  if (!answer) {
    response.writeHead(404, { 'content-type': 'text/plain; charset=utf-8' }).end('没有这个页面');
    return;
  }
  const etag = `"${digestOf(answer.body).slice(0, 32)}"`;
  if (request.headers['if-none-match'] === etag) {
    response.writeHead(304, { etag }).end();
    return;
  }
  response.writeHead(200, {
    'content-type': answer.type,
    'content-length': answer.body.length,
    etag,
    'cache-control': 'no-cache',
    ...(answer.isGzipped && { 'content-encoding': 'gzip' }),
  });
  response.end(request.method === 'HEAD' ? undefined : answer.body);
}

function indexOf({ sites, title }: Scenario, urls: Readonly<Record<string, string>>): string {
  const rows = sites.map(({ id, name }) => {
    const url = escapeHtml(urls[id] ?? '');
    return `<li><a href="${url}">${escapeHtml(name)}</a></li>`;
  });
  return `<!DOCTYPE html><html lang="zh-CN"><meta charset="utf-8"><title>演练 · 样例城市</title><h1>演练 · 样例城市</h1><p>${escapeHtml(title)}。以下网站只在本机，内容均为虚构。</p><ul>${rows.join('')}</ul></html>`;
}

async function listen(server: Server, port: number): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, HOST, resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the site has no port');
  return `http://${HOST}:${address.port}`;
}

async function stop(server: Server): Promise<void> {
  server.closeAllConnections();
  if (!server.listening) return;
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
  });
}
