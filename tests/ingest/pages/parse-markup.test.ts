import { load } from 'cheerio';
import { assert, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { htmlToText } from '../../../ingest/pages/page-text.ts';
import {
  isElement,
  parseHtml,
  parseXml,
  type MarkupTree,
} from '../../../ingest/pages/parse-markup.ts';

/** How deep and how many; walked without recursion, since depth is what is asked. */
function sizeOf(tree: MarkupTree): { readonly depth: number; readonly elements: number } {
  let depth = 0;
  let elements = 0;
  const left: (readonly [MarkupTree['children'][number], number])[] = tree.children.map(
    (node) => [node, 1] as const,
  );
  for (let next = left.pop(); next; next = left.pop()) {
    const [node, level] = next;
    if (!isElement(node)) continue;
    depth = Math.max(depth, level);
    elements += 1;
    left.push(...node.children.map((child) => [child, level + 1] as const));
  }
  return { depth, elements };
}

test('however deep markup nests, its tree does not, and no text is lost', () => {
  const deep = `${'<div>'.repeat(100_000)}正文${'</i>'.repeat(100_000)}尾`;
  for (const tree of [parseHtml(deep), parseXml(`<r>${deep}</r>`)]) {
    expect(sizeOf(tree).depth).toBeLessThan(300);
  }
  expect(htmlToText(deep)).toBe('正文尾');
});

test('a page of nothing but tags does not fill the memory', () => {
  expect(sizeOf(parseHtml('<b></b>'.repeat(400_000))).elements).toBeLessThanOrEqual(100_010);
});

test('rows stand in a tbody and everything in a body, as in a browser', () => {
  const $ = load(
    parseHtml(
      '<table><tr><td>一</td></tr><tr><td>二<table><tr><td>内</td></tr></table></td></tr></table>尾',
    ),
  );
  expect($('html > body > table > tbody > tr')).toHaveLength(2);
  expect($('td > table > tbody > tr').text()).toBe('内');
  expect($('body').text()).toContain('尾');
  const given = load(
    parseHtml('<table><tbody><tr><td>一</td></tr></tbody><tr><td>二</td></tr></table>'),
  );
  expect(given('table > tbody > tr')).toHaveLength(2);
});

test('what stands behind the end of a page belongs to its body', () => {
  const $ = load(parseHtml('<html><head></head><body><p>一</p></body></html><p>二</p>'));
  expect($('html > body > p').text()).toBe('一二');
  expect($('html')).toHaveLength(1);
});

test('no markup makes reading it throw', () => {
  assert(
    property(string({ unit: 'binary', maxLength: 300 }), (markup) => {
      expect(typeof htmlToText(`<p>${markup}`)).toBe('string');
      expect(sizeOf(parseXml(markup)).depth).toBeLessThan(300);
    }),
  );
});
