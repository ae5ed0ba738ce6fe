import { messageOf, Unreadable } from '#core';
import type { FailedFetch, FetchedPage, FetchResult } from '../ports.ts';
import { decodeText } from '../text/decode-text.ts';

/** The page has no content of its own: it shows another in a frame. */
export class InFrame extends Unreadable {
  readonly frameUrl: string;

  constructor(what: string, frameUrl: string) {
    super(`${what}（在框架页 ${frameUrl} 里）`, undefined);
    this.frameUrl = frameUrl;
  }
}

/** What became of a page that was fetched. `page` is the one that was read in the end, and `text` its text. */
export type PageReading<T> =
  | {
      readonly kind: 'read';
      readonly value: T;
      readonly page: FetchedPage;
      readonly text: string;
      readonly encoding: string;
      readonly isFrame: boolean;
    }
  | {
      readonly kind: 'unreadable';
      readonly reason: string;
      readonly page: FetchedPage;
      /** Empty when it could not be decoded. */
      readonly text: string;
    }
  /** Its content stands in a frame, and that could not be fetched. */
  | { readonly kind: 'notFetched'; readonly failed: FailedFetch };

/**
 * Decodes and reads a page; where its content stands in a frame, that is fetched and read instead, once: a frame in a
 * frame is a maze.
 *
 * @param read throws {@link InFrame} for a page that shows another, and {@link Unreadable} for one it does not understand
 * @param ask fetches the frame with all manners
 */
export async function readFetched<T>(
  page: FetchedPage,
  read: (text: string, url: string) => T,
  ask: (url: string) => Promise<FetchResult>,
): Promise<PageReading<T>> {
  const first = readOne(page, read);
  if (first.kind !== 'inFrame') return first;
  const frame = await ask(first.frameUrl);
  if (frame.kind === 'failed') return { kind: 'notFetched', failed: frame };
  if (frame.kind === 'notModified') return { kind: 'notFetched', failed: UNASKED };
  const second = readOne(frame, read);
  if (second.kind === 'read') return { ...second, isFrame: true };
  return second.kind === 'inFrame' ? { ...second, kind: 'unreadable' } : second;
}

/** Whoever was not told which version we hold cannot know that it is the same. */
export const UNASKED: FailedFetch = {
  kind: 'failed',
  problem: 'status',
  message: '没有要求，对方却答未更新',
};

type OneReading<T> =
  | Exclude<PageReading<T>, { kind: 'notFetched' }>
  | {
      readonly kind: 'inFrame';
      readonly frameUrl: string;
      readonly reason: string;
      readonly page: FetchedPage;
      readonly text: string;
    };

function readOne<T>(page: FetchedPage, read: (text: string, url: string) => T): OneReading<T> {
  const decoded = decodeText(page.bytes, page.contentType);
  if (decoded.kind === 'undecodable') {
    return { kind: 'unreadable', reason: decoded.reason, page, text: '' };
  }
  const { text, encoding } = decoded;
  try {
    const value = read(text, page.finalUrl);
    return { kind: 'read', value, page, text, encoding, isFrame: false };
  } catch (error) {
    const seen = { reason: messageOf(error), page, text };
    return error instanceof InFrame
      ? { kind: 'inFrame', frameUrl: error.frameUrl, ...seen }
      : { kind: 'unreadable', ...seen };
  }
}
