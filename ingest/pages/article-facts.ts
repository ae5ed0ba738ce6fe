import { textOf, tidy } from './page-text.ts';
import { isElement, type MarkupElement, type MarkupTree } from './parse-markup.ts';

/** What a page says of its article itself, as written. Absent when it says nothing that can be trusted. */
export interface ArticleFacts {
  readonly title?: string;
  readonly published?: string;
}

/** Names under which pages give the moment of publication, the most reliable first. */
const MOMENT_NAMES = [
  'article:published_time',
  'pubdate',
  'publishdate',
  'publish-date',
  'publish_date',
  'publishtime',
  'publish_time',
  'og:release_date',
  'og:published_time',
  'bytedance:published_time',
  'datepublished',
  'weibo:article:create_at',
  'weibo: article:create_at',
  'dc.date.issued',
  'dcterms.issued',
  'dcterms.created',
  'firstpublishedtime',
  'createdate',
  'date',
];
/** What the guideline for government sites prescribes; it is the bare title. */
const TITLE_NAME = 'articletitle';
const DATE =
  /(?:19|20)\d{2}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?(?:[\sT]{0,3}\d{1,2}\s*[:：时]\s*\d{1,2}(?:\s*[:：分]\s*\d{1,2})?(?:\.\d+)?(?:\s?(?:Z|[+-]\d{2}:?\d{2}))?)?/;
export const TIME_OF_DAY = /\d\s*[:：时]\s*\d/;
/** Not 成文 or 印发: a notice is often older than its page. */
const LABEL = /(?:(?:发布|发表|发稿|上传)(?:时间|日期|于)|来\s*源)[^\n\d]{0,40}$/;
const LABEL_NEAR_TITLE = /(?:时\s*间|日\s*期|更新于?)\s*[:：]?\s*$/;
const SOURCE = /^[^\n\d]{0,10}来\s*源/;
/** Dates in the head of a page belong to the article, those in its foot and sidebars to others. */
const MOST_HEAD_CHARACTERS = 3_000;
const IN_ADDRESS = /[/_t](20\d{2})[-/]?(0[1-9]|1[0-2])[-/]?(0[1-9]|[12]\d|3[01])(?!\d)/;
/** 标题_栏目_网站 and 标题 - 网站, as page titles are made. */
const SITE_NAMES = /\s*[_|｜].*$|\s+[-–—]+\s+.{2,30}$/;
const SITE_NAME =
  /[-–—_|｜]{1,2}[^-–—_|｜]{2,20}(?:网|网站|政府|门户|频道|新闻|日报|晚报|晨报|早报|论坛|社区|官网|百科|平台)$/;
/** This near below the title an unnamed moment is the article's own. */
const NEAR_TITLE_CHARACTERS = 150;
const HEADINGS = new Set(['h1', 'h2', 'h3']);
const MOST_HEADINGS = 20;
const MOST_LINE_CHARACTERS = 500;
const SHORTEST_TITLE = 4;

/**
 * Finds title and moment of an article by what sites of all makers write: meta elements, linked data, headings,
 * a line like 发布时间：2026-03-02 10:23 来源：….
 */
export function articleFacts(page: MarkupTree): ArticleFacts {
  const seen = look(page);
  const title = titleOf(seen);
  const published = momentOf(seen, title, page);
  return { ...(title && { title }), ...(published && { published }) };
}

interface Seen {
  readonly metas: Map<string, string>;
  readonly headings: string[];
  readonly times: string[];
  pageTitle: string;
}

function look(page: MarkupTree): Seen {
  const seen: Seen = { metas: new Map(), headings: [], times: [], pageTitle: '' };
  const walk = (part: MarkupTree | MarkupElement): void => {
    for (const node of part.children) {
      if (!isElement(node)) continue;
      take(node, seen);
      walk(node);
    }
  };
  walk(page);
  return seen;
}

function take(element: MarkupElement, seen: Seen): void {
  const { name, attribs } = element;
  const property = attribs['itemprop']?.toLowerCase();
  const moment = attribs['datetime'] ?? attribs['content'];
  if (name === 'meta') {
    const named = (attribs['property'] ?? attribs['name'] ?? property ?? '').toLowerCase();
    const content = tidy(attribs['content'] ?? '');
    if (content && !seen.metas.has(named)) seen.metas.set(named, content);
  } else if (name === 'title') seen.pageTitle ||= lineIn(element);
  else if (HEADINGS.has(name) && seen.headings.length < MOST_HEADINGS)
    seen.headings.push(lineIn(element));
  else if (property === 'datepublished') seen.times.push(moment ?? lineIn(element));
  else if (name === 'time' && moment) seen.times.push(moment);
  else if (name === 'script' && attribs['type']?.toLowerCase() === 'application/ld+json') {
    const data = element.children.map((node) => ('data' in node ? node.data : '')).join('');
    const written = /"datePublished"\s*:\s*"([^"]{8,40})"/.exec(data)?.[1];
    if (written) seen.times.unshift(written);
  }
}

const lineIn = (element: MarkupElement): string =>
  textOf(element, undefined, MOST_LINE_CHARACTERS)
    .slice(0, MOST_LINE_CHARACTERS)
    .replaceAll('\n', ' ');

function titleOf({ metas, headings, pageTitle }: Seen): string | undefined {
  const given = metas.get(TITLE_NAME);
  if (given) return given;
  const shared = metas.get('og:title');
  const whole = bare(shared ?? pageTitle);
  const own = headings.filter((heading) => heading.length >= SHORTEST_TITLE);
  // The heading without the site's name is the title; a heading that is the site's name stands behind it.
  const [repeated] = own
    .filter((heading) => whole.startsWith(bare(heading)))
    .toSorted((a, b) => b.length - a.length);
  if (repeated) return repeated;
  const cut = shared ? cutAt(SITE_NAME, shared) : cutAt(SITE_NAME, cutAt(SITE_NAMES, pageTitle));
  return cut || own[0];
}

const bare = (text: string): string => text.replace(/\s+/g, '');

function cutAt(siteName: RegExp, title: string): string {
  const cut = title.replace(siteName, '').trim();
  return cut.length >= SHORTEST_TITLE ? cut : title.trim();
}

function momentOf(seen: Seen, title: string | undefined, page: MarkupTree): string | undefined {
  const given = [...MOMENT_NAMES.map((name) => seen.metas.get(name)), ...seen.times].flatMap(
    (text) => DATE.exec(text ?? '')?.[0] ?? [],
  );
  const [first] = given;
  if (first && TIME_OF_DAY.test(first)) return first;
  const candidates = [...given, ...written(page, title)];
  const best = first ?? candidates[0];
  // Of one day, the moment is worth more than the day.
  const exact = candidates.find((one) => TIME_OF_DAY.test(one) && best && isSameDay(one, best));
  return exact ?? best;
}

/** The day that many sites write into the addresses of their articles: /202603/t20260302_12345.html. */
export const dayInAddress = (url: string): string | undefined =>
  IN_ADDRESS.exec(url)?.slice(1, 4).join('-');

const isSameDay = (one: string, other: string): boolean => dayOf(one) === dayOf(other);
const dayOf = (date: string): string =>
  (date.match(/\d+/g) ?? []).slice(0, 3).map(Number).join('-');

/** Dates that a word before them, 来源 after them, or the title just above makes the article's own. */
function written(page: MarkupTree, title: string | undefined): readonly string[] {
  const head = textOf(page, undefined, 4 * MOST_HEAD_CHARACTERS).slice(0, MOST_HEAD_CHARACTERS);
  const titleAt = title ? head.indexOf(title) : -1;
  const titleEnd = titleAt + (title?.length ?? 0);
  return [...head.matchAll(new RegExp(DATE, 'g'))]
    .filter(({ 0: date, index }) => {
      const isNear = titleAt >= 0 && index >= titleEnd && index < titleEnd + NEAR_TITLE_CHARACTERS;
      const before = head.slice(Math.max(0, index - 60), index);
      if (isNear && (TIME_OF_DAY.test(date) || LABEL_NEAR_TITLE.test(before))) return true;
      const after = head.slice(index + date.length, index + date.length + 30);
      return LABEL.test(before) || SOURCE.test(after);
    })
    .map(([date]) => date);
}
