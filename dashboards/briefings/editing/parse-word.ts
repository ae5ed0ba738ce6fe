import { Parser } from 'htmlparser2';
import { Refused } from '#core';
import { plainText } from '../plain-text.ts';

/** A paragraph or a table of a Word file, as its text. */
export interface WordPart {
  readonly kind: 'paragraph' | 'table' | 'picture';
  readonly text: string;
}

export interface ParsedWord {
  readonly parts: readonly WordPart[];
  /** 修订 are read as if all were accepted; 批注 are not read. */
  readonly hasTracked: boolean;
  readonly commentCount: number;
}

/** What a paragraph may hold that would be lost, by the names of its elements. */
const UNREAD: Readonly<Record<string, string>> = {
  footnoteReference: '脚注',
  endnoteReference: '尾注',
  txbxContent: '文本框',
  object: '嵌入的文件',
  altChunk: '嵌入的文件',
  oMath: '公式',
  sym: '符号字体的字',
};
const WORD_SPACES =
  /^http:\/\/(?:schemas\.openxmlformats\.org|purl\.oclc\.org)\/.*wordprocessingml/;
const TRACKED = new Set(['ins', 'del', 'moveFrom', 'moveTo']);

const unreadable = (why: string): Refused =>
  new Refused('WORD_UNREADABLE', `Word 文件读不懂：${why}。没有读入任何内容`, 'invalid');

/**
 * The paragraphs and tables of a Word document in their order. Nothing outside the text is ever fetched: a document
 * type, by which a file could name others, is refused.
 *
 * @param xml `word/document.xml`
 * @throws {Refused} when it is not well formed, or holds what cannot be read back
 */
export function parseWord(xml: string, { mostDepth }: { readonly mostDepth: number }): ParsedWord {
  const parts: WordPart[] = [];
  const stack: string[] = [];
  let prefix: string | undefined;
  let part: { kind: WordPart['kind']; text: string } | undefined;
  let skipped = 0;
  let hasTracked = false;
  let hasBody = false;
  let commentCount = 0;
  const where = (): string => `第${parts.length + 1}段`;
  const inText = (): boolean => part !== undefined && skipped === 0;
  const refuse = (what: string): never => {
    throw new Refused(
      'WORD_HOLDS_MORE',
      `Word 文件${where()}有${what}，读不回来：请去掉后再上传`,
      'invalid',
    );
  };
  const open = (full: string, attributes: Readonly<Record<string, string>>): void => {
    const at = full.indexOf(':');
    prefix ??= Object.entries(attributes)
      .find(([, space]) => WORD_SPACES.test(space))?.[0]
      .replace(/^xmlns:?/, '');
    const own = at < 0 ? '' : full.slice(0, at);
    const name = full.slice(at + 1);
    // Names of other vocabularies are told apart by what stands before them.
    const word = own === prefix ? name : `${own}:${name}`;
    const parent = stack.at(-1) ?? '';
    stack.push(word);
    if (stack.length > mostDepth) throw unreadable(`层数超过${mostDepth}`);
    if (stack.length === 1 && word !== 'document') throw unreadable('不是 Word 正文');
    if (word === 'body' && stack.length === 2) hasBody = true;
    const lost = UNREAD[name];
    if (lost) refuse(lost);
    if (name === 'Fallback' || word === 'del' || word === 'moveFrom') skipped += 1;
    if (TRACKED.has(word)) {
      hasTracked = true;
      if (parent === 'rPr' && stack.at(-3) === 'pPr') refuse('没有接受的段落修订');
    }
    if (word === 'vanish' && !/^(?:0|false|off)$/.test(attributes[`${own}:val`] ?? '')) {
      refuse('隐藏的文字');
    }
    if (word === 'commentReference') commentCount += 1;
    if (word === 'tbl' && !part) part = { kind: 'table', text: '' };
    else if (word === 'p' && !part) part = { kind: 'paragraph', text: '' };
    if (!part) return;
    if ((name === 'drawing' || name === 'pict') && part.kind === 'paragraph') part.kind = 'picture';
    if (!inText() || parent !== 'r') return;
    if (word === 'tab' || word === 'br' || word === 'cr') part.text += ' ';
    if (word === 'noBreakHyphen') part.text += '-';
  };
  const close = (full: string, isImplied: boolean): void => {
    // The parser counts an element that closes itself among those whose end is not written.
    const closesItself = xml.slice(parser.endIndex - 1, parser.endIndex + 1) === '/>';
    if (isImplied && !closesItself) throw unreadable('XML 不完整');
    const word = stack.pop() ?? '';
    if (word.slice(word.indexOf(':') + 1) === 'Fallback' || word === 'del' || word === 'moveFrom') {
      skipped -= 1;
    }
    if (!part) return;
    if (word === 'tc') part.text += '｜';
    if (word === 'tr') part.text += '；';
    const isWhole =
      (word === 'p' || word === 'tbl') && !stack.includes('p') && !stack.includes('tbl');
    if (!isWhole) return;
    parts.push({ kind: part.kind, text: part.kind === 'table' ? part.text : plainText(part.text) });
    part = undefined;
  };
  const parser: Parser = new Parser(
    {
      onopentag: open,
      onclosetag: close,
      ontext(text) {
        if (part && inText() && stack.at(-1) === 't') part.text += text;
      },
      onprocessinginstruction(name) {
        if (name.startsWith('!')) throw unreadable('里面有文档类型声明，可能指向别的文件');
      },
    },
    { xmlMode: true, decodeEntities: true },
  );
  parser.write(xml);
  parser.end();
  if (!hasBody || stack.length > 0) throw unreadable('XML 不完整');
  return { parts, hasTracked, commentCount };
}

/** The custom properties of a file, by name. @throws {Refused} */
export function parseProperties(xml: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  let name = '';
  const parser = new Parser(
    {
      onopentag(full, attributes) {
        if (full.slice(full.indexOf(':') + 1) === 'property') name = attributes['name'] ?? '';
      },
      ontext(text) {
        if (name) found.set(name, `${found.get(name) ?? ''}${text}`.trim());
      },
      onclosetag(full) {
        if (full.slice(full.indexOf(':') + 1) === 'property') name = '';
      },
      onprocessinginstruction(instruction) {
        if (instruction.startsWith('!')) throw unreadable('里面有文档类型声明，可能指向别的文件');
      },
    },
    { xmlMode: true, decodeEntities: true },
  );
  parser.write(xml);
  parser.end();
  return found;
}
