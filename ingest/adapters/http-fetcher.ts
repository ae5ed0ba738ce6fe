import type { Readable } from 'node:stream';
import {
  createBrotliDecompress,
  createGunzip,
  createInflate,
  type BrotliDecompress,
  type Gunzip,
  type Inflate,
} from 'node:zlib';
import { Agent, request as httpRequest } from 'undici';
import { DAY_MS, messageOf } from '#core';
import type { Fetcher, FetchRequest, FetchResult } from '../ports.ts';
import type { FetchProblem } from '../source-state.ts';
import { decodeText } from '../text/decode-text.ts';
import { readRetryAfter } from '../polling/retry-after.ts';
import { parseRobots, productToken, type Robots } from '../polling/robots.ts';
import { AddressRefused, guardedLookup, isPrivateAddress, type Resolve } from './address-guard.ts';
import { Pace } from './pace.ts';

export interface FetcherLimits {
  readonly connectWithinMs: number;
  readonly answerWithinMs: number;
  readonly bodyWithinMs: number;
  /** On the wire, and again after decompression. */
  readonly mostBytes: number;
}

export interface HttpFetcherOptions {
  readonly limits: FetcherLimits;
  /** host or host:port of the intranet that may be read. */
  readonly allowHosts: readonly string[];
  /** Says honestly who asks and how to reach them. */
  readonly userAgent: string;
  readonly nowMs: () => number;
  /** Addresses of a name; the system's own answer unless a trial brings its names along. */
  readonly resolve?: Resolve;
}

const MOST_REDIRECTS = 5;
const ROBOTS_BYTES = 500 * 1_024;
/** A site may ask for a longer pause than the source's, but not to be read once a week. */
const MOST_CRAWL_DELAY_MS = 60_000;

/** A failure on the way, with the class the sources page shows. */
class FetchFailed extends Error {
  readonly problem: FetchProblem;
  readonly retryAfterMs: number | undefined;
  readonly bytes: Uint8Array | undefined;

  constructor(
    problem: FetchProblem,
    message: string,
    more: { retryAfterMs?: number; bytes?: Uint8Array } = {},
  ) {
    super(message);
    this.problem = problem;
    this.retryAfterMs = more.retryAfterMs;
    this.bytes = more.bytes;
  }
}

interface Answer {
  readonly status: number;
  readonly headers: Record<string, string | string[] | undefined>;
  readonly bytes: Uint8Array;
  readonly finalUrl: URL;
}

/** Fetches over HTTP with manners (pace, robots, honest name) and armour (addresses, sizes, times). */
export class HttpFetcher implements Fetcher {
  readonly #options: HttpFetcherOptions;
  readonly #allowedNames: ReadonlySet<string | undefined>;
  readonly #agent: Agent;
  readonly #pace: Pace;
  readonly #robots = new Map<string, { readonly rules: Robots; readonly untilMs: number }>();

  constructor(options: HttpFetcherOptions) {
    this.#options = options;
    this.#allowedNames = new Set(options.allowHosts.map((host) => host.split(':')[0]));
    this.#pace = new Pace(options.nowMs);
    const { limits } = options;
    this.#agent = new Agent({
      connections: 1,
      pipelining: 1,
      headersTimeout: limits.answerWithinMs,
      bodyTimeout: limits.bodyWithinMs,
      connect: {
        timeout: limits.connectWithinMs,
        lookup: guardedLookup((host) => this.#isAllowedName(host), options.resolve) as never,
      },
    });
  }

  async get(request: FetchRequest): Promise<FetchResult> {
    try {
      const url = new URL(request.url);
      const requestGapMs = await this.#obeyRobots(url, request.requestGapMs);
      const { mostBytes } = this.#options.limits;
      const answer = await this.#follow(url, { ...request, requestGapMs }, mostBytes);
      return toResult(answer, this.#options.nowMs());
    } catch (error) {
      const { problem, message, retryAfterMs, bytes } = this.#understand(error);
      return {
        kind: 'failed',
        problem,
        message,
        ...(retryAfterMs !== undefined && { retryAfterMs }),
        ...(bytes && { bytes }),
      };
    }
  }

  async close(): Promise<void> {
    this.#pace.close();
    await this.#agent.destroy();
  }

  async #follow(start: URL, request: FetchRequest, mostBytes: number): Promise<Answer> {
    let url = start;
    for (let hop = 0; hop <= MOST_REDIRECTS; hop += 1) {
      const at = url;
      const answer = await this.#pace.run(
        at,
        request.requestGapMs,
        async () => await this.#once(at, request, mostBytes),
      );
      const location = answer.headers['location'];
      if (answer.status < 300 || answer.status >= 400 || answer.status === 304 || !location) {
        return answer;
      }
      // Each hop is checked like the first: a redirect is somebody else's address.
      url = new URL(String(location), at);
    }
    throw new FetchFailed('status', `转址超过 ${MOST_REDIRECTS} 次`);
  }

  async #once(url: URL, request: FetchRequest, mostBytes: number): Promise<Answer> {
    this.#checkAddress(url);
    const signal = AbortSignal.timeout(
      this.#options.limits.answerWithinMs + this.#options.limits.bodyWithinMs,
    );
    const response = await httpRequest(url, {
      dispatcher: this.#agent,
      signal,
      headers: {
        'user-agent': this.#options.userAgent,
        accept: 'application/rss+xml, application/atom+xml, application/json, text/html, */*;q=0.5',
        'accept-encoding': 'gzip, br, deflate',
        'accept-language': 'zh-CN,zh;q=0.9',
        ...(request.etag && { 'if-none-match': request.etag }),
        ...(request.lastModified && { 'if-modified-since': request.lastModified }),
      },
    });
    const encoding = String(response.headers['content-encoding'] ?? '');
    const bytes = await readCapped(response.body, encoding, mostBytes);
    return { status: response.statusCode, headers: response.headers, bytes, finalUrl: url };
  }

  #checkAddress(url: URL): void {
    if (url.protocol !== 'http:' && url.protocol !== 'https:') {
      throw new FetchFailed('address', `不读 ${url.protocol} 地址`);
    }
    const host = url.hostname.replace(/^\[|\]$/g, '');
    const isLiteral = /^[\d.]+$/.test(host) || host.includes(':');
    // A lookup hook never sees an address that is written as numbers.
    if (isLiteral && isPrivateAddress(host) && !this.#isAllowedUrl(url)) {
      throw new FetchFailed('address', `${host} 是内网地址，不在允许名单里`);
    }
  }

  #isAllowedUrl(url: URL): boolean {
    const { allowHosts } = this.#options;
    return allowHosts.includes(url.host) || allowHosts.includes(url.hostname);
  }

  #isAllowedName(hostname: string): boolean {
    return this.#allowedNames.has(hostname);
  }

  /**
   * RFC 9309: no robots.txt allows all; one that cannot be read because of the server forbids for now.
   *
   * @returns the gap to keep, ms: the source's, or the longer one the site asks for
   */
  async #obeyRobots(url: URL, gapMs: number): Promise<number> {
    const { nowMs, userAgent } = this.#options;
    let known = this.#robots.get(url.origin);
    if (!known || known.untilMs < nowMs()) {
      const rules = parseRobots(await this.#readRobots(url, gapMs));
      known = { rules, untilMs: nowMs() + DAY_MS };
      this.#robots.set(url.origin, known);
    }
    const agent = productToken(userAgent);
    if (!known.rules.isAllowed(url.href, agent)) {
      throw new FetchFailed('robots', '对方 robots.txt 不允许采集这个地址');
    }
    const delayMs = known.rules.crawlDelayMs(agent) ?? 0;
    return Math.max(gapMs, Math.min(delayMs, MOST_CRAWL_DELAY_MS));
  }

  async #readRobots(url: URL, gapMs: number): Promise<string> {
    const notNow = (why: string): string => `robots.txt 暂时读不到（${why}），按规定先不采集`;
    const at = new URL('/robots.txt', url.origin);
    let bytes: Uint8Array;
    try {
      const answer = await this.#follow(at, { url: at.href, requestGapMs: gapMs }, ROBOTS_BYTES);
      const { status } = answer;
      if (status >= 500 || status === 429) {
        throw new FetchFailed(
          'robots',
          notNow(String(status)),
          retryAfter(answer.headers, this.#options.nowMs()),
        );
      }
      if (status >= 300) return '';
      bytes = answer.bytes;
    } catch (error) {
      const failed = this.#understand(error);
      if (failed.problem === 'robots' || failed.problem === 'address') throw failed;
      // A longer one counts as far as it was read.
      if (failed.problem !== 'tooLarge' || !failed.bytes) {
        throw new FetchFailed(failed.problem, notNow(failed.message));
      }
      bytes = failed.bytes;
    }
    const decoded = decodeText(bytes, 'text/plain');
    return decoded.kind === 'text' ? decoded.text : '';
  }

  #understand(error: unknown): FetchFailed {
    if (error instanceof FetchFailed) return error;
    const { limits } = this.#options;
    const thrown = error as { code?: string | number; name?: string; cause?: { code?: string } };
    // A DOMException's code is a number that says nothing; its name does.
    const own = typeof thrown.code === 'string' ? thrown.code : thrown.cause?.code;
    const code = own ?? thrown.name ?? '';
    const seconds = (ms: number): string => `${ms / 1000} 秒`;
    if (error instanceof AddressRefused || code === 'ADDRESS_REFUSED') {
      return new FetchFailed('address', '域名指向内网地址，不在允许名单里');
    }
    if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return new FetchFailed('dns', '域名解析不了');
    if (code === 'UND_ERR_CONNECT_TIMEOUT') {
      return new FetchFailed('timeout', `连接超时（${seconds(limits.connectWithinMs)}）`);
    }
    if (code === 'UND_ERR_HEADERS_TIMEOUT') {
      return new FetchFailed('timeout', `等待回答超时（${seconds(limits.answerWithinMs)}）`);
    }
    if (code === 'UND_ERR_BODY_TIMEOUT' || code === 'TimeoutError' || code === 'AbortError') {
      return new FetchFailed('timeout', `接收正文超时（${seconds(limits.bodyWithinMs)}）`);
    }
    if (/CERT|SSL|TLS|SELF_SIGNED|UNABLE_TO/.test(code)) {
      return new FetchFailed('tls', `证书或加密有问题（${code}）`);
    }
    // Broken compression is the page's fault, not the network's.
    if (code.startsWith('Z_') || code.startsWith('ERR__ERROR_FORMAT')) {
      return new FetchFailed('encoding', '压缩内容已损坏，解不开');
    }
    if (code === 'ERR_INVALID_URL') return new FetchFailed('address', '地址写得不对');
    return new FetchFailed('connect', `连不上（${code || messageOf(error)}）`);
  }
}

function toResult({ status, headers, bytes, finalUrl }: Answer, nowMs: number): FetchResult {
  const header = (name: string): string | undefined => {
    const value = headers[name];
    return value === undefined ? undefined : String(value);
  };
  if (status === 304) return { kind: 'notModified' };
  if (status === 403 || status === 429) {
    const message = `对方拒绝访问（${status}），已停止并稍后再试`;
    throw new FetchFailed('blocked', message, retryAfter(headers, nowMs));
  }
  if (status < 200 || status >= 300) {
    throw new FetchFailed('status', `对方回答 ${status}`, retryAfter(headers, nowMs));
  }
  return {
    kind: 'ok',
    bytes,
    contentType: header('content-type') ?? '',
    finalUrl: finalUrl.href,
    etag: header('etag'),
    lastModified: header('last-modified'),
  };
}

function retryAfter(headers: Answer['headers'], nowMs: number): { readonly retryAfterMs?: number } {
  const retryAfterMs = readRetryAfter(String(headers['retry-after'] ?? ''), nowMs);
  return retryAfterMs === undefined ? {} : { retryAfterMs };
}

/** Reads a body with a cap on what comes over the wire and on what it unpacks to. */
async function readCapped(
  body: Readable,
  encoding: string,
  mostBytes: number,
): Promise<Uint8Array> {
  const unpacked = unpack(body, encoding, mostBytes);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of unpacked) {
    const part = chunk as Uint8Array;
    size += part.byteLength;
    if (size > mostBytes) {
      body.destroy();
      const kept = Buffer.concat(chunks).subarray(0, mostBytes);
      throw new FetchFailed(
        'tooLarge',
        `内容超过 ${Math.round(mostBytes / 1_000_000)} MB，已截断隔离`,
        { bytes: kept },
      );
    }
    chunks.push(part);
  }
  return Buffer.concat(chunks);
}

function unpack(body: Readable, encoding: string, mostBytes: number): Readable {
  const unpacker = unpackerFor(encoding);
  if (!unpacker) return body;
  let wire = 0;
  body.on('data', (chunk: Uint8Array) => {
    wire += chunk.byteLength;
    if (wire > mostBytes) unpacker.destroy(new FetchFailed('tooLarge', '内容过大，已停止接收'));
  });
  body.on('error', (error) => unpacker.destroy(error));
  unpacker.on('error', () => body.destroy());
  return body.pipe(unpacker);
}

function unpackerFor(encoding: string): Gunzip | BrotliDecompress | Inflate | undefined {
  switch (encoding.trim().toLowerCase()) {
    case 'gzip':
    case 'x-gzip':
      return createGunzip();
    case 'br':
      return createBrotliDecompress();
    case 'deflate':
      return createInflate();
    default:
      return undefined;
  }
}
