import type { Readable } from 'node:stream';
import {
  createBrotliDecompress,
  createGunzip,
  createInflate,
  type BrotliDecompress,
  type Gunzip,
  type Inflate,
} from 'node:zlib';
import robotsParser, { type Robot } from 'robots-parser';
import { Agent, request as httpRequest } from 'undici';
import { DAY_MS, messageOf } from '#core';
import type { Fetcher, FetchRequest, FetchResult } from '../ports.ts';
import type { FetchProblem } from '../source-state.ts';
import { decodeText } from '../decode-text.ts';
import { AddressRefused, guardedLookup, isPrivateAddress } from './address-guard.ts';
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
}

// Its types describe an ES module; what Node loads is the function itself.
const parseRobots = robotsParser as unknown as (url: string, text: string) => Robot;

const MOST_REDIRECTS = 5;
const ROBOTS_BYTES = 500_000;

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
  readonly #agent: Agent;
  readonly #pace: Pace;
  readonly #robots = new Map<string, { readonly rules: Robot; readonly untilMs: number }>();

  constructor(options: HttpFetcherOptions) {
    this.#options = options;
    this.#pace = new Pace(options.nowMs);
    const { limits } = options;
    this.#agent = new Agent({
      connections: 1,
      pipelining: 1,
      headersTimeout: limits.answerWithinMs,
      bodyTimeout: limits.bodyWithinMs,
      connect: {
        timeout: limits.connectWithinMs,
        lookup: guardedLookup((host) => this.#isAllowedName(host)) as never,
      },
    });
  }

  async get(request: FetchRequest): Promise<FetchResult> {
    try {
      const url = new URL(request.url);
      await this.#obeyRobots(url, request.requestGapMs);
      const answer = await this.#follow(url, request, this.#options.limits.mostBytes);
      return toResult(answer);
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
    return this.#options.allowHosts.some((host) => host.split(':')[0] === hostname);
  }

  /** RFC 9309: no robots.txt allows all; one that cannot be read because of the server forbids for now. */
  async #obeyRobots(url: URL, gapMs: number): Promise<void> {
    const { nowMs, userAgent } = this.#options;
    let known = this.#robots.get(url.origin);
    if (!known || known.untilMs < nowMs()) {
      const at = new URL('/robots.txt', url.origin);
      const answer = await this.#follow(at, { url: at.href, requestGapMs: gapMs }, ROBOTS_BYTES);
      if (answer.status >= 500) {
        throw new FetchFailed(
          'robots',
          `robots.txt 暂时读不到（${answer.status}），按规定先不采集`,
        );
      }
      const decoded = answer.status < 300 ? decodeText(answer.bytes, 'text/plain') : undefined;
      const text = decoded?.kind === 'text' ? decoded.text : '';
      known = { rules: parseRobots(at.href, text), untilMs: nowMs() + DAY_MS };
      this.#robots.set(url.origin, known);
    }
    if (known.rules.isAllowed(url.href, userAgent) === false) {
      throw new FetchFailed('robots', '对方 robots.txt 不允许采集这个地址');
    }
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

function toResult({ status, headers, bytes, finalUrl }: Answer): FetchResult {
  const header = (name: string): string | undefined => {
    const value = headers[name];
    return value === undefined ? undefined : String(value);
  };
  if (status === 304) return { kind: 'notModified' };
  if (status === 403 || status === 429) {
    const seconds = Number(header('retry-after'));
    throw new FetchFailed('blocked', `对方拒绝访问（${status}），已停止并稍后再试`, {
      ...(Number.isFinite(seconds) && seconds > 0 && { retryAfterMs: seconds * 1000 }),
    });
  }
  if (status < 200 || status >= 300) throw new FetchFailed('status', `对方回答 ${status}`);
  return {
    kind: 'ok',
    bytes,
    contentType: header('content-type') ?? '',
    finalUrl: finalUrl.href,
    etag: header('etag'),
    lastModified: header('last-modified'),
  };
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
