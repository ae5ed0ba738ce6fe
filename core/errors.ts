/** What the far side of an HTTP call should make of a failure. */
export type FailureKind =
  | 'invalid'
  | 'signedOut'
  | 'forbidden'
  | 'notFound'
  | 'conflict'
  | 'unavailable'
  | 'failed';

/** A failure we foresee. What is not one of these is a bug and keeps its stack. */
export abstract class AppError extends Error {
  /** Never changes once released; documents and scripts rely on it. */
  abstract readonly code: string;
  readonly kind: FailureKind = 'failed';

  /** Whether trying again, unchanged, can help. */
  get retryable(): boolean {
    return false;
  }

  /** Whether what is missing may be there at the next start: a pack, a year of the calendar. */
  get isForNextStart(): boolean {
    return false;
  }

  override get name(): string {
    return this.constructor.name;
  }
}

/** Another writer changed the document first; read again and decide again. */
export class StaleWrite extends AppError {
  readonly code = 'STALE_WRITE';
  override readonly kind = 'conflict';

  constructor(what: string, id: string) {
    super(`${what} ${id} 已被他人改动，请刷新后重试`);
  }

  override get retryable(): boolean {
    return true;
  }
}

/** The thing named is not there. */
export class NotFound extends AppError {
  readonly code = 'NOT_FOUND';
  override readonly kind = 'notFound';

  constructor(what: string, id: string) {
    super(`没有找到${what} ${id}`);
  }
}

/** The rules do not allow this act; the message says which rule, in words for the person who tried. */
export class Refused extends AppError {
  readonly code: string;
  override readonly kind: FailureKind;

  constructor(
    code: string,
    message: string,
    kind: 'forbidden' | 'conflict' | 'invalid' = 'conflict',
  ) {
    super(message);
    this.code = code;
    this.kind = kind;
  }
}

/** Stored or received data does not have the shape we read. */
export class Unreadable extends AppError {
  readonly code = 'UNREADABLE';

  constructor(what: string, cause: unknown) {
    super(`${what} 无法解读`, { cause });
  }
}

/** A sentence for a log or a screen, whatever was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
