import { DomHandler, Parser } from 'htmlparser2';

/** Browsers stop nesting at 512. What lies deeper becomes a sibling, so no page can make a walk over it slow. */
const MOST_DEPTH = 256;
/** Text beyond it is still taken, its tags are not: a page of nothing but tags must not fill the memory. */
const MOST_ELEMENTS = 100_000;
const MOST_IN_A_ROW = 500;
const TABLE_PARTS = new Set(['tbody', 'thead', 'tfoot']);

export type MarkupTree = DomHandler['root'];
export type MarkupNode = MarkupTree['children'][number];
export type MarkupElement = Extract<MarkupNode, { readonly attribs: unknown }>;

/** An HTML page as a tree, as a browser would build it as far as selectors can tell. Never throws. */
export function parseHtml(html: string): MarkupTree {
  const tree = build(html, new PageHandler(), false);
  return tree.children.some((node) => isElement(node) && node.name !== 'html')
    ? underOneRoot(tree)
    : tree;
}

/** A piece of HTML as it stands, with no page built round it. Never throws. */
export function parseFragment(html: string): MarkupTree {
  return build(html, new CappedHandler(), false);
}

/** XML, or what is left of it, as a tree; names in lower case. Never throws. */
export function parseXml(xml: string): MarkupTree {
  return build(xml, new CappedHandler(), true);
}

export const isElement = (node: MarkupNode): node is MarkupElement => 'attribs' in node;

/** A row of a list is a small thing: what holds more is a list itself, or made to take our time. */
export function isTooBigForRow(element: MarkupElement): boolean {
  let left = MOST_IN_A_ROW;
  const isOver = (part: MarkupElement): boolean =>
    part.children.some((node) => isElement(node) && ((left -= 1) < 0 || isOver(node)));
  return isOver(element);
}

/**
 * Puts what stands beside or without an html element into the body, as browsers do. Selectors rely on it, and
 * they are slow where very many elements have no parent.
 */
function underOneRoot(tree: MarkupTree): MarkupTree {
  const shell = build('<html><body></body></html>', new PageHandler(), false);
  const html = elementNamed(tree, 'html') ?? elementNamed(shell, 'html');
  const body = html && (elementNamed(html, 'body') ?? elementNamed(shell.children[0], 'body'));
  if (!html || !body) return tree;
  adopt(body, [...body.children, ...tree.children.filter((node) => node !== html)]);
  if (body.parent !== html) adopt(html, [...html.children, body]);
  adopt(tree, [html]);
  return tree;
}

function elementNamed(part: MarkupNode | MarkupTree | undefined, name: string) {
  const children = part && 'children' in part ? part.children : [];
  return children.filter(isElement).find((element) => element.name === name);
}

function adopt(parent: MarkupTree | MarkupElement, children: MarkupNode[]): void {
  for (const [index, child] of children.entries()) {
    child.parent = parent;
    child.prev = children[index - 1] ?? null;
    child.next = children[index + 1] ?? null;
  }
  parent.children = children;
}

function build(markup: string, handler: CappedHandler, xmlMode: boolean): MarkupTree {
  const options = { xmlMode, lowerCaseTags: true, lowerCaseAttributeNames: true };
  new BoundedParser(handler, options).end(markup);
  return handler.root;
}

/** Takes every tag beyond the deepest level as one that is closed at once. */
class BoundedParser extends Parser {
  readonly #handler: CappedHandler;
  #isOpening = false;
  #isTooDeep = false;

  constructor(handler: CappedHandler, options: ConstructorParameters<typeof Parser>[1]) {
    super(handler, options);
    this.#handler = handler;
  }

  override onopentagname(start: number, end: number): void {
    this.#isOpening = true;
    this.#isTooDeep = this.#handler.depth >= MOST_DEPTH;
    super.onopentagname(start, end);
  }

  override onclosetag(start: number, end: number): void {
    this.#isOpening = false;
    super.onclosetag(start, end);
  }

  protected override isVoidElement(name: string): boolean {
    return (this.#isOpening && this.#isTooDeep) || super.isVoidElement(name);
  }
}

class CappedHandler extends DomHandler {
  #elements = 0;
  #skipped = 0;

  get depth(): number {
    return this.tagStack.length + this.#skipped;
  }

  protected get isSkipping(): boolean {
    return this.#skipped > 0;
  }

  override onopentag(name: string, attributes: Record<string, string>): void {
    this.#elements += 1;
    if (this.#elements > MOST_ELEMENTS) this.#skipped += 1;
    else super.onopentag(name, attributes);
  }

  override onclosetag(_name?: string): void {
    if (this.isSkipping) this.#skipped -= 1;
    else super.onclosetag();
  }

  override oncomment(): void {
    // No reader of ours asks for comments.
  }

  override onprocessinginstruction(): void {
    // Nor for these.
  }
}

/** Puts rows that stand in a table itself into a body, as browsers do: selectors are copied from browsers. */
class PageHandler extends CappedHandler {
  readonly #implied = new Set<unknown>();

  override onopentag(name: string, attributes: Record<string, string>): void {
    if (TABLE_PARTS.has(name)) this.#leaveImplied();
    const parent = this.tagStack.at(-1);
    if (name === 'tr' && parent && 'name' in parent && parent.name === 'table') {
      super.onopentag('tbody', {});
      this.#implied.add(this.tagStack.at(-1));
    }
    super.onopentag(name, attributes);
  }

  override onclosetag(name?: string): void {
    // The parser knows nothing of an implied body: what it closes is the table round it.
    if (name === 'table') this.#leaveImplied();
    super.onclosetag(name);
  }

  #leaveImplied(): void {
    if (!this.isSkipping && this.#implied.has(this.tagStack.at(-1))) this.tagStack.pop();
  }
}
