import { describe, expect, test } from 'vitest';
import { judgeArticleText } from '../../bench/judge/article-text.ts';
import { pagesWithParts } from '../../bench/support/open-pages.ts';
import { articleFacts, dayInAddress } from '../../ingest/pages/article-facts.ts';
import { parseHtml } from '../../ingest/pages/parse-markup.ts';
import { noOpenData, openDataFolder, shortfall, skipNote } from '../support/open-data.ts';

describe.skipIf(noOpenData)(`article pages that no one here wrote${skipNote}`, () => {
  test('the text of an article is taken as two suites expect it', async () => {
    const parts = await judgeArticleText(openDataFolder);
    const held = parts.flatMap((part) => ('measures' in part ? part.measures : []));
    expect(held.filter(({ isMet }) => isMet)).toHaveLength(2);
    expect(parts.filter((part) => 'measures' in part && part.measures.some(isMissed))).toEqual([]);
  });

  test('news pages give their title and their day', () => {
    let right = 0;
    const wrong: string[] = [];
    // The encyclopaedia names the day of its last change, which is no publication.
    const pages = pagesWithParts(openDataFolder).filter(({ url }) => !url.includes('baike'));
    for (const { url, file, html, title: wantedTitle, date } of pages) {
      const { title, published } = articleFacts(parseHtml(html));
      const day = /\d{4}\D\d{1,2}\D\d{1,2}/.exec(published ?? dayInAddress(url) ?? '')?.[0];
      for (const [wanted, found] of [
        [wantedTitle?.trim(), title],
        [date, day],
      ]) {
        if (!wanted) continue;
        if (wanted === found) right += 1;
        else wrong.push(`${file}: ${found}, not ${wanted}`);
      }
    }
    expect(shortfall(right, wrong, 1)).toBeUndefined();
  });
});

const isMissed = ({ isMet }: { readonly isMet?: boolean }): boolean => isMet === false;
