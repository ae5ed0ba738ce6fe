import { assert, constantFrom, property, string } from 'fast-check';
import { expect, test } from 'vitest';
import { parseRobots, productToken } from '../../../ingest/polling/robots.ts';

const allows = (robots: string, path: string, agent = 'Huiying'): boolean =>
  parseRobots(robots).isAllowed(`https://news.test${path}`, agent);

test.for([
  { what: 'nothing is said', robots: '', path: '/a', allowed: true },
  {
    what: 'a page of HTML stands there instead',
    robots: '<html><p>Disallow: /</p>',
    path: '/a',
    allowed: true,
  },
  { what: 'all are forbidden', robots: 'User-agent: *\nDisallow: /', path: '/a', allowed: false },
  {
    what: 'we are named, all others forbidden',
    robots: 'User-agent: *\nDisallow: /\n\nUser-agent: huiying\nAllow: /',
    path: '/a',
    allowed: true,
  },
  {
    what: 'two groups name us, both count',
    robots:
      'User-agent: Huiying\nDisallow: /a\n\nUser-agent: x\nAllow: /\n\nUser-agent: Huiying/0.1\nDisallow: /b',
    path: '/b',
    allowed: false,
  },
  {
    what: 'another’s name begins with ours',
    robots: 'User-agent: Huiyingbot\nDisallow: /',
    path: '/a',
    allowed: true,
  },
  {
    what: 'the longer pattern allows',
    robots: 'User-agent: *\nDisallow: /a\nAllow: /a/b',
    path: '/a/b/c',
    allowed: true,
  },
  {
    what: 'the longer pattern forbids',
    robots: 'User-agent: *\nAllow: /a\nDisallow: /a/b',
    path: '/a/b/c',
    allowed: false,
  },
  {
    what: 'two patterns are as long',
    robots: 'User-agent: *\nDisallow: /a\nAllow: /a',
    path: '/a',
    allowed: true,
  },
  {
    what: 'a star stands in the middle',
    robots: 'User-agent: *\nDisallow: /*/draft',
    path: '/2026/draft/1',
    allowed: false,
  },
  {
    what: 'a dollar ends the pattern',
    robots: 'User-agent: *\nDisallow: /*.pdf$',
    path: '/a.pdf?x=1',
    allowed: true,
  },
  {
    what: 'a dollar ends the address',
    robots: 'User-agent: *\nDisallow: /*.pdf$',
    path: '/a.pdf',
    allowed: false,
  },
  {
    what: 'escapes are written small',
    robots: 'User-agent: *\nDisallow: /%e5%85%ac',
    path: '/%E5%85%AC/1',
    allowed: false,
  },
  {
    what: 'the path is written in Chinese',
    robots: 'User-agent: *\nDisallow: /公告',
    path: new URL('https://news.test/公告/1').pathname,
    allowed: false,
  },
  {
    what: 'the file begins with a BOM',
    robots: '\ufeffUser-agent: *\nDisallow: /',
    path: '/a',
    allowed: false,
  },
  {
    what: 'lines end as on old machines',
    robots: 'User-agent: *\rDisallow: /a\r\nDisallow: /b',
    path: '/b',
    allowed: false,
  },
  { what: 'an order is misspelt', robots: 'Useragent: *\nDissalow: /', path: '/a', allowed: false },
  {
    what: 'a comment follows',
    robots: 'User-agent: * # all\nDisallow: /a # not this',
    path: '/a',
    allowed: false,
  },
  {
    what: 'an order comes before any name',
    robots: 'Disallow: /\nUser-agent: *\nDisallow: /b',
    path: '/a',
    allowed: true,
  },
])('when $what, fetching is allowed: $allowed', ({ robots, path, allowed }) => {
  expect(allows(robots, path)).toBe(allowed);
});

test('what stands beyond 500 KiB is not read', () => {
  const filler = '# \n'.repeat(200_000);
  expect(allows(`${filler}User-agent: *\nDisallow: /`, '/a')).toBe(true);
  expect(allows(`User-agent: *\nDisallow: /\n${filler}`, '/a')).toBe(false);
});

test('the pause asked for is the one for us, else the one for all', () => {
  const robots = parseRobots(
    'User-agent: *\nCrawl-delay: 10\nDisallow:\n\nUser-agent: Huiying\nCrawl-delay: 2.5\nDisallow: /a',
  );
  expect(robots.crawlDelayMs('Huiying')).toBe(2_500);
  expect(robots.crawlDelayMs('Other')).toBe(10_000);
  expect(parseRobots('User-agent: *\nCrawl-delay: soon').crawlDelayMs('Huiying')).toBeUndefined();
});

test('we go by the name before our version', () => {
  expect(productToken('Huiying/0.1.0 (+public service listening)')).toBe('Huiying');
});

test('no file and no address make it throw, and a group that forbids all forbids all', () => {
  const unit = constantFrom(
    ...Array.from('*$/:#aA%\n\r -'),
    'User-agent: *\n',
    'Disallow: /',
    'Allow: ',
    '公',
    '\ud800',
  );
  assert(
    property(string({ unit, maxLength: 40 }), string({ unit, maxLength: 20 }), (robots, path) => {
      expect([true, false]).toContain(allows(robots, path));
      expect(allows('User-agent: *\nDisallow: /', `/${path}`)).toBe(false);
    }),
    { numRuns: 2_000 },
  );
});

test('a pattern full of stars costs no time', () => {
  const robots = `User-agent: *\nDisallow: /${'*a'.repeat(2_000)}$`;
  expect(allows(robots, `/${'a'.repeat(1_999)}b`)).toBe(true);
});
