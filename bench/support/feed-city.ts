import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { feedOf, ITEMS_OF_FEED, makeTexts } from './feed-pages.ts';

/**
 * Ten thousand sites behind one loopback port, in a process of their own: what they cost is not the product's. Told
 * `publish`, every third site has one item more. Every second one says when it did not change.
 */
const texts = makeTexts();
const at = new Date();
let published = 0;

const server = createServer((request, response) => {
  if (request.url === '/robots.txt') {
    response.writeHead(200, { 'content-type': 'text/plain' });
    response.end('User-agent: *\nDisallow: /admin/\n');
    return;
  }
  const site = Number(/^s(\d+)\./.exec(request.headers.host ?? '')?.[1]);
  const newest = ITEMS_OF_FEED + (site % 3 === 0 ? published : 0);
  const etag = `"${newest}"`;
  const saysUnchanged = site % 2 === 0;
  if (saysUnchanged && request.headers['if-none-match'] === etag) {
    response.writeHead(304, { etag });
    response.end();
    return;
  }
  response.writeHead(200, {
    'content-type': 'application/rss+xml; charset=utf-8',
    'content-encoding': 'gzip',
    ...(saysUnchanged && { etag }),
  });
  response.end(gzipSync(feedOf(texts, site, newest, at), { level: 1 }));
});
server.listen(0, '127.0.0.1', () => process.send?.((server.address() as AddressInfo).port));
process.on('message', () => void (published += 1));
process.on('disconnect', () => process.exit(0));
