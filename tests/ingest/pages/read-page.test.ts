import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { Unreadable } from '#core';
import { olderPageUrl, readPage, withArticle } from '../../../ingest/pages/read-page.ts';
import { InFrame } from '../../../ingest/pages/read-fetched.ts';
import type { ReadItem } from '../../../ingest/read-item.ts';
import { PolledReaderSchema } from '../../../ingest/source.ts';

const LIST_URL = 'https://www.linjiang.example/zwgk/tzgg/index.html';
const pageOf = (name: string): string =>
  readFileSync(new URL(`../../fixtures/pages/${name}.html`, import.meta.url), 'utf8');

function listReader(changes: Record<string, unknown> = {}) {
  const reader = PolledReaderSchema.parse({ kind: 'listPage', itemSelector: 'li', ...changes });
  if (reader.kind !== 'listPage') throw new Error('no list page');
  return reader;
}

const aRow = (changes: Partial<ReadItem> = {}): ReadItem => ({
  key: 'https://www.linjiang.example/zwgk/t20260302_1.html',
  url: 'https://www.linjiang.example/zwgk/t20260302_1.html',
  title: '霖江市生态环境局关于沉沙河水质异味情况的通报',
  text: '',
  published: '',
  publishedFrom: 'page',
  needsArticle: true,
  ...changes,
});
const article = (body: string, head = ''): string =>
  `<html><head>${head}</head><body><div><p>${body}</p></div></body></html>`;

describe('a list page', () => {
  test('gives its rows with full titles, and counts those it cannot take', () => {
    const reader = listReader({ itemSelector: 'ul.list > li', dateSelector: 'span' });
    const { items, unparsable } = readPage(pageOf('list-spans'), reader, LIST_URL);
    expect(items).toHaveLength(8);
    expect(unparsable).toBe(1);
    expect(items[0]).toMatchObject({
      title: '关于霖江市澜北片区供水管网检修期间临时停水的通知',
      url: 'https://www.linjiang.example/zwgk/tzgg/202603/t20260302_48211.html',
      published: '2026-03-02',
    });
  });

  test('is read by selectors copied from a browser, which puts rows into a tbody', () => {
    const reader = listReader({
      itemSelector: 'td:nth-child(2) > table > tbody > tr',
      linkSelector: 'td:nth-child(2) > a',
    });
    const { items } = readPage(pageOf('list-table'), reader, LIST_URL);
    expect(items).toHaveLength(6);
  });

  test('takes its links against its base element, and a row that is itself the link', () => {
    const html = '<base href="https://b.test/x/"><a class="row" href="1.html">停水通知一则</a>';
    const { items } = readPage(html, listReader({ itemSelector: 'a.row' }), LIST_URL);
    expect(items).toMatchObject([{ url: 'https://b.test/x/1.html', title: '停水通知一则' }]);
  });

  test('whose rows lie in rows, each holding the text of all that follow, is read as fast as any', () => {
    const rowsInRows =
      '<ul><li><b>停水公告</b><a href="/1">'.repeat(80) + '长话短说 '.repeat(400_000);
    const before = process.threadCpuUsage();
    expect(readPage(rowsInRows, listReader(), LIST_URL).items.length).toBeGreaterThan(50);
    const { user, system } = process.threadCpuUsage(before);
    expect((user + system) / 1_000).toBeLessThan(2_000);
  });

  test('of nothing but frames says where the list is', () => {
    expect(() => readPage(pageOf('frameset'), listReader(), LIST_URL)).toThrow(
      /框架页 https:\/\/www\.linjiang\.example\/zwgk\/tzgg\/show\.asp\?id=7/,
    );
  });
});

describe('the page with the older rows', () => {
  const paged = (changes: Record<string, unknown>) => listReader({ mostPages: 3, ...changes });

  test('is found by the words 下一页, a selector, or a pattern', () => {
    const html = pageOf('list-spans');
    const second = 'https://www.linjiang.example/zwgk/tzgg/index_1.html';
    expect(olderPageUrl(html, paged({}), LIST_URL, 1)).toBe(second);
    expect(olderPageUrl(html, paged({ nextPageSelector: '.page .next' }), LIST_URL, 1)).toBe(
      second,
    );
    const pattern = { pageUrl: 'https://a.test/index_{n}.html', secondPageNumber: 1 };
    expect(olderPageUrl(html, paged(pattern), LIST_URL, 1)).toBe('https://a.test/index_1.html');
    expect(olderPageUrl(html, paged(pattern), LIST_URL, 2)).toBe('https://a.test/index_2.html');
  });

  test.for([
    ['enough pages were read', {}, '<a href="2.html">下一页</a>', 3],
    ['paging was not asked for', { mostPages: 1 }, '<a href="2.html">下一页</a>', 1],
    ['the last page leads to itself', {}, `<a href="${LIST_URL}">下一页</a>`, 1],
    ['the link is a script', {}, '<a href="javascript:go(2)">下一页</a>', 1],
    ['the link leads to another site', {}, '<a href="https://b.test/2">下一页</a>', 1],
    ['there is no link', {}, '<a href="2.html">下一条新闻</a>', 1],
  ] as const)('is none when %s', ([, changes, html, pagesRead]) => {
    expect(olderPageUrl(html, paged(changes), LIST_URL, pagesRead)).toBeUndefined();
  });
});

describe('an article page', () => {
  test('completes a row: text, the title that the list cut short, the time of day', () => {
    const row = aRow({ title: '霖江市生态环境局关于沉沙河…', published: '03-02' });
    expect(withArticle(row, pageOf('article'), listReader())).toMatchObject({
      title: '霖江市生态环境局关于沉沙河水质异味情况的通报',
      published: '2026-03-02 10:23',
      text: expect.stringContaining('氨氮浓度高于平日'),
      needsArticle: false,
    });
  });

  test.for([
    [
      'the page’s moment',
      '<meta name="PubDate" content="2026-03-02 10:23">',
      '03-02',
      '2026-03-02 10:23',
    ],
    [
      'the list’s time of day over the page’s day',
      '<meta name="PubDate" content="2026-03-02">',
      '03-02 10:23',
      '03-02 10:23',
    ],
    ['the list’s day where the page has none', '', '03-01', '03-01'],
    ['the day in the address where neither has one', '', '', '2026-03-02'],
  ] as const)('takes %s', ([, head, listed, published]) => {
    const row = aRow({ published: listed });
    const read = withArticle(row, article('因检修，今日停水。', head), listReader());
    expect(read.published).toBe(published);
  });

  test('takes what a selector says over what can be guessed', () => {
    const html = `<h1>别的标题</h1><b class="t">真标题</b><i class="d">2026-03-01</i>${article('因检修，今日停水。')}<div id="c">正文在此</div>`;
    const reader = listReader({
      articleTitleSelector: '.t',
      articleDateSelector: '.d',
      articleSelector: '#c',
    });
    expect(withArticle(aRow(), html, reader)).toMatchObject({
      title: '真标题',
      published: '2026-03-01',
      text: '正文在此',
    });
  });

  test('without text is unreadable, and says which selector took nothing', () => {
    const nothing = '<div id="app"></div>';
    expect(() => withArticle(aRow(), nothing, listReader())).toThrow(Unreadable);
    const reader = listReader({ articleSelector: '#c' });
    expect(() => withArticle(aRow(), nothing, reader)).toThrow(/选择器 #c/);
  });

  test('of frames names the frame to follow', () => {
    const frameUrl = 'https://www.linjiang.example/zwgk/show.asp?id=7';
    const read = () => withArticle(aRow(), pageOf('frameset'), listReader());
    expect(read).toThrow(InFrame);
    expect(read).toThrow(expect.objectContaining({ frameUrl }));
  });
});
