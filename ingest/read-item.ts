import type { MediaTier } from './post.ts';

/** One item as a source shows it, before it is normalised. Everything is as written; nothing is trusted. */
export interface ReadItem {
  /** What the source knows it by: guid, or its address. */
  readonly key: string;
  readonly url: string;
  readonly title: string;
  /** Plain text; empty when the article page holds it. */
  readonly text: string;
  /** The moment as written. */
  readonly published: string;
  readonly publishedFrom: 'feed' | 'page';
  readonly author?: string;
  /** The institution that carries it, where one source hands on many. */
  readonly outlet?: string;
  readonly mediaTier?: MediaTier;
  readonly interactions?: number;
  readonly hotRank?: number;
  /** The text stands on its own page, which is still to be read. */
  readonly needsArticle: boolean;
}

/** A count as pages write it: 1,234 · 1.2万 · 回复 56. 0 when there is none. */
export function readCount(written: string): number {
  const found = /(\d[\d,]*(?:\.\d+)?)\s*(万|亿)?/.exec(written.normalize('NFKC'));
  if (!found?.[1]) return 0;
  const times = found[2] === '亿' ? 100_000_000 : found[2] === '万' ? 10_000 : 1;
  return Math.round(Number(found[1].replaceAll(',', '')) * times);
}

/** An address as the page means it; undefined for what is no web address. */
export function resolveUrl(link: string, base: string): string | undefined {
  try {
    const url = new URL(link.trim(), base);
    url.hash = '';
    return url.protocol === 'http:' || url.protocol === 'https:' ? url.href : undefined;
  } catch {
    return undefined;
  }
}

/** Longer is no title and no date, but a text that lost its markup. */
const MOST_LINE_CHARACTERS = 300;

/** A title or a date as it is kept. */
export const oneLine = (text: string): string =>
  text.slice(0, MOST_LINE_CHARACTERS).replaceAll('\n', ' ').trim();
