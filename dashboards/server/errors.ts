import { AppError } from '#core';

/** Nobody is signed in, or no longer. */
export class SignedOut extends AppError {
  readonly code: string;
  override readonly kind = 'signedOut';

  constructor(
    code: 'SIGNED_OUT' | 'SESSION_IDLE' | 'SIGN_IN_FAILED' | 'SIGN_IN_LOCKED',
    message: string,
  ) {
    super(message);
    this.code = code;
  }
}

/** A value the person sent does not do; the message says which and why. */
export class FieldRefused extends AppError {
  readonly code = 'INVALID';
  override readonly kind = 'invalid';
  readonly fields: readonly { readonly path: string; readonly reason: string }[];

  constructor(path: string, reason: string) {
    super('填写有误');
    this.fields = [{ path, reason }];
  }
}
