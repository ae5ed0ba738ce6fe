import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { articleFacts, dayInAddress } from '../../ingest/pages/article-facts.ts';
import { decodeText } from '../../ingest/text/decode-text.ts';
import { findArticle } from '../../ingest/pages/find-article.ts';
import { htmlToText } from '../../ingest/pages/page-text.ts';
import { parseHtml } from '../../ingest/pages/parse-markup.ts';
import {
  noOpenData,
  openDataBytes,
  openDataText,
  shortfall,
  skipNote,
} from '../support/open-data.ts';

const GRAM = 4;
const LEAST_F1 = 0.9;
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

function pageAt(path: string) {
  const decoded = decodeText(openDataBytes(path), '');
  if (decoded.kind === 'undecodable') throw new Error(decoded.reason);
  return parseHtml(decoded.text);
}

const bare = (text: string): string => text.replace(/\s+/g, '');

function gramsOf(text: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (let at = 0; at + GRAM <= text.length; at += 1) {
    const gram = text.slice(at, at + GRAM);
    counts.set(gram, (counts.get(gram) ?? 0) + 1);
  }
  return counts;
}

/** F1 of the 4-grams of characters, white space apart; 0 to 1. */
function likeness(text: string, expected: string): number {
  const [ours, theirs] = [gramsOf(bare(text)), gramsOf(bare(expected))];
  const sum = (counts: Iterable<number>): number => [...counts].reduce((all, one) => all + one, 0);
  const shared = [...ours].map(([gram, count]) => Math.min(count, theirs.get(gram) ?? 0));
  return (2 * sum(shared)) / (sum(ours.values()) + sum(theirs.values()));
}

const trafilatura = () =>
  Object.entries(
    Expectations.parse(JSON.parse(openDataText('pages/trafilatura/expectations.json'))),
  ).map(([url, expected]) => {
    const page = pageAt(`pages/trafilatura/${expected.file}`);
    return { url, expected, page, text: bare(findArticle(page).text) };
  });

describe.skipIf(noOpenData)(`article pages that no one here wrote${skipNote}`, () => {
  test('the text of an article is taken as Readability’s suite expects it', () => {
    const measured = READABILITY.map((name) => {
      const expected = htmlToText(openDataText(`pages/readability/${name}/expected.html`));
      const { text } = findArticle(pageAt(`pages/readability/${name}/source.html`));
      return { name, f1: likeness(text, expected) };
    });
    const mean = measured.reduce((sum, { f1 }) => sum + f1, 0) / measured.length;
    const shown = measured.map(({ name, f1 }) => `${name} ${f1.toFixed(3)}`).join(', ');
    expect(mean, `mean F1 ${mean.toFixed(3)}: ${shown}`).toBeGreaterThanOrEqual(LEAST_F1);
  });

  test('what must stand in a text does, and what must not does not', () => {
    let right = 0;
    const wrong: string[] = [];
    const check = (isRight: boolean, what: string): void => {
      if (isRight) right += 1;
      else wrong.push(what);
    };
    for (const { expected, text } of trafilatura()) {
      const { file } = expected;
      for (const part of expected.with) check(text.includes(bare(part)), `${file} lacks ${part}`);
      for (const part of expected.without) check(!text.includes(bare(part)), `${file} has ${part}`);
    }
    expect(shortfall(right, wrong, 0.95)).toBeUndefined();
  });

  test('news pages give their title and their day', () => {
    let right = 0;
    const wrong: string[] = [];
    // The encyclopaedia names the day of its last change, which is no publication.
    for (const { url, expected, page } of trafilatura().filter(
      ({ url }) => !url.includes('baike'),
    )) {
      const { title, published } = articleFacts(page);
      const day = /\d{4}\D\d{1,2}\D\d{1,2}/.exec(published ?? dayInAddress(url) ?? '')?.[0];
      for (const [wanted, found] of [
        [expected.title?.trim(), title],
        [expected.date, day],
      ]) {
        if (!wanted) continue;
        if (wanted === found) right += 1;
        else wrong.push(`${expected.file}: ${found}, not ${wanted}`);
      }
    }
    expect(shortfall(right, wrong, 1)).toBeUndefined();
  });
});
