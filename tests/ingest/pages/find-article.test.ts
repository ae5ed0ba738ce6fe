import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { articleFacts, dayInAddress } from '../../../ingest/pages/article-facts.ts';
import { contentFrame } from '../../../ingest/pages/content-frame.ts';
import { findArticle } from '../../../ingest/pages/find-article.ts';
import { parseHtml } from '../../../ingest/pages/parse-markup.ts';

const pageOf = (name: string) =>
  parseHtml(readFileSync(new URL(`../../fixtures/pages/${name}.html`, import.meta.url), 'utf8'));
const textIn = (html: string): string => findArticle(parseHtml(html)).text;

describe('the text of an article', () => {
  test('of a government site, though the whole page is a form', () => {
    const { text, shareRatio } = findArticle(pageOf('article'));
    expect(text).toMatch(/^3月1日晚，市民反映[\s\S]+附件：沉沙河澜北段监测数据.pdf$/);
    expect(text).toContain('取水口\n0.22');
    expect(text).not.toMatch(/相关|分享|主办|当前位置/);
    expect(shareRatio).toBeGreaterThan(0.8);
  });

  test('of a page laid out with tables, without its menus', () => {
    expect(findArticle(pageOf('article-table')).text).toMatch(/^网友您好，[\s\S]+关注和支持。$/);
  });

  test('of which every paragraph stands in boxes of its own, without the comments', () => {
    const { text } = findArticle(pageOf('article-sections'));
    expect(text.split('\n')).toHaveLength(5);
    expect(text).not.toContain('网友');
  });

  test.for([
    ['one sentence', '<h1>停水通知</h1><p>因检修，今日停水。</p>', '因检修，今日停水。'],
    [
      'in two columns',
      `<div class="l"><p>第一部分，${'很长，'.repeat(40)}</p></div><div class="l"><p>第二部分，${'很长，'.repeat(40)}</p></div>`,
      '第二部分',
    ],
    [
      'beside thirty links with dates',
      `<ul>${'<li><a href="x">某条新闻的标题在这里</a> 2026-03-02</li>'.repeat(30)}</ul><div><p>正文只有一句，很短。</p></div>`,
      '正文只有一句，很短。',
    ],
    [
      'named like something else',
      `<div class="bottom"><p>${'某市召开会议，部署安全生产工作。'.repeat(9)}</p></div>`,
      '部署',
    ],
    ['of nothing but short lines', `<div>${'爱逝去的爱讨不回来<br>'.repeat(40)}</div>`, '爱逝去'],
    [
      'after a line in hiding',
      '<p style="display: none">隐藏的一段，不应出现。</p><p>正文一段，如下。</p>',
      '正文',
    ],
  ] as const)('%s is found', ([, html, part]) => {
    expect(textIn(html)).toContain(part);
    expect(textIn(html)).not.toMatch(/隐藏/);
  });

  test('of a thread does not name who wrote it', () => {
    const post = (name: string, text: string): string =>
      `<div class="post"><div class="authi"><a href="/u">${name}</a></div><div class="t_f">${text}</div></div>`;
    const thread = `<div id="postlist">${post('江上客', '澜北又停水了，第三天了，有人管吗？')}${post('河边草', '我们这边也停了，早上没水洗脸。')}</div>`;
    expect(textIn(thread)).toContain('第三天了');
    expect(textIn(thread)).not.toMatch(/江上客|河边草/);
  });

  test.for(['frameset', 'list-spans', 'portal-front', 'no-list'])('%s has none', (name) => {
    expect(findArticle(pageOf(name)).text).toBe('');
  });

  test('is none where a script is still to write it', () => {
    expect(
      textIn(
        '<div id="app"></div><script>render()</script><noscript>请启用 JavaScript，谢谢。</noscript>',
      ),
    ).toBe('');
  });
});

describe('what a page says of its article', () => {
  test.for([
    ['article', '霖江市生态环境局关于沉沙河水质异味情况的通报', '2026-03-02 10:23'],
    ['article-sections', '澜北停水三天，我们去现场看了看', '2026-03-02 12:05'],
  ] as const)('%s', ([name, title, published]) => {
    expect(articleFacts(pageOf(name))).toEqual({ title, published });
  });

  test('a date under its label, where nothing else gives one', () => {
    expect(articleFacts(pageOf('article-table')).published).toBe('2026年3月2日');
  });

  test.for([
    ['停水通知一则_通知公告_霖江市人民政府', '停水通知一则'],
    ['停水通知一则 - 霖江新闻网', '停水通知一则'],
    ['停水通知一则-霖江日报', '停水通知一则'],
    ['停水通知一则——致全体市民', '停水通知一则——致全体市民'],
  ] as const)('the title %s is %s', ([whole, title]) => {
    expect(articleFacts(parseHtml(`<title>${whole}</title><p>正文</p>`)).title).toBe(title);
  });

  test.for([
    [
      '<meta name="publishdate" content="2026-03-02"><p>发布时间：2026-03-02 10:23</p>',
      '2026-03-02 10:23',
    ],
    [
      '<script type="application/ld+json">{"datePublished": "2026-03-02T10:23:00+08:00"}</script>',
      '2026-03-02T10:23:00+08:00',
    ],
    ['<p>今天是 2026年3月2日 星期一</p><p>正文</p>', undefined],
    ['<p>活动时间：2026年3月8日 9:00，地点另行通知。</p>', undefined],
    ['<p>成文日期：2025-12-01 发布日期：2026-03-02</p>', '2026-03-02'],
    ['<time datetime="2026-03-02T10:23:00Z">三月二日</time>', '2026-03-02T10:23:00Z'],
  ] as const)('%s was published %s', ([html, published]) => {
    expect(articleFacts(parseHtml(html)).published).toBe(published);
  });

  test.for([
    ['https://a.test/202603/t20260302_48211.html', '2026-03-02'],
    ['https://a.test/2026-03/02/c_1125.htm', '2026-03-02'],
    ['https://a.test/show?id=20263902', undefined],
  ] as const)('the address %s names the day %s', ([url, day]) => {
    expect(dayInAddress(url)).toBe(day);
  });
});

test('of a page of frames the one with the content is named, wherever it stands', () => {
  const url = 'https://a.test/x/';
  expect(contentFrame(pageOf('frameset'), url)).toBe('https://a.test/x/show.asp?id=7');
  expect(
    contentFrame(
      parseHtml(
        '<iframe src="/body.htm" width="100%"></iframe><iframe src="/c.gif" width="1" height="1">',
      ),
      url,
    ),
  ).toBe('https://a.test/body.htm');
  expect(contentFrame(pageOf('article'), url)).toBeUndefined();
});
