import { digestOf } from '#core';
import { makePost, seeded } from './texts.ts';

/** Texts of news length; every feed and page of the measures is made of these. */
export interface FeedText {
  readonly title: string;
  readonly text: string;
}

export const ITEMS_OF_FEED = 20;
const TEXTS = 200;
const PUBLISHED_AT = new Date('2026-03-02T04:00:00Z');

export function makeTexts(): FeedText[] {
  const random = seeded(2);
  return Array.from({ length: TEXTS }, (_, number) => {
    const { title, text } = makePost(random, number, PUBLISHED_AT);
    return { title, text };
  });
}

/** The n-th item of a site. */
export const textOfItem = (texts: readonly FeedText[], site: number, item: number): FeedText =>
  texts[(site * 31 + item) % texts.length] as FeedText;

/** What intake remembers of an item by; nothing in the texts is markup. */
export const digestOfText = ({ title, text }: FeedText): string => digestOf(`${title}\n${text}`);

/** A feed as good sites write it, half of its items in HTML; `newest` is the number of its first item. */
export function feedOf(texts: readonly FeedText[], site: number, newest: number, at: Date): string {
  const origin = `http://s${site}.test`;
  const items = Array.from({ length: ITEMS_OF_FEED }, (_, nth) => {
    const number = newest - nth;
    const { title, text } = textOfItem(texts, site, number);
    const url = `${origin}/news/${number}.html`;
    const moment = new Date(at.getTime() - nth * 3_600_000).toUTCString();
    const body = nth % 2 === 0 ? text : `<![CDATA[<p>${text}</p>]]>`;
    return `<item>
<title>${title}</title>
<link>${url}</link>
<guid isPermaLink="true">${url}</guid>
<pubDate>${moment}</pubDate>
<category>本地</category>
<description>${body}</description>
</item>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel>
<title>第${site}站</title>
<link>${origin}/</link>
<description>新闻</description>
${items.join('\n')}
</channel>
</rss>
`;
}

/** An article page as portals build them: menus, a column of links beside it, recommendations and an imprint below. */
export function articlePageOf(texts: readonly FeedText[], number: number): string {
  const { title, text } = textOfItem(texts, 1, number);
  const link = (nth: number): string =>
    `<li><a href="/news/${nth}.html">${textOfItem(texts, 2, number + nth).title}</a><span>03-02</span></li>`;
  const links = (count: number): string =>
    Array.from({ length: count }, (_, nth) => link(nth)).join('\n');
  const paragraphs = text
    .split('。')
    .filter(Boolean)
    .map((sentence) => `<p style="text-indent:2em">${sentence}。</p>`);
  return `<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>${title}_临江新闻网</title>
<script>var channel = 'news'; function share(to) { return to; }</script>
<style>.nav li { float: left } .content p { line-height: 2 }</style></head>
<body><div class="header"><ul class="nav">${links(30)}</ul></div>
<div class="main"><div class="left"><h1>${title}</h1>
<div class="info"><span>2026-03-02 12:00</span><span>来源：临江日报</span></div>
<div class="content" id="zoom">${paragraphs.join('\n')}</div>
<div class="share"><a href="#">分享</a></div></div>
<div class="right"><h3>热点推荐</h3><ul>${links(60)}</ul></div></div>
<div class="footer"><p>版权所有 临江新闻网 备案号 00000000</p></div></body></html>`;
}
