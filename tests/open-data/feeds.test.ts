import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { Unreadable } from '#core';
import { decodeText } from '../../ingest/text/decode-text.ts';
import type { FeedEntry, Written } from '../../ingest/feeds/feed-entry.ts';
import { htmlToText } from '../../ingest/pages/page-text.ts';
import { feedEntries } from '../../ingest/feeds/parse-feed.ts';
import { readDate } from '../../ingest/dates/read-date.ts';
import { resolveUrl } from '../../ingest/read-item.ts';
import {
  noOpenData,
  openDataBytes,
  openDataFiles,
  openDataText,
  shortfall,
  skipNote,
} from '../support/open-data.ts';

const URL_READ = 'https://feed.test/dir/feed.xml';
/** After every date in the data, so that none lies in the future. */
const NOW = new Date('2030-01-01T00:00:00Z');
const SLOWEST_MS = 1_000;
const FEEDPARSER_FOLDERS =
  'encoding entities illformed illformed/chardet illformed/geo wellformed/amp wellformed/atom wellformed/atom10 wellformed/base wellformed/cdf wellformed/feedburner wellformed/geo wellformed/http wellformed/itunes wellformed/lang wellformed/media-rss wellformed/namespace wellformed/node_precedence wellformed/psc wellformed/rdf wellformed/rss wellformed/sanitize wellformed/sgml wellformed/xml'.split(
    ' ',
  );
const GOFEED_FOLDERS =
  'parser/atom parser/rss parser/json translator/atom translator/rss translator/json extensions/dublincore extensions/itunes extensions/media'.split(
    ' ',
  );

const Text = z.string().optional();
const Person = z.object({ name: Text, email: Text, uri: Text, url: Text });
const Expected = z.object({
  title: Text,
  link: Text,
  links: z.array(z.union([z.string(), z.object({ href: Text, rel: Text })])).default([]),
  url: Text,
  guid: z.union([z.string(), z.object({ value: z.string() })]).optional(),
  id: z.union([z.string(), z.number()]).optional(),
  content: z.union([z.string(), z.object({ value: Text })]).optional(),
  content_html: Text,
  content_text: Text,
  description: Text,
  summary: Text,
  published: Text,
  publishedParsed: Text,
  pubDate: Text,
  pubDateParsed: Text,
  updated: Text,
  updatedParsed: Text,
  date_published: Text,
  dcExt: z.object({ date: z.array(z.string()).optional() }).optional(),
  author: z.union([z.string(), Person]).optional(),
  authors: z.array(Person).default([]),
});
type Expected = z.infer<typeof Expected>;
const ExpectedFeed = z.object({
  items: z.array(Expected).optional(),
  entries: z.array(Expected).optional(),
});

/** Readable text without white space: how markup is indented is no difference. */
const bare = (markup: string): string => htmlToText(markup).replace(/\s+/g, '');
const bareOf = (text: Written | undefined): string =>
  text?.isMarkup ? bare(text.value) : (text?.value ?? '').replace(/\s+/g, '');

/**
 * The fields that we store, as expected and as read; a field that nothing is expected of is left out. Texts are
 * compared as readable text without white space, the whole text before the summary; links and dates by where and
 * when they lead; a person by name, else by address, or, written as one string, by our name standing in it.
 */
function fieldsOf(
  expected: Expected,
  entry: Partial<FeedEntry>,
): readonly (readonly [string, boolean])[] {
  const { content, guid, author = expected.authors[0] } = expected;
  const text =
    (typeof content === 'string' ? content : content?.value) ||
    expected.content_html ||
    expected.content_text ||
    expected.description ||
    expected.summary;
  const links = expected.links.map((link) => (typeof link === 'string' ? { href: link } : link));
  const alternate = links.find((link) => !('rel' in link) || !link.rel || link.rel === 'alternate');
  const link = resolveUrl(expected.link ?? alternate?.href ?? expected.url ?? '', URL_READ);
  const id = (typeof guid === 'object' ? guid.value : guid) ?? expected.id;
  const moment =
    expected.publishedParsed ??
    expected.pubDateParsed ??
    expected.published ??
    expected.pubDate ??
    expected.updatedParsed ??
    expected.updated ??
    expected.dcExt?.date?.[0] ??
    expected.date_published;
  const fields: (readonly [string, boolean])[] = [];
  if (expected.title) fields.push(['title', bare(expected.title) === bareOf(entry.title)]);
  if (text) fields.push(['text', bare(text) === bareOf(entry.text)]);
  if (link && link !== URL_READ) fields.push(['link', entry.link === link]);
  if (id !== undefined && id !== '') fields.push(['id', String(id).trim() === entry.id?.trim()]);
  if (moment) {
    const at = readDate(entry.published ?? '', NOW)?.getTime();
    fields.push(['published', at === new Date(moment).getTime() || entry.published === moment]);
  }
  if (author) fields.push(['author', isSamePerson(author, entry.author ?? '')]);
  return fields;
}

function isSamePerson(expected: string | z.infer<typeof Person>, author: string): boolean {
  if (typeof expected === 'string') {
    return author !== '' && bare(expected).includes(author.replace(/\s+/g, ''));
  }
  const { name, email, uri, url } = expected;
  return (name ?? email ?? uri ?? url) === author;
}

/** Pairs of a feed and the parse that is expected of it. */
function gofeedCases(): readonly { readonly name: string; readonly expectation: string }[] {
  return GOFEED_FOLDERS.flatMap((folder) => {
    const path = `feeds/gofeed/${folder}`;
    const files = openDataFiles(path);
    return files.flatMap((file) => {
      if (file.endsWith('.xml') && files.includes(file.replace('.xml', '.json'))) {
        return [
          { name: `${path}/${file}`, expectation: `${path}/${file.replace('.xml', '.json')}` },
        ];
      }
      const json = file.replace('_expected.json', '.json');
      return json === file ? [] : [{ name: `${path}/${json}`, expectation: `${path}/${file}` }];
    });
  });
}

describe.skipIf(noOpenData)(`feeds that no one here wrote${skipNote}`, () => {
  test('98 % of the fields we store are as the feed’s own suite expects', () => {
    let right = 0;
    const wrong: string[] = [];
    for (const { name, expectation } of gofeedCases()) {
      const parsed = ExpectedFeed.parse(JSON.parse(openDataText(expectation)));
      const expected = parsed.items ?? parsed.entries ?? [];
      if (expected.length === 0) continue;
      const entries = feedEntries(openDataText(name), URL_READ);
      for (const [index, one] of expected.entries()) {
        for (const [field, isRight] of fieldsOf(one, entries[index] ?? {})) {
          if (isRight) right += 1;
          else wrong.push(`${field} of ${name}`);
        }
      }
    }
    expect(right + wrong.length).toBeGreaterThan(200);
    expect(shortfall(right, wrong, 0.98)).toBeUndefined();
  });

  test(
    'none of 2,000 good and broken feeds makes reading crash, or last a second',
    { timeout: 120_000 },
    () => {
      const names = FEEDPARSER_FOLDERS.flatMap((folder) =>
        openDataFiles(`feeds/feedparser/${folder}`)
          .filter((name) => name.endsWith('.xml'))
          .map((name) => `feeds/feedparser/${folder}/${name}`),
      );
      expect(names.length).toBeGreaterThan(2_000);
      const wrong: string[] = [];
      for (const name of names) {
        const decoded = decodeText(openDataBytes(name), '');
        if (decoded.kind === 'undecodable') continue;
        const startedMs = performance.now();
        try {
          feedEntries(decoded.text, URL_READ);
        } catch (error) {
          if (!(error instanceof Unreadable)) wrong.push(`${name}: ${String(error)}`);
        }
        const tookMs = performance.now() - startedMs;
        if (tookMs > SLOWEST_MS) wrong.push(`${name} took ${Math.round(tookMs)} ms`);
      }
      expect(shortfall(names.length - wrong.length, wrong, 1)).toBeUndefined();
    },
  );
});
