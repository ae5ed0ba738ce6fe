import { Kafka, logLevel, type KafkaConfig } from 'kafkajs';
import { AppError, messageOf } from '../../errors.ts';

/** Where the brokers are and what opens them. */
export interface KafkaServers {
  /** `host:port` each; one that answers leads to the others. */
  readonly brokers: readonly string[];
  readonly ssl?: KafkaConfig['ssl'];
  readonly sasl?: KafkaConfig['sasl'];
}

const CONNECT_WITHIN_MS = 3_000;
/** A frozen broker holds a request for so long. */
const ANSWER_WITHIN_MS = 6_000;
/** With the library's five minutes a frozen broker held a send for about one; with 3 s for less than 10 s. */
export const METADATA_AGE_MS = 3_000;

/** kafkajs says nothing by itself: what goes wrong is reported by the one who asked. */
export function connectKafka(servers: KafkaServers, brokers = servers.brokers): Kafka {
  const { ssl, sasl } = servers;
  return new Kafka({
    clientId: 'huiying',
    brokers: [...brokers],
    connectionTimeout: CONNECT_WITHIN_MS,
    requestTimeout: ANSWER_WITHIN_MS,
    logLevel: logLevel.NOTHING,
    retry: { initialRetryTime: 100, maxRetryTime: 2_000, retries: 3 },
    ...(ssl !== undefined && { ssl }),
    ...(sasl !== undefined && { sasl }),
  });
}

/** The log cannot be reached or does not take entries; it is tried again until it does. */
export class LogUnavailable extends AppError {
  readonly code = 'LOG_UNAVAILABLE';
  override readonly kind = 'unavailable';

  constructor(what: string, cause?: unknown) {
    super(`记录流${what}${cause === undefined ? '' : `：${messageOf(cause)}`}`, { cause });
  }

  override get retryable(): boolean {
    return true;
  }
}

/** What no second try mends: wrong name or password, no right to the topic, an entry that is too large. */
const HOPELESS = new Set([
  'SASL_AUTHENTICATION_FAILED',
  'ILLEGAL_SASL_STATE',
  'UNSUPPORTED_SASL_MECHANISM',
  'TOPIC_AUTHORIZATION_FAILED',
  'GROUP_AUTHORIZATION_FAILED',
  'CLUSTER_AUTHORIZATION_FAILED',
  'MESSAGE_TOO_LARGE',
  'RECORD_LIST_TOO_LARGE',
  'INVALID_TOPIC_EXCEPTION',
]);

/** The library's own `retriable` is not asked: it calls a refused connection one that is not. */
export function isHopeless(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { type } = error as Error & { readonly type?: string };
  if (error.name === 'KafkaJSSASLAuthenticationError') return true;
  if (type !== undefined && HOPELESS.has(type)) return true;
  return error.cause !== undefined && isHopeless(error.cause);
}
