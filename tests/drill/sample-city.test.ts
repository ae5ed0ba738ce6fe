import { afterEach, beforeEach, expect, test } from 'vitest';
import { encodeGb2312 } from '../../config/drill/gb2312.ts';
import { startSampleCity, type SampleCity } from '../../config/drill/sample-city.ts';
import { loadScenario } from '../../config/drill/scenario.ts';

const STARTED_AT = new Date('2026-11-24T00:30:00Z');
let city: SampleCity;
let minute = 0;

beforeEach(async () => {
  minute = 0;
  city = await startSampleCity({
    scenario: loadScenario(),
    elapsedMinutes: () => minute,
    startedAt: STARTED_AT,
  });
});
afterEach(() => city.close());

const urlOf = (site: string): string => city.urls.sites[site] ?? '';
const textOf = async (site: string, path?: string): Promise<string> =>
  (await fetch(path === undefined ? urlOf(site) : new URL(path, urlOf(site)))).text();

test('the government list is GB2312 by its bytes and says so only in the page', async () => {
  minute = 30;
  const response = await fetch(urlOf('gov'));
  expect(response.headers.get('content-type')).toBe('text/html');
  const bytes = await response.arrayBuffer();
  const page = new TextDecoder('gb2312', { fatal: true }).decode(bytes);
  expect(page).toContain('<meta charset="gb2312">');
  expect(page).toContain('关于澜北区北环路供水主管抢修紧急停水的通知');
  const link = /href="(\/tzgg\/w-gov-1\.html)"/.exec(page)?.[1];
  const article = await fetch(new URL(link ?? '', urlOf('gov')));
  const text = new TextDecoder('gb18030').decode(await article.arrayBuffer());
  expect(text).toContain('自11月24日8时38分起对澜北区望湖街道');
});

test('what GB2312 lacks is written as a character reference', () => {
  expect(encodeGb2312('霖江a𠮷').toString('latin1')).toBe('\xc1\xd8\xbd\xada&#134071;');
});

test('an item appears in its minute and not before', async () => {
  minute = 73.9;
  expect(await textOf('daily')).not.toContain('四个街镇停水');
  minute = 74;
  const feed = await textOf('daily');
  expect(feed).toContain('四个街镇停水');
  expect(feed).toContain('<pubDate>Tue, 24 Nov 2026 09:44:00 +0800</pubDate>');
});

test('the answers under a thread grow with the drill and not with the reader', async () => {
  minute = 12;
  const before = await textOf('board', '/thread/w-board-1.html');
  minute = 62;
  const after = await textOf('board', '/thread/w-board-1.html');
  expect(before).toContain('<span class="replies">3</span>');
  expect(after).toContain('<span class="replies">18</span>');
  expect(await textOf('board', '/thread/w-board-1.html')).toBe(after);
});

test('the hot list ranks by heat, the hottest first', async () => {
  minute = 180;
  const { data } = (await (await fetch(urlOf('hotlist'))).json()) as {
    data: { rank: number; title: string; heat: number }[];
  };
  expect(data.map(({ rank }) => rank)).toEqual(data.map((_, index) => index + 1));
  const heats = data.map(({ heat }) => heat);
  expect(heats).toEqual(heats.toSorted((a, b) => b - a));
  expect(data.map(({ title }) => title)).toContain('高新区工地坍塌致3人死亡');
});

test('an unchanged page is not sent again', async () => {
  const first = await fetch(urlOf('daily'));
  const etag = first.headers.get('etag') ?? '';
  const again = await fetch(urlOf('daily'), { headers: { 'if-none-match': etag } });
  expect(again.status).toBe(304);
  minute = 74;
  const later = await fetch(urlOf('daily'), { headers: { 'if-none-match': etag } });
  expect(later.status).toBe(200);
});

test.for([
  { at: 199, status: 200 },
  { at: 200, status: 503 },
  { at: 219, status: 503 },
  { at: 220, status: 200 },
])(
  'the silent source answers $status at minute $at; its neighbour always answers',
  async (seen) => {
    minute = seen.at;
    expect((await fetch(urlOf('jiangpan'))).status).toBe(seen.status);
    expect((await fetch(urlOf('baishitong'))).status).toBe(200);
  },
);

test('the hostile pages are as hostile as they say', async () => {
  minute = 120;
  expect(await textOf('board', '/thread/hostile-broken-markup.html')).toContain('<script>');
  const nested = await textOf('board', '/thread/hostile-nested-tags.html');
  expect(nested.length).toBeGreaterThan(5_000_000);
  const bomb = await fetch(new URL('/thread/hostile-gzip-bomb.html', urlOf('board')));
  expect(bomb.headers.get('content-encoding')).toBe('gzip');
  expect(Number(bomb.headers.get('content-length'))).toBeLessThan(1_000_000);
  await bomb.body?.cancel();
  expect(await textOf('baishitong')).toContain('<pubDate>昨天下午三点半</pubDate>');
});

test('readers are allowed, writers and strangers are not', async () => {
  expect(await textOf('gov', '/robots.txt')).toContain('Allow: /');
  expect((await fetch(urlOf('gov'), { method: 'POST' })).status).toBe(405);
  expect((await fetch(new URL('/nowhere', urlOf('gov')))).status).toBe(404);
});

test('people find every site on one page', async () => {
  const page = await (await fetch(city.urls.index)).text();
  for (const url of Object.values(city.urls.sites)) expect(page).toContain(`href="${url}"`);
  expect(page).toContain('演练');
});
