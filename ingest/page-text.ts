import { load, type CheerioAPI } from 'cheerio';

const NO_TEXT = 'script, style, noscript, template, iframe, svg, nav, header, footer, form, button';
const BLOCKS = 'p, div, br, li, tr, h1, h2, h3, h4, h5, h6, section, article, td, blockquote';
const CANDIDATES = 'article, main, section, div, td';
/** As the DOM numbers them. */
const TEXT_NODE = 3;
const MOST_CHARACTERS = 100_000;

/** Markup as plain text: blocks on their own lines, scripts and boilerplate elements gone. */
export function htmlToText(html: string): string {
  // What holds no markup is text already; building a page around it would only cost time.
  if (!/[<&]/.test(html)) return tidy(html);
  const $ = load(html, null, false);
  return textOf($, $.root());
}

/** The text of an article page: by selector, else the element with the most text that is no link. */
export function articleText($: CheerioAPI, selector: string | undefined): string {
  const chosen = selector ? $(selector).first() : densest($);
  return textOf($, chosen);
}

/** Parses a page without its scripts, frames and boilerplate elements left to be read as text. */
export function loadPage(html: string): CheerioAPI {
  return load(html);
}

function densest($: CheerioAPI): ReturnType<CheerioAPI> {
  $(NO_TEXT).remove();
  let best = $('body');
  let most = 0;
  for (const element of $(CANDIDATES)) {
    const own = $(element)
      .contents()
      .toArray()
      .filter((node) => node.nodeType === TEXT_NODE || $(node).is('p'))
      .reduce((sum, node) => sum + $(node).text().trim().length, 0);
    const linked = $(element).find('a').text().length;
    const score = own - 2 * linked;
    if (score > most) {
      most = score;
      best = $(element);
    }
  }
  return best;
}

function textOf($: CheerioAPI, chosen: ReturnType<CheerioAPI>): string {
  const part = chosen.clone();
  part.find(NO_TEXT).remove();
  part.find(BLOCKS).each((_, element) => void $(element).append('\n'));
  return tidy(part.text());
}

export function tidy(text: string): string {
  return text
    .slice(0, MOST_CHARACTERS)
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n[\s\n]*/g, '\n')
    .trim();
}
