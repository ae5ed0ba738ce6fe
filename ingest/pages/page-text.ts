import {
  isElement,
  parseFragment,
  type MarkupElement,
  type MarkupNode,
  type MarkupTree,
} from './parse-markup.ts';

/** What a reader does not read as text. A form stays: many office pages stand inside one as a whole. */
const NO_TEXT = new Set(
  'script style noscript noframes template iframe svg math nav header footer button select textarea head'.split(
    ' ',
  ),
);
const BLOCKS = new Set(
  'p div br hr li ul ol dl dt dd tr td th table caption h1 h2 h3 h4 h5 h6 section article main aside blockquote pre figure figcaption center form address details'.split(
    ' ',
  ),
);
const HIDDEN = /display\s*:\s*none/i;
const MOST_CHARACTERS = 100_000;
/** Of markup; images written into it make it long, and its text comes first. */
const MOST_MARKUP_CHARACTERS = 2_000_000;
/** White space and all; more is not looked at. */
const MOST_RAW_CHARACTERS = 4 * MOST_CHARACTERS;

/** Markup as plain text: blocks on their own lines, scripts and boilerplate elements gone. */
export function htmlToText(html: string): string {
  // What holds no markup is text already.
  return /[<&]/.test(html)
    ? textOf(parseFragment(html.slice(0, MOST_MARKUP_CHARACTERS)))
    : tidy(html);
}

/**
 * The text a reader sees in this part of a page.
 *
 * @param isLeftOut parts inside it that do not belong to the text
 * @param mostCharacters roughly where it may stop
 */
export function textOf(
  part: MarkupTree | MarkupElement,
  isLeftOut: (element: MarkupElement) => boolean = () => false,
  mostCharacters: number = MOST_RAW_CHARACTERS,
): string {
  let text = '';
  // The tree is never deep: parseHtml sees to it.
  const walk = ({ children }: { readonly children: readonly MarkupNode[] }): void => {
    for (const node of children) {
      if (text.length > mostCharacters) return;
      if ('data' in node) text += node.data;
      else if (!isElement(node)) walk(node);
      else if (isRead(node) && !isLeftOut(node)) {
        const edge = BLOCKS.has(node.name) ? '\n' : '';
        text += edge;
        walk(node);
        text += edge;
      }
    }
  };
  walk(part);
  return tidy(text);
}

/** White space and all; a title, a name or a number of readers is far shorter. */
const MOST_PART_CHARACTERS = 4_000;

/** All text inside, unseen parts too, as a selector that names the very part wants it; a very long one is cut. */
export function partText(part: MarkupNode): string {
  let text = '';
  const walk = (node: MarkupNode): boolean => {
    if ('data' in node) text += node.data;
    else if ('children' in node) node.children.every(walk);
    return text.length < MOST_PART_CHARACTERS;
  };
  walk(part);
  return tidy(text.slice(0, MOST_PART_CHARACTERS));
}

export const isBlock = ({ name }: MarkupElement): boolean => BLOCKS.has(name);

/** False for scripts, boilerplate elements and what is hidden. */
export function isRead({ name, attribs }: MarkupElement): boolean {
  return (
    !NO_TEXT.has(name) && attribs['hidden'] === undefined && !HIDDEN.test(attribs['style'] ?? '')
  );
}

export function tidy(text: string): string {
  return text
    .slice(0, MOST_RAW_CHARACTERS)
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?\n[\s\n]*/g, '\n')
    .trim()
    .slice(0, MOST_CHARACTERS);
}
