import { messageOf } from '#core';
import type { FetchProblem } from '../source-state.ts';
import { weaknessOf, WEAKNESS_WORDS } from '../tls-waiver.ts';
import { AddressRefused } from './address-guard.ts';

export interface FetcherLimits {
  readonly connectWithinMs: number;
  readonly answerWithinMs: number;
  readonly bodyWithinMs: number;
  /** On the wire, and again after decompression. */
  readonly mostBytes: number;
}

/** A failure on the way, with the class the sources page shows. */
export class FetchFailed extends Error {
  readonly problem: FetchProblem;
  readonly retryAfterMs: number | undefined;
  readonly wantsRest: boolean;
  readonly bytes: Uint8Array | undefined;

  constructor(
    problem: FetchProblem,
    message: string,
    more: { retryAfterMs?: number; wantsRest?: boolean; bytes?: Uint8Array } = {},
  ) {
    super(message);
    this.problem = problem;
    this.retryAfterMs = more.retryAfterMs;
    this.wantsRest = more.wantsRest ?? false;
    this.bytes = more.bytes;
  }
}

/** Whatever was thrown on the way, as a failure in words. */
export function understand(error: unknown, limits: FetcherLimits): FetchFailed {
  if (error instanceof FetchFailed) return error;
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
    const weakness = weaknessOf(code);
    const what = weakness ? WEAKNESS_WORDS[weakness] : '证书或加密有问题';
    const way = weakness ? `；核实后仍要读，在设置里写 tlsWaiver: ${weakness}` : '';
    return new FetchFailed('tls', `${what}（${code}）${way}`);
  }
  // Broken compression is the page's fault, not the network's.
  if (code.startsWith('Z_') || code.startsWith('ERR__ERROR_FORMAT')) {
    return new FetchFailed('encoding', '压缩内容已损坏，解不开');
  }
  if (code === 'ERR_INVALID_URL') return new FetchFailed('address', '地址写得不对');
  return new FetchFailed('connect', `连不上（${code || messageOf(error)}）`);
}
