import { findArticle } from '../../ingest/pages/find-article.ts';
import { htmlToText } from '../../ingest/pages/page-text.ts';
import { parseHtml } from '../../ingest/pages/parse-markup.ts';
import { pagesWithArticles, pagesWithParts } from '../support/open-pages.ts';
import { readabilityText } from '../support/readability.ts';
import type { Failure, Judge, JudgePart } from './part.ts';

const GRAM = 4;
const LEAST_F1 = 0.9;
const LEAST_RATIO = 0.95;

type TextOf = (html: string) => string;
const ours: TextOf = (html) => findArticle(parseHtml(html)).text;

/**
 * Article text without a selector, beside Readability, on all Chinese article pages of the open data. The texts that
 * Readability's suite expects were made by Readability: on them it is no referee but the author. What trafilatura's
 * suite wants in and out of a text was written by people.
 */
export const judgeArticleText: Judge = async (folder) =>
  folder === undefined
    ? [{ name: '正文', skipped: '没有设置 HUIYING_DATA' }]
    : [judgeLikeness(folder), judgeParts(folder)];

function judgeLikeness(folder: string): JudgePart {
  const pages = pagesWithArticles(folder);
  const scored = (textOf: TextOf) =>
    pages.map(({ name, html, article }) => ({
      name,
      f1: likeness(textOf(html), htmlToText(article)),
    }));
  const [own, theirs] = [scored(ours), scored(readabilityText)];
  const mean = (all: typeof own): number => all.reduce((sum, { f1 }) => sum + f1, 0) / all.length;
  return {
    name: '正文：与期望相同的程度',
    data: `Readability 测试集的 ${pages.length} 个中文页面，期望由 Readability 自己生成`,
    measures: [
      {
        what: '4 字片段 F1 平均值',
        measured: mean(own).toFixed(3),
        asked: `≥ ${LEAST_F1.toFixed(2)}`,
        isMet: mean(own) >= LEAST_F1,
      },
      { what: '4 字片段 F1 平均值（Readability）', measured: mean(theirs).toFixed(3) },
    ],
    failures: own
      .filter(({ f1 }) => f1 < LEAST_F1)
      .map(({ name, f1 }) => ({
        expected: `≥ ${LEAST_F1}`,
        got: f1.toFixed(3),
        text: name,
      })),
  };
}

function judgeParts(folder: string): JudgePart {
  const pages = pagesWithParts(folder);
  const wanted = pages.reduce((sum, page) => sum + page.with.length + page.without.length, 0);
  const wrongOf = (textOf: TextOf): readonly Failure[] =>
    pages.flatMap((page) => {
      const text = bare(textOf(page.html));
      const lacking = page.with.filter((part) => !text.includes(bare(part)));
      const stray = page.without.filter((part) => text.includes(bare(part)));
      return [
        ...lacking.map((part) => ({ expected: '有', got: '没有', text: `${page.file}：${part}` })),
        ...stray.map((part) => ({ expected: '没有', got: '有', text: `${page.file}：${part}` })),
      ];
    });
  const failures = wrongOf(ours);
  const shown = (wrong: number): string =>
    `${((100 * (wanted - wrong)) / wanted).toFixed(1)} %（${wanted - wrong}/${wanted}）`;
  return {
    name: '正文：该有的有，不该有的没有',
    data: `trafilatura 测试集的 ${pages.length} 个中文页面`,
    measures: [
      {
        what: '字句对的比例',
        measured: shown(failures.length),
        asked: `≥ ${100 * LEAST_RATIO} %`,
        isMet: failures.length <= (1 - LEAST_RATIO) * wanted,
      },
      { what: '字句对的比例（Readability）', measured: shown(wrongOf(readabilityText).length) },
    ],
    failures,
  };
}

const bare = (text: string): string => text.replace(/\s+/g, '');

/** F1 of the 4-grams of characters, white space apart; 0 to 1. */
function likeness(text: string, expected: string): number {
  const [ours, theirs] = [gramsOf(bare(text)), gramsOf(bare(expected))];
  const sum = (counts: Iterable<number>): number => [...counts].reduce((all, one) => all + one, 0);
  const shared = [...ours].map(([gram, count]) => Math.min(count, theirs.get(gram) ?? 0));
  return (2 * sum(shared)) / (sum(ours.values()) + sum(theirs.values()));
}

function gramsOf(text: string): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (let at = 0; at + GRAM <= text.length; at += 1) {
    const gram = text.slice(at, at + GRAM);
    counts.set(gram, (counts.get(gram) ?? 0) + 1);
  }
  return counts;
}
