import { Agent, request as httpRequest } from 'undici';
import { DAY_MS } from '#core';
import type { Fetcher, FetchRequest, FetchResult } from '../ports.ts';
import type { TlsWeakness } from '../tls-waiver.ts';
import { decodeText } from '../text/decode-text.ts';
import { readRetryAfter } from '../polling/retry-after.ts';
import { parseRobots, productToken, type Robots } from '../polling/robots.ts';
import { guardedLookup, isPrivateAddress, type Resolve } from './address-guard.ts';
import { FetchFailed, understand, type FetcherLimits } from './fetch-failed.ts';
import { lenientConnector } from './lenient-connector.ts';
import { Pace } from './pace.ts';
import { readCapped } from './read-body.ts';

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
  readonly #agents = new Map<string, Agent>();
  readonly #pace: Pace;
  readonly #robots = new Map<string, { readonly rules: Robots; readonly untilMs: number }>();

  constructor(options: HttpFetcherOptions) {
    this.#options = options;
    this.#allowedNames = new Set(options.allowHosts.map((host) => host.split(':')[0]));
    this.#pace = new Pace(options.nowMs);
  }

  async get(request: FetchRequest): Promise<FetchResult> {
    try {
      const url = new URL(request.url);
      const requestGapMs = await this.#obeyRobots(url, request);
      const { mostBytes } = this.#options.limits;
      const answer = await this.#follow(url, { ...request, requestGapMs }, mostBytes);
      return toResult(answer, this.#options.nowMs());
    } catch (error) {
      const failed = understand(error, this.#options.limits);
      const { problem, message, retryAfterMs, wantsRest, bytes } = failed;
      return {
        kind: 'failed',
        problem,
        message,
        ...(retryAfterMs !== undefined && { retryAfterMs }),
        ...(wantsRest && { wantsRest }),
        ...(bytes && { bytes }),
      };
    }
  }

  async close(): Promise<void> {
    this.#pace.close();
    await Promise.all([...this.#agents.values()].map(async (agent) => await agent.destroy()));
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
      dispatcher: this.#agentFor(waivedAt(url, request)),
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

  /** Lines opened under a waiver are kept apart: nobody else's request goes over one. */
  #agentFor(waived: readonly TlsWeakness[]): Agent {
    const key = waived.join();
    const known = this.#agents.get(key);
    if (known) return known;
    const { limits, resolve, nowMs } = this.#options;
    const connect = {
      timeout: limits.connectWithinMs,
      lookup: guardedLookup((host) => this.#isAllowedName(host), resolve) as never,
    };
    const agent = new Agent({
      connections: 1,
      pipelining: 1,
      headersTimeout: limits.answerWithinMs,
      bodyTimeout: limits.bodyWithinMs,
      connect: waived.length > 0 ? lenientConnector(new Set(waived), connect, nowMs) : connect,
    });
    this.#agents.set(key, agent);
    return agent;
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
  async #obeyRobots(url: URL, request: FetchRequest): Promise<number> {
    const { nowMs, userAgent } = this.#options;
    const key = [url.origin, ...waivedAt(url, request)].join();
    let known = this.#robots.get(key);
    if (!known || known.untilMs < nowMs()) {
      const rules = parseRobots(await this.#readRobots(url, request));
      known = { rules, untilMs: nowMs() + DAY_MS };
      this.#robots.set(key, known);
    }
    const agent = productToken(userAgent);
    if (!known.rules.isAllowed(url.href, agent)) {
      throw new FetchFailed('robots', '对方 robots.txt 不允许采集这个地址');
    }
    const delayMs = known.rules.crawlDelayMs(agent) ?? 0;
    return Math.max(request.requestGapMs, Math.min(delayMs, MOST_CRAWL_DELAY_MS));
  }

  async #readRobots(url: URL, { requestGapMs, tlsWaiver }: FetchRequest): Promise<string> {
    const notNow = (why: string): string => `robots.txt 暂时读不到（${why}），按规定先不采集`;
    const at = new URL('/robots.txt', url.origin);
    let bytes: Uint8Array;
    try {
      const robots = { url: at.href, requestGapMs, ...(tlsWaiver && { tlsWaiver }) };
      const answer = await this.#follow(at, robots, ROBOTS_BYTES);
      const { status } = answer;
      if (status >= 500 || status === 429) {
        throw new FetchFailed(
          'robots',
          notNow(String(status)),
          restOf(answer, this.#options.nowMs()),
        );
      }
      if (status >= 300) return '';
      bytes = answer.bytes;
    } catch (error) {
      const failed = understand(error, this.#options.limits);
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
}

/** What is lived with at this address: a redirect to another host leaves the waiver behind. */
const waivedAt = ({ host }: URL, { tlsWaiver }: FetchRequest): readonly TlsWeakness[] =>
  tlsWaiver?.host === host ? tlsWaiver.weaknesses.toSorted() : [];

function toResult(answer: Answer, nowMs: number): FetchResult {
  const { status, headers, bytes, finalUrl } = answer;
  const header = (name: string): string | undefined => {
    const value = headers[name];
    return value === undefined ? undefined : String(value);
  };
  if (status === 304) return { kind: 'notModified' };
  if (status === 403 || status === 429) {
    const message = `对方拒绝访问（${status}），已停止并稍后再试`;
    throw new FetchFailed('blocked', message, restOf(answer, nowMs));
  }
  if (status < 200 || status >= 300) {
    throw new FetchFailed('status', `对方回答 ${status}`, restOf(answer, nowMs));
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

interface Rest {
  readonly retryAfterMs?: number;
  readonly wantsRest: boolean;
}

function restOf({ status, headers }: Answer, nowMs: number): Rest {
  const retryAfterMs = readRetryAfter(String(headers['retry-after'] ?? ''), nowMs);
  const isNamed = retryAfterMs !== undefined;
  return {
    wantsRest: isNamed || status === 429 || status === 503,
    ...(isNamed && { retryAfterMs }),
  };
}
