import { Client, errors } from '@elastic/elasticsearch';
import { AppError } from '../../errors.ts';

export interface ElasticServers {
  /** `https://host:9200` each. */
  readonly nodes: readonly string[];
  readonly auth?: { readonly username: string; readonly password: string };
  readonly tls?: { readonly ca: string };
}

const ANSWER_WITHIN_MS = 10_000;

/** Nothing is sent twice behind our back: whether a write that got no answer happened is for its writer to find out. */
export function connectElastic({ nodes, auth, tls }: ElasticServers): Client {
  return new Client({
    nodes: [...nodes],
    maxRetries: 0,
    requestTimeout: ANSWER_WITHIN_MS,
    ...(auth && { auth }),
    ...(tls && { tls }),
  });
}

/** The document store cannot be reached or has no room for more now. */
export class DocumentsUnavailable extends AppError {
  readonly code = 'DOCUMENTS_UNAVAILABLE';
  override readonly kind = 'unavailable';

  constructor(detail: string) {
    super(`文档库暂时不能用：${detail}`);
  }

  override get retryable(): boolean {
    return true;
  }
}

/** Status, type and reason alone: the library's error carries certificates and the whole connection. */
export function toOurs(error: unknown): unknown {
  if (error instanceof errors.ResponseError) {
    const { type = '', reason = '' } = causeOf(error.body);
    return new DocumentsUnavailable(`${error.statusCode ?? 0} ${type} ${reason}`.trim());
  }
  if (error instanceof errors.ElasticsearchClientError) return new DocumentsUnavailable(error.name);
  return error;
}

function causeOf(body: unknown): { readonly type?: string; readonly reason?: string } {
  const { error } = (body ?? {}) as { readonly error?: { type?: string; reason?: string } };
  return error ?? {};
}

export const statusOf = (error: unknown): number | undefined =>
  error instanceof errors.ResponseError ? error.statusCode : undefined;

/** Nobody said whether it was done. */
export const isUnknown = (error: unknown): boolean =>
  error instanceof errors.TimeoutError ||
  error instanceof errors.ConnectionError ||
  [502, 503, 504].includes(statusOf(error) ?? 0);
