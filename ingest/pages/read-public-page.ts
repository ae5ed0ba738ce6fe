import { Unreadable } from '#core';
import type { Fetcher } from '../ports.ts';
import { articleFacts } from './article-facts.ts';
import { contentFrame } from './content-frame.ts';
import { findArticle } from './find-article.ts';
import { parseHtml } from './parse-markup.ts';
import { InFrame, readFetched } from './read-fetched.ts';

interface PageBytes {
  readonly bytes: Uint8Array;
  readonly contentType: string;
  /** After redirects and frames. */
  readonly finalUrl: string;
}

/** One look at one public page. A foreseen failure is a result, in words. */
export type PublicPage =
  | (PageBytes & {
      readonly kind: 'read';
      /** As the page gives it; empty where it gives none. */
      readonly title: string;
      /** Of the article alone: without menus, sidebars and what stands beside. */
      readonly text: string;
    })
  | (PageBytes & { readonly kind: 'unreadable'; readonly message: string })
  | { readonly kind: 'failed'; readonly message: string; readonly retryAfterMs?: number };

/** Fetches a page as politely as any source's, whatever it is, and takes its article out. */
export async function readPublicPage(
  url: string,
  { fetcher, requestGapMs }: { fetcher: Pick<Fetcher, 'get'>; requestGapMs: number },
): Promise<PublicPage> {
  const ask = async (address: string) => await fetcher.get({ url: address, requestGapMs });
  const fetched = await ask(url);
  if (fetched.kind === 'notModified')
    return { kind: 'failed', message: '没有要求，对方却答未更新' };
  if (fetched.kind === 'failed') return toFailed(fetched);
  const reading = await readFetched(fetched, readArticle, ask);
  if (reading.kind === 'notFetched') return toFailed(reading.failed);
  const { bytes, contentType, finalUrl } = reading.page;
  const page = { bytes, contentType, finalUrl };
  return reading.kind === 'read'
    ? { kind: 'read', ...page, ...reading.value }
    : { kind: 'unreadable', ...page, message: reading.reason };
}

const toFailed = ({ message, retryAfterMs }: { message: string; retryAfterMs?: number }) => ({
  kind: 'failed' as const,
  message,
  ...(retryAfterMs !== undefined && { retryAfterMs }),
});

/** @throws {InFrame | Unreadable} */
function readArticle(html: string, url: string): { title: string; text: string } {
  const page = parseHtml(html);
  const { text } = findArticle(page);
  if (text === '') {
    const frameUrl = contentFrame(page, url);
    if (frameUrl) throw new InFrame('文章正文', frameUrl);
    throw new Unreadable('文章正文', undefined);
  }
  return { title: articleFacts(page).title ?? '', text };
}
