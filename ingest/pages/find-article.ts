import { isBlock, isRead, textOf } from './page-text.ts';
import { isElement, type MarkupElement, type MarkupTree } from './parse-markup.ts';

type Part = MarkupTree | MarkupElement;

/** Elements that are a paragraph of what stands round them. */
const PARAGRAPHS = new Set(
  'p li h1 h2 h3 h4 h5 h6 blockquote pre dt dd br hr figcaption'.split(' '),
);
/**
 * Words of class names and ids that name something other than the article, on sites of any maker; persons too, who
 * are no part of a text. `authi` and `pls` are how the commonest forum software calls them.
 */
const BESIDE = new Set(
  'comment comments reply replies respond discuss foot footer copyright nav navbar navigation menu crumb crumbs breadcrumb sidebar aside related relate recommend recommended share sharing toolbar pager pagination login advert advertisement ads qrcode subscribe author authors authi avatar profile userinfo signature pls'.split(
    ' ',
  ),
);
/** These do so only where no word beside them names the article: tool-content, hot-article. */
const PERHAPS_BESIDE = new Set(
  'bottom side hot rank ranking tool tools tags popup dialog ad banner'.split(' '),
);
const ARTICLE = new Set('article body content main text detail column post entry news'.split(' '));
/** A line that every page of a site carries. */
const IMPRINT =
  /版权所有|ICP备|ICP证|公网安备|许可证|主办单位|承办单位|网站标识码|copyright|all rights reserved/i;
/** Wide signs that say nothing by themselves, as digits and ASCII signs do: a list of dates is no prose. */
const EMPTY_WIDE = new Set('\u00a0\u3000（）【】：·｜'.split('').map((sign) => sign.charCodeAt(0)));
const SENTENCE = /[，。！？；、,!?;]/g;

/** A line that long holds more than an imprint. */
const LONG_LINE = 200;
const SHORT_LINE = 25;
/** A line with a mark of a sentence may be shorter and still be prose: 情况属实，正在处理。 */
const SHORT_SENTENCE = 8;
/** Of what a line is worth to the block that holds it, the block round that gets half, and so on. */
const PASSED_ON = 0.5;
const LEVELS = 3;
/** Less than this is no article where another reading of the page finds more. */
const LITTLE_PROSE = 100;
/** The parts beside the best one belong to it when they add this much. */
const PART_RATIO = 0.25;
const LINKED_RATIO = 0.5;
const LINKS_OF_A_LIST = 3;

interface Measure {
  /** Characters that say something, and how many of them stand in links. */
  characters: number;
  linked: number;
  links: number;
  /** What its lines are worth as prose. */
  prose: number;
  /** Lines with the marks of a sentence. */
  sentences: number;
  /** The same, by how near the lines are: the middle of an article stands out. */
  score: number;
}

/** Where an article stands on its page, and how clearly it stands out. */
export interface Found {
  readonly text: string;
  /** Of all prose on the page, how much stands in the part that was taken; 0 to 1. */
  readonly shareRatio: number;
}

/**
 * The text of an article, wherever it stands: the part of the page that holds most prose, without lists of
 * links and what its class names call something else.
 *
 * The idea is Readability's (a line speaks for the blocks round it, less with each step); prose is told from
 * the rest by Chinese sentence marks, and nothing here knows a site.
 */
export function findArticle(page: MarkupTree): Found {
  const careful = take(page, true);
  if (careful.prose >= LITTLE_PROSE) return careful;
  // All of it may stand in a part with a misleading name.
  const careless = take(page, false);
  return careless.prose > careful.prose * 2 ? careless : careful;
}

function take(page: MarkupTree, isCareful: boolean): Found & { readonly prose: number } {
  const { measures, of } = measure(page, isCareful);
  const best = whole(mostProse(measures) ?? page, of);
  const { prose, sentences } = of(best);
  // Headings and labels alone are no article: the page of a list, a menu, a place for a script to fill.
  if (sentences === 0 && prose < LITTLE_PROSE) return { text: '', prose: 0, shareRatio: 0 };
  const isLeftOut = (element: MarkupElement): boolean =>
    (isCareful && isBeside(element)) || isListOfLinks(element, of(element));
  return { text: textOf(best, isLeftOut), prose, shareRatio: prose / Math.max(of(page).prose, 1) };
}

function mostProse(measures: ReadonlyMap<Part, Measure>): Part | undefined {
  let best: Part | undefined;
  let most = 0;
  for (const [part, { score, linked, characters }] of measures) {
    const worth = score * (1 - linked / Math.max(characters, 1));
    if (worth > most) {
      most = worth;
      best = part;
    }
  }
  return best;
}

/** An article cut into parts of one kind (pages, sections) is taken as a whole. */
function whole(found: Part, of: (part: Part) => Measure): Part {
  let best = found;
  let inner = found;
  while (inner.parent && 'children' in inner.parent) {
    const outer = inner.parent as Part;
    const others = outer.children.filter((node) => node !== inner && isElement(node));
    const alike = others.filter((node) => isElement(node) && isAlike(node, inner));
    const sum = (nodes: typeof others): number =>
      nodes
        .map((node) => of(node as Part))
        .filter(({ sentences }) => sentences > 0)
        .reduce((total, { prose }) => total + prose, 0);
    if (sum(alike) >= PART_RATIO * of(best).prose) best = outer;
    else if (sum(others) > 0) break;
    inner = outer;
  }
  return best;
}

function isAlike(one: MarkupElement, other: Part): boolean {
  if (PARAGRAPHS.has(one.name)) return true;
  return (
    'name' in other && one.name === other.name && one.attribs['class'] === other.attribs['class']
  );
}

/** Some sites write their paragraphs as one div after another. */
function isParagraph(block: MarkupElement): boolean {
  if (PARAGRAPHS.has(block.name)) return true;
  if (block.name !== 'div' && block.name !== 'section') return false;
  const isLeaf = block.children.every(
    (node) => !isElement(node) || !isBlock(node) || node.name === 'br',
  );
  return (
    isLeaf &&
    [nextElement(block), previousElement(block)].some((near) => near && isAlike(near, block))
  );
}

function nextElement({ next }: MarkupElement): MarkupElement | undefined {
  let node = next;
  while (node && !isElement(node)) node = node.next;
  return node ?? undefined;
}

function previousElement({ prev }: MarkupElement): MarkupElement | undefined {
  let node = prev;
  while (node && !isElement(node)) node = node.prev;
  return node ?? undefined;
}

function isBeside({ name, attribs }: MarkupElement): boolean {
  if (name === 'body' || name === 'html') return false;
  if (name === 'aside') return true;
  const { class: classes = '', id = '' } = attribs;
  return (classes !== '' || id !== '') && isNamedBeside(`${classes} ${id}`);
}

function isNamedBeside(name: string): boolean {
  const words = name
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/);
  if (words.some((word) => BESIDE.has(word))) return true;
  return words.some((word) => PERHAPS_BESIDE.has(word)) && !words.some((word) => ARTICLE.has(word));
}

const isListOfLinks = (element: MarkupElement, { characters, linked, links }: Measure): boolean =>
  isBlock(element) && links >= LINKS_OF_A_LIST && linked > characters * LINKED_RATIO;

/** One walk over the page, line by line; a line is what stands between two edges of blocks. */
function measure(page: MarkupTree, isCareful: boolean) {
  const measures = new Map<Part, Measure>();
  const of = (part: Part): Measure => {
    const known = measures.get(part);
    if (known) return known;
    const fresh = { characters: 0, linked: 0, links: 0, prose: 0, sentences: 0, score: 0 };
    measures.set(part, fresh);
    return fresh;
  };
  const holders = new Map<Part, Part | null>();
  const holderOf = (block: Part): Part | null => {
    const known = holders.get(block);
    if (known !== undefined) return known;
    let holder: Part | null = block;
    while (holder && 'name' in holder && isParagraph(holder)) holder = holder.parent as Part;
    holders.set(block, holder);
    return holder;
  };
  let line = '';
  let characters = 0;
  let linked = 0;

  const endLine = (block: Part): void => {
    if (characters === 0) return;
    const { worth, isSentence } = judgeLine(line, characters, linked);
    line = '';
    characters = 0;
    linked = 0;
    of(block).prose += worth;
    if (isSentence) of(block).sentences += 1;
    let holder = holderOf(block);
    for (let level = 0, part = worth; holder && level < LEVELS; level += 1) {
      of(holder).score += part;
      part *= PASSED_ON;
      holder = holder.parent as Part | null;
    }
  };
  const walk = (part: Part, block: Part, isLinked: boolean): void => {
    const own = of(part);
    for (const node of part.children) {
      if ('data' in node) {
        const count = countSaying(node.data);
        line += node.data;
        characters += count;
        own.characters += count;
        if (isLinked) {
          own.linked += count;
          linked += count;
        }
      } else if (isElement(node) && isRead(node) && !(isCareful && isBeside(node))) {
        const isEdge = isBlock(node);
        if (isEdge) endLine(block);
        walk(node, isEdge ? node : block, isLinked || node.name === 'a');
        if (isEdge) endLine(node);
        const inner = of(node);
        own.characters += inner.characters;
        own.linked += inner.linked;
        own.links += inner.links + (node.name === 'a' ? 1 : 0);
        own.prose += inner.prose;
        own.sentences += inner.sentences;
      }
    }
  };
  walk(page, page, false);
  endLine(page);
  return { measures, of };
}

/** What a line is worth as prose, in characters, and whether it is a sentence for certain. */
function judgeLine(
  line: string,
  characters: number,
  linked: number,
): { readonly worth: number; readonly isSentence: boolean } {
  const own = characters - linked;
  const isImprint = own < LONG_LINE && IMPRINT.test(line);
  if (own <= 0 || linked > characters * LINKED_RATIO || isImprint) {
    return { worth: 0, isSentence: false };
  }
  const marks = line.match(SENTENCE)?.length ?? 0;
  const isSentence = marks > 0 && own >= SHORT_SENTENCE;
  return { worth: isSentence || own >= SHORT_LINE ? own + 2 * marks : own / 2, isSentence };
}

/** Characters that say something: no digits, signs or white space. */
function countSaying(text: string): number {
  let count = 0;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    const isLetter = (code >= 97 && code <= 122) || (code >= 65 && code <= 90);
    if (isLetter || (code > 127 && !EMPTY_WIDE.has(code))) count += 1;
  }
  return count;
}
