import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { decodeText } from '../../ingest/text/decode-text.ts';

/** A page, and the markup of its article as Readability's own suite has it. */
export interface PageWithArticle {
  readonly name: string;
  readonly html: string;
  readonly article: string;
}

/** A page, and what trafilatura's suite says of it. */
export interface PageWithParts {
  readonly url: string;
  readonly file: string;
  readonly html: string;
  readonly title?: string | undefined;
  readonly date?: string | undefined;
  /** Must stand in the article's text, and must not. */
  readonly with: readonly string[];
  readonly without: readonly string[];
}

const READABILITY = ['gmw', 'pixnet', 'qq', 'youth'];
const Expectations = z.record(
  z.string(),
  z.object({
    file: z.string(),
    title: z.string().optional(),
    date: z.string().optional(),
    with: z.array(z.string()),
    without: z.array(z.string()),
  }),
);

/** @param folder the open data */
export function pagesWithArticles(folder: string): readonly PageWithArticle[] {
  return READABILITY.map((name) => {
    const path = join(folder, 'pages/readability', name);
    return {
      name,
      html: pageAt(join(path, 'source.html')),
      article: readFileSync(join(path, 'expected.html'), 'utf8'),
    };
  });
}

/** @param folder the open data */
export function pagesWithParts(folder: string): readonly PageWithParts[] {
  const path = join(folder, 'pages/trafilatura');
  const written = readFileSync(join(path, 'expectations.json'), 'utf8');
  return Object.entries(Expectations.parse(JSON.parse(written))).map(([url, expected]) => ({
    url,
    ...expected,
    html: pageAt(join(path, expected.file)),
  }));
}

function pageAt(path: string): string {
  const decoded = decodeText(readFileSync(path), '');
  if (decoded.kind === 'undecodable') throw new Error(decoded.reason);
  return decoded.text;
}
