import type { Act } from './act.ts';
import type { Desk } from './desk-client.ts';

/** Where an act stands now, as the person who is to take it sees it before them. */
export type Standing =
  | { readonly kind: 'ready'; readonly path: string; readonly body: unknown }
  /** Somebody has done it, or it is not needed any more; in words. */
  | { readonly kind: 'done'; readonly says: string }
  /** Something has to come first; in words. */
  | { readonly kind: 'waits'; readonly says: string };

export interface Look<One extends Act = Act> {
  readonly act: One;
  readonly eventId: string;
  readonly desk: Desk;
  readonly now: Date;
  /** The body of the act, filled in. */
  readonly body: Readonly<Record<string, unknown>>;
}

export const ready = (path: string, body: unknown): Standing => ({ kind: 'ready', path, body });
export const done = (says: string): Standing => ({ kind: 'done', says });
export const waits = (says: string): Standing => ({ kind: 'waits', says });
