import { describe, expect, test } from 'vitest';
import { Unreadable } from '#core';
import { feedEntries, parseFeed } from '../../../ingest/feeds/parse-feed.ts';

const URL_READ = 'https://feed.test/news/rss.xml';
const ATOM = 'xmlns="http://www.w3.org/2005/Atom"';
const GOOD =
  '<item><title>照常的一条</title><link>/good</link><description>正文</description><pubDate>Mon, 02 Mar 2026 10:00:00 +0800</pubDate></item>';
const rss = (items: string, attributes = ''): string =>
  `<?xml version="1.0"?><rss version="2.0" ${attributes}><channel><title>霖江</title>${items}</channel></rss>`;
const atom = (entries: string, attributes = ''): string =>
  `<feed ${ATOM} ${attributes}>${entries}</feed>`;
const read = (feed: string) => parseFeed(feed, URL_READ).items;

describe('one fault in a feed costs no other entry', () => {
  test.for([
    ['a bare &', rss(`<item><title>停水&通知</title><link>/a?x=1&y=2</link></item>${GOOD}`), 2],
    ['one bad date', rss(`<item><title>一</title><pubDate>改天</pubDate></item>${GOOD}`), 2],
    ['no version', rss(GOOD).replace(' version="2.0"', ''), 1],
    ['an unclosed tag', rss(`<item><title>一</title><description><p>正<br>文</item>${GOOD}`), 2],
    ['an unclosed item', rss(`<item><title>一</title>${GOOD}`), 2],
    ['a file cut off', rss(GOOD + GOOD).slice(0, -60), 2],
    ['words before it', `\n 警告 ${rss(GOOD)}`, 1],
    ['a control character', rss(`<item><title>一\u0008二</title></item>${GOOD}`), 2],
    ['an unknown prefix', rss(`<item><title>一</title><x:y>z</x:y></item>${GOOD}`), 2],
    [
      'upper case',
      rss(GOOD).replace(/rss|channel|item|title|link/g, (name) => name.toUpperCase()),
      1,
    ],
  ] as const)('%s', ([, feed, count]) => {
    const items = read(feed);
    expect(items).toHaveLength(count);
    expect(items.at(-1)).toMatchObject({ title: '照常的一条', url: 'https://feed.test/good' });
  });
});

test('entities are decoded once: what a writer wrote as text stays text', () => {
  const feed = rss(
    '<item><title>A &amp;amp; B</title><description>&amp;lt;b&amp;gt;</description></item>',
  );
  expect(read(feed)).toMatchObject([{ title: 'A & B', text: '<b>' }]);
  const typed = atom('<entry><title type="text">1 &lt;b&gt; 2</title></entry>');
  expect(read(typed)).toMatchObject([{ title: '1 <b> 2' }]);
});

test('CDATA and text side by side are one text', () => {
  const feed = rss(
    '<item><title>x</title><description>快讯：<![CDATA[<b>停水</b>]]>通知</description></item>',
  );
  expect(read(feed)).toMatchObject([{ text: '快讯：停水通知' }]);
});

test.for([
  ['well-formed', '</feed>'],
  ['broken', ''],
])('XHTML content keeps its order: %s', ([, end]) => {
  const feed = `<feed ${ATOM}><entry><title>一</title><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">正<b>文</b>尾<p>段</p>末</div></content></entry>${end}`;
  expect(read(feed)).toMatchObject([{ text: '正文尾\n段\n末' }]);
});

test('links are meant against the nearest xml:base, else against the feed', () => {
  const entry = '<entry xml:base="y/"><title>一</title><link href="z.html"/></entry>';
  expect(read(atom(entry, 'xml:base="https://b.test/x/"'))).toMatchObject([
    { url: 'https://b.test/x/y/z.html' },
  ]);
  expect(read(atom('<entry><title>一</title><link href="z.html"/></entry>'))).toMatchObject([
    { url: 'https://feed.test/news/z.html' },
  ]);
});

test('the whole text is taken before the summary, under whatever prefix', () => {
  const item =
    '<item><title>一</title><description>摘要</description><c:encoded><![CDATA[<p>全文</p>]]></c:encoded></item>';
  const feed = rss(item, 'xmlns:c="http://purl.org/rss/1.0/modules/content/"');
  expect(read(feed)).toMatchObject([{ text: '全文' }]);
});

test('RDF and JSON feeds are read, their broken entries counted', () => {
  const rdf = `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel/><item rdf:about="https://a.test/1"><title>一</title><dc:date>2026-03-02T10:00:00+08:00</dc:date><dc:creator>江上客</dc:creator></item></rdf:RDF>`;
  expect(read(rdf)).toMatchObject([
    { url: 'https://a.test/1', published: '2026-03-02T10:00:00+08:00', author: '江上客' },
  ]);
  const json = JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    items: [{ id: 7, url: '/a', title: '二', content_text: '1 < 2' }, null, {}],
  });
  expect(parseFeed(json, URL_READ)).toMatchObject({
    items: [{ key: '7', url: 'https://feed.test/a', text: '1 < 2' }],
    unparsable: 2,
  });
});

test('entries without id and link are told apart by their titles', () => {
  const keys = read(rss('<item><title>一</title></item><item><title>二</title></item>')).map(
    ({ key }) => key,
  );
  expect(new Set(keys).size).toBe(2);
});

test('a guid stands for a missing link unless it says that it is none', () => {
  const feed = rss(
    '<item><title>一</title><guid>https://a.test/1</guid></item><item><title>二</title><guid isPermaLink="false">https://a.test/2</guid></item>',
  );
  expect(read(feed)).toMatchObject([{ url: 'https://a.test/1' }, { url: URL_READ }]);
});

test('an id that is an address stands for a missing link, in Atom and in JSON', () => {
  const id = 'https://a.test/1';
  expect(read(atom(`<entry><id>${id}</id><title>一</title></entry>`))).toMatchObject([
    { key: id, url: id },
  ]);
  const json = JSON.stringify({
    items: [{ id, title: '一', authors: [{ url: 'https://b.test/' }] }],
  });
  expect(read(json)).toMatchObject([{ key: id, url: id, author: 'https://b.test/' }]);
});

test('ids written as markup still tell entries apart', () => {
  const [one, two] = ['甲', '乙'].map(
    (id) => `<item><title>同题</title><guid><b>${id}</b></guid></item>`,
  );
  expect(new Set(read(rss(`${one}${two}`)).map(({ key }) => key)).size).toBe(2);
});

test('a prefix means what the feed declares it to mean, wherever it declares it', () => {
  const prefixed =
    '<x:feed xmlns:x="http://www.w3.org/2005/Atom"><x:entry><x:title>一</x:title><x:link href="/a"/><x:updated>2026-03-02T10:00:00+08:00</x:updated></x:entry></x:feed>';
  expect(read(prefixed)).toMatchObject([
    { title: '一', url: 'https://feed.test/a', published: '2026-03-02T10:00:00+08:00' },
  ]);
  const late =
    '<item><title>二</title><d:creator xmlns:d="http://purl.org/dc/elements/1.1/">江上客</d:creator></item>';
  expect(read(rss(late))).toMatchObject([{ author: '江上客' }]);
});

test.for([
  ['an HTML page', '<!doctype html><html><body><p>404</p><item>x</item></body></html>'],
  ['nothing', ''],
  ['half a JSON', '{"items":'],
  ['another JSON', '{"code":0,"data":[]}'],
  ['a picture', '\u0089PNG\r\n\u001a\n'],
])('%s is no feed, and the failure says so', ([, text]) => {
  expect(() => parseFeed(text ?? '', URL_READ)).toThrow(Unreadable);
});

const DEEP = 100_000;
const laughs = Array.from(
  { length: 9 },
  (_, level) => `<!ENTITY lol${level + 1} "${`&lol${level || ''};`.repeat(10)}">`,
).join('');
const item = (description: string): string =>
  rss(`<item><title>标题</title><description>${description}</description></item>`);
const HOSTILE: readonly (readonly [string, string])[] = [
  ['60 KB of half tags', item('x<h'.repeat(20_000))],
  ['60 KB of half tags in CDATA', item(`<![CDATA[${'x<h'.repeat(20_000)}]]>`)],
  [
    '60 KB of half tags in a broken feed',
    item(`<![CDATA[${'x<h'.repeat(20_000)}]]>`).slice(0, -20),
  ],
  ['half tags written as entities', item(`${'x&lt;h'.repeat(20_000)} & `)],
  ['100,000 nested elements', item('<b>'.repeat(DEEP))],
  ['100,000 nested and wrongly closed', item('<b>'.repeat(DEEP) + '</i>'.repeat(DEEP))],
  ['100,000 nested items', `<rss version="2.0"><channel>${'<item>'.repeat(DEEP)}`],
  ['100,000 nested titles', `<rss version="2.0"><channel>${'<item><title>标题'.repeat(DEEP)}`],
  [
    '100,000 nested divs of XHTML',
    atom(`<entry><title>t</title><content type="xhtml">${'<div>'.repeat(DEEP)}`),
  ],
  ['100,000 nested brackets of JSON', `{"items":${'['.repeat(DEEP)}`],
  ['a billion laughs', `<!DOCTYPE l [<!ENTITY lol "lol">${laughs}]>${item('&lol9;')}`],
  ['a description of 10 MB', item('正文'.repeat(5_000_000))],
  ['a description of 1,000,000 paragraphs', item(`<![CDATA[${'<p>正</p>'.repeat(1_000_000)}]]>`)],
  ['200,000 items', rss('<item><title>标题</title></item>'.repeat(200_000))],
  [
    'an author of 50,000 open brackets',
    rss(`<item><title>t</title><author>${'a@b ('.repeat(50_000)}</author></item>`),
  ],
  ['500,000 declarations', `<rss version="2.0">${'<!a'.repeat(500_000)}`],
];

function endOf(feed: string): string {
  try {
    feedEntries(feed, URL_READ);
    return 'read';
  } catch (error) {
    return error instanceof Unreadable ? 'unreadable' : String(error);
  }
}

/** Time of this thread alone: other work on the machine is no fault of ours. */
const spentMs = (): number => {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
};

test.for(HOSTILE)('%s take less than a second', { timeout: 30_000 }, ([, feed]) => {
  const beforeMs = spentMs();
  expect(['read', 'unreadable']).toContain(endOf(feed));
  expect(spentMs() - beforeMs).toBeLessThan(1_000);
});

test('a bomb of entities is not blown up', () => {
  const [first] = read(`<!DOCTYPE l [<!ENTITY lol "lol">${laughs}]>${item('&lol9;')}`);
  expect(first?.text.length ?? 0).toBeLessThan(100);
});
