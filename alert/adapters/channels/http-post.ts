import { Agent, request } from 'undici';
import type { FarAnswer } from '../../answer-class.ts';

export interface FarRequest {
  readonly url: URL;
  readonly method?: 'POST' | 'GET';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface Poster {
  post(request: FarRequest): Promise<FarAnswer>;
  close(): Promise<void>;
}

const TIMEOUT_MS = 8_000;
/** No far side has more to say than this. */
const MOST_ANSWER_BYTES = 64 * 1_024;

/** Failures at which nothing of the message can have been under way, with what they are in words. */
const BEFORE_THE_MESSAGE: readonly (readonly [RegExp, string])[] = [
  [/^(ENOTFOUND|EAI_AGAIN)$/, '找不到对方的域名'],
  [/CERT|SIGNATURE|^ERR_TLS|^ERR_SSL|^EPROTO$/, '对方的证书无法验证'],
  [/^(UND_ERR_CONNECT_TIMEOUT|ETIMEDOUT)$/, '连不上对方（超时）'],
  [/^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL)$/, '连不上对方'],
];

/**
 * One HTTP call at a time to an address that an administrator set: certificates are verified, no redirect is
 * followed, no proxy is taken from the environment, and no error shows address, headers or answer.
 *
 * @param timeoutMs ms for the connection, and again for the answer; below the lease of 30 s in sum
 */
export function createPoster(timeoutMs = TIMEOUT_MS): Poster {
  const agent = new Agent({
    connections: 4,
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    connect: { timeout: timeoutMs },
    maxResponseSize: MOST_ANSWER_BYTES,
  });
  return {
    async post({ url, method = 'POST', headers = {}, body }) {
      try {
        const answer = await request(url, {
          dispatcher: agent,
          method,
          headers,
          signal: AbortSignal.timeout(2 * timeoutMs),
          ...(body !== undefined && { body }),
        });
        return { kind: 'answered', status: answer.statusCode, text: await answer.body.text() };
      } catch (error) {
        return toFailure(error);
      }
    },
    close: async () => await agent.destroy(),
  };
}

function toFailure(error: unknown): FarAnswer {
  const { code = '' }: NodeJS.ErrnoException = error instanceof Error ? error : new Error('none');
  const early = BEFORE_THE_MESSAGE.find(([pattern]) => pattern.test(code));
  // Later than that the body was on its way: whether it arrived nobody can say.
  return early ? { kind: 'notSent', why: early[1] } : { kind: 'noAnswer' };
}
