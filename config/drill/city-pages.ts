import { beijingMinute } from '#core';
import { countAt, itemsAt, type DrillItem, type DrillSite, type Scenario } from './scenario.ts';
import { fillTimes, momentOf } from './moments.ts';

/** One look at the city: what stands there at this minute. Every page is made from this alone. */
export interface CityMoment {
  readonly scenario: Scenario;
  readonly site: DrillSite;
  readonly elapsed: number;
  /** Drill time of minute 0. */
  readonly startedAt: Date;
  /** The site's own address, without a closing slash. */
  readonly origin: string;
}

const FEED_LENGTH = 30;
const LIST_LENGTH = 50;
const HOT_LENGTH = 10;

export const escapeHtml = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');

/** Address of one item on its site. */
export const pathOf = (site: DrillSite, item: DrillItem): string =>
  `/${PLACES[site.kind]}/${item.id}.html`;
const PLACES = { feed: 'news', noticeList: 'tzgg', board: 'thread', hotList: 's' } as const;

/** RSS 2.0 of the newest items, as such clients publish it. */
export function feedOf(moment: CityMoment): string {
  const { site, origin } = moment;
  const entries = shown(moment)
    .slice(0, FEED_LENGTH)
    .map((item) => feedEntry(moment, item));
  return `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"><channel>
<title>${escapeHtml(site.name)}</title><link>${origin}/</link>
<description>${escapeHtml(site.name)}最新内容</description><language>zh-cn</language>
${entries.join('\n')}
</channel></rss>
`;
}

function feedEntry(moment: CityMoment, item: DrillItem): string {
  const { site, origin } = moment;
  const { title, paragraphs } = written(moment, item);
  if (item.hostile === 'brokenItem') {
    return `<item><title>${escapeHtml(title)}</title><pubDate>昨天下午三点半</pubDate></item>`;
  }
  const link = `${origin}${pathOf(site, item)}`;
  const body = paragraphs.map((one) => `<p>${escapeHtml(one)}</p>`).join('');
  return `<item><title>${escapeHtml(title)}</title><link>${link}</link><guid isPermaLink="true">${link}</guid><pubDate>${rfc822(momentOf(item.minute, moment.startedAt))}</pubDate><description><![CDATA[${body}]]></description></item>`;
}

/** The list page of a site: notices with their day, or threads with author, time and counts. */
export function listOf(moment: CityMoment): string {
  const { site } = moment;
  const rows = shown(moment)
    .slice(0, LIST_LENGTH)
    .map((item) => (site.kind === 'board' ? threadRow(moment, item) : noticeRow(moment, item)));
  const list =
    site.kind === 'board'
      ? `<table class="threads"><thead><tr><th>标题</th><th>作者</th><th>发表</th><th>回复</th><th>赞</th></tr></thead><tbody>\n${rows.join('\n')}\n</tbody></table>`
      : `<ul class="list">\n${rows.join('\n')}\n</ul><div class="pages"><a href="#">首页</a><a href="#">上一页</a><a href="#">下一页</a><a href="#">尾页</a></div>`;
  return pageOf(moment, site.name, list);
}

function noticeRow(moment: CityMoment, item: DrillItem): string {
  const { title } = written(moment, item);
  const day = beijingMinute(momentOf(item.minute, moment.startedAt)).slice(0, 10);
  return `<li><a href="${pathOf(moment.site, item)}" title="${escapeHtml(title)}">${escapeHtml(title)}</a><span class="date">${day}</span></li>`;
}

function threadRow(moment: CityMoment, item: DrillItem): string {
  const { title } = written(moment, item);
  const { replies, likes } = countsOf(moment, item);
  const at = beijingMinute(momentOf(item.minute, moment.startedAt));
  return `<tr class="thread"><td class="title"><a href="${pathOf(moment.site, item)}">${escapeHtml(title)}</a></td><td class="author">${escapeHtml(item.author ?? '')}</td><td class="time">${at}</td><td class="replies">${replies}</td><td class="likes">${likes}</td></tr>`;
}

/** The page of one item. */
export function articleOf(moment: CityMoment, item: DrillItem): string {
  const { site, startedAt } = moment;
  const { title, paragraphs } = written(moment, item);
  const at = beijingMinute(momentOf(item.minute, startedAt));
  const body = paragraphs.map((one) => `<p>${escapeHtml(one)}</p>`).join('\n');
  const trouble = item.hostile === 'brokenMarkup' ? BROKEN_MARKUP : '';
  if (site.kind === 'board') {
    const { replies, likes } = countsOf(moment, item);
    const html = `<article class="post"><h1>${escapeHtml(title)}</h1><p class="meta">楼主 <span class="author">${escapeHtml(item.author ?? '')}</span> 发表于 <time class="time">${at}</time> 回复 <span class="replies">${replies}</span> 赞 <span class="likes">${likes}</span></p>${trouble}<div class="content">\n${body}\n</div></article>`;
    return pageOf(moment, title, html);
  }
  const html = `<article class="article"><h1>${escapeHtml(title)}</h1><p class="meta">发布时间：<time class="time">${at}</time> 来源：<span class="source">${escapeHtml(site.outlet)}</span> 字号：大 中 小</p><div class="content">\n${body}\n</div></article>`;
  return pageOf(moment, title, html);
}

/** The hot list as its client reads it: rank 1 is the hottest. */
export function hotListOf(moment: CityMoment): string {
  const { site, origin, elapsed, startedAt } = moment;
  const data = shown(moment)
    .map((item) => ({ item, heat: countAt(item.heat, item.minute, elapsed) }))
    .filter(({ heat }) => heat > 0)
    .sort((a, b) => b.heat - a.heat || a.item.id.localeCompare(b.item.id))
    .slice(0, HOT_LENGTH)
    .map(({ item, heat }, index) => {
      const { title, paragraphs } = written(moment, item);
      const url = `${origin}${pathOf(site, item)}`;
      const listedAt = momentOf(item.minute, startedAt).toISOString();
      return { rank: index + 1, title, summary: paragraphs.join(''), heat, url, listedAt };
    });
  return JSON.stringify({ code: 0, message: 'ok', name: site.name, data });
}

/** Broken markup as it comes in the wild: scripts, open tags, a table in a paragraph, a stray end. */
const BROKEN_MARKUP = `<script>document.title='被改写';fetch('/stolen?c='+document.cookie)</script><img src=x onerror="alert(1)"><p><table><tr><td><b>没有<i>闭合</b><div onclick='x()'></tr></p><!-- 没有写完的注释 --!><svg/onload=alert(2)><a href="javascript:alert(3)">点我</a></span></table>`;

function written(
  { site, startedAt }: CityMoment,
  item: DrillItem,
): { readonly title: string; readonly paragraphs: readonly string[] } {
  const paragraphs = [item.text, site.boilerplate].filter((one) => one !== '');
  return {
    title: fillTimes(item.title, startedAt),
    paragraphs: paragraphs.map((one) => fillTimes(one, startedAt)),
  };
}

const shown = ({ scenario, site, elapsed }: CityMoment): DrillItem[] =>
  itemsAt(scenario, site.id, elapsed);

const countsOf = (
  { elapsed }: CityMoment,
  { replies, likes, minute }: DrillItem,
): { readonly replies: number; readonly likes: number } => ({
  replies: countAt(replies, minute, elapsed),
  likes: countAt(likes, minute, elapsed),
});

function pageOf({ site, origin }: CityMoment, title: string, main: string): string {
  const charset = site.kind === 'noticeList' ? 'gb2312' : 'utf-8';
  const name = escapeHtml(site.name);
  return `<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="${charset}"><title>${escapeHtml(title)}_${name}</title></head>
<body>
<header><a href="${origin}/">${name}</a><form action="/search"><input name="q" placeholder="请输入关键词"></form></header>
<nav><a href="/">首页</a> <a href="/">要闻</a> <a href="/">服务</a> <a href="/">互动</a> <a href="/">数据</a></nav>
<main>
${main}
</main>
<aside><h2>相关链接</h2><ul><li><a href="/">网站地图</a></li><li><a href="/">联系我们</a></li></ul></aside>
<footer>主办：${escapeHtml(site.outlet)} 网站标识码：9901000000 建议使用1280×768分辨率浏览</footer>
</body></html>
`;
}

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** Beijing time as RSS writes it: Tue, 24 Nov 2026 09:42:00 +0800. */
function rfc822(at: Date): string {
  const local = new Date(`${beijingMinute(at).replace(' ', 'T')}:00Z`);
  const day = String(local.getUTCDate()).padStart(2, '0');
  const time = local.toISOString().slice(11, 16);
  return `${DAYS[local.getUTCDay()]}, ${day} ${MONTHS[local.getUTCMonth()]} ${local.getUTCFullYear()} ${time}:00 +0800`;
}
