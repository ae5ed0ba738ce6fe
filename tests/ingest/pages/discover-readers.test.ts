import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { discoverReaders } from '../../../ingest/pages/discover-readers.ts';
import { readPage } from '../../../ingest/pages/read-page.ts';
import { PolledReaderSchema } from '../../../ingest/source.ts';

const URL_READ = 'https://www.linjiang.example/zwgk/tzgg/';
const discover = (name: string) =>
  discoverReaders(
    readFileSync(new URL(`../../fixtures/pages/${name}.html`, import.meta.url), 'utf8'),
    URL_READ,
  );

describe('ways to read a page', () => {
  test.for([
    ['list-spans', 8, '关于霖江市澜北片区供水管网检修期间临时停水的通知', '2026-03-02'],
    ['list-table', 6, '澜北新村三期连续三天停水何时恢复', '2026/3/2 9:41'],
    ['list-cards', 5, '全市中小学食堂食品安全专项检查启动', '2026年03月02日'],
    ['forum-board', 6, '霖江论坛版规（必读）请大家文明发言', '2025-1-3'],
  ] as const)('%s: a list of %i rows with titles and dates', ([name, count, title, published]) => {
    const html = readFileSync(
      new URL(`../../fixtures/pages/${name}.html`, import.meta.url),
      'utf8',
    );
    const list = discover(name).find(({ reader }) => reader.kind === 'listPage');
    expect(list).toMatchObject({ url: URL_READ, items: count });
    expect(list?.reason).toContain(`${count} 行`);
    const reader = PolledReaderSchema.parse(list?.reader);
    const { items, unparsable } = readPage(html, reader, URL_READ);
    expect(items).toHaveLength(count);
    expect(unparsable).toBe(0);
    expect(items[0]).toMatchObject({ title, published });
    // A whole page has one list here; menus, pagers and links to friends are none.
    expect(discover(name).filter(({ reader }) => reader.kind === 'listPage')).toHaveLength(1);
  });

  test('a feed that the page declares comes before its list', () => {
    expect(discover('list-cards')[0]).toEqual({
      url: 'https://www.linjiang.example/xwfb/rss.xml',
      reader: { kind: 'feed' },
      reason: '页面声明了订阅源“霖江市教育局 新闻发布”',
    });
  });

  test('a link that looks like a feed comes before lists without dates', () => {
    const found = discover('portal-front');
    expect(found).toMatchObject([
      { url: 'https://www.linjiang.example/feed.xml', reader: { kind: 'feed' } },
      { items: 10, reader: { kind: 'listPage', itemSelector: 'ul.news-list > li' } },
    ]);
    expect(found[1]?.reason).toContain('没有日期');
  });

  test('a feed of comments comes last', () => {
    const link = (href: string, title: string): string =>
      `<link rel="alternate" type="application/rss+xml" title="${title}" href="${href}">`;
    const html = link('/comments/feed', '评论') + link('/feed', '文章');
    expect(discoverReaders(html, URL_READ).map(({ url }) => url)).toEqual([
      'https://www.linjiang.example/feed',
      'https://www.linjiang.example/comments/feed',
    ]);
  });

  test('a feed is read as it is', () => {
    const feed = '<rss version="2.0"><channel><item><title>一</title></item></channel></rss>';
    expect(discoverReaders(feed, URL_READ)).toMatchObject([
      { url: URL_READ, reader: { kind: 'feed' }, items: 1 },
    ]);
  });

  test.for(['no-list', 'article', 'frameset'])('%s: none', (name) => {
    expect(discover(name)).toEqual([]);
  });

  test('names that no selector can hold do no harm', () => {
    const row =
      '<o:p class="1a b{c}"><a href="/x">这是一条新闻的标题</a><x.y>2026-03-02</x.y></o:p>';
    const [list] = discoverReaders(`<div id="a:b">${row.repeat(5)}</div>`, URL_READ);
    expect(list).toMatchObject({ items: 5 });
  });
});
