import { expect, test } from 'vitest';
import { canonicalUrl } from '../../../analyze/copies/canonical-url.ts';
import { groupingPack } from '../../support/packs.ts';

const rule = groupingPack.copies.address;

test.for([
  'https://www.example.gov.cn/a/1.html',
  'http://m.example.gov.cn/a/1.html?utm_source=wx&from=timeline#comments',
  'https://wap.example.gov.cn/a/1.html/?spm=1.2.3',
])('%s is one page', (url) => {
  expect(canonicalUrl(url, rule)).toBe('example.gov.cn/a/1.html');
});

test.for([
  {
    why: 'parameters that name the text stay, in any order',
    url: 'http://a.cn/t?id=7&b=1',
    is: 'a.cn/t?b=1&id=7',
  },
  { why: 'a host that is all prefix stays', url: 'http://m.cn/1', is: 'm.cn/1' },
  { why: 'a port is part of the place', url: 'http://a.cn:8080/1', is: 'a.cn:8080/1' },
  {
    why: 'a front page carries many texts',
    url: 'https://www.example.gov.cn/?from=app',
    is: undefined,
  },
  { why: 'no web address', url: 'mailto:a@b.cn', is: undefined },
  { why: 'no address at all', url: '张三口述', is: undefined },
])('$why', ({ url, is }) => {
  expect(canonicalUrl(url, rule)).toBe(is);
});
