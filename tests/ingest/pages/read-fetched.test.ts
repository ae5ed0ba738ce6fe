import { expect, test } from 'vitest';
import { pollSource, previewSource, type FetchResult } from '#ingest';
import { failed, openIntake } from '../../support/intake.ts';
import { minutesAfter, NOON } from '../../support/posts.ts';
import { aPolledSource } from '../../support/sources.ts';
import { replayRawItems } from '../../../ingest/replay-raw-items.ts';

const county = aPolledSource({
  id: 'county',
  name: '霖江县政府',
  kind: 'portal',
  inputPath: 'publicPage',
  mediaTier: 'M3',
  url: 'https://county.test/index.html',
  reader: { kind: 'listPage', itemSelector: 'li', articleSelector: '#text' },
});
const page = (path: string, html: string): FetchResult => ({
  kind: 'ok',
  bytes: Buffer.from(html),
  contentType: 'text/html; charset=utf-8',
  finalUrl: `https://county.test${path}`,
  etag: '"1"',
});
const frameset = (src: string): string =>
  `<frameset><frame name="menu" src="/menu.html"><frame name="main" src="${src}"></frameset>`;
/** A site as county offices still have them: list and articles stand in frames. */
const framed = (): Record<string, FetchResult> => ({
  '/index.html': page('/index.html', frameset('/news/list.html')),
  '/news/list.html': page('/news/list.html', '<li><a href="a.html">停水通知</a></li>'),
  '/news/a.html': page('/news/a.html', frameset('body/a.html')),
  '/news/body/a.html': page('/news/body/a.html', '<div id="text">清河街道今日停水</div>'),
});

test('a list and its articles are read in the frames that hold them, and read again the same', async () => {
  const { deps, appended } = openIntake(framed());
  const run = await pollSource(county, deps);
  expect(run).toMatchObject({ outcome: 'ok', funnel: { fetched: 1, new: 1 } });
  expect(appended).toMatchObject([
    { title: '停水通知', text: '清河街道今日停水', url: 'https://county.test/news/a.html' },
  ]);
  const raws = await deps.rawItems.listBetween(NOON, minutesAfter(1));
  const again = await Array.fromAsync(replayRawItems(raws, [county], deps));
  expect(again.flatMap(({ judged }) => judged.map(({ post }) => post))).toEqual(appended);
});

test('an unchanged page round a frame hides nothing that is new inside', async () => {
  const { deps } = openIntake(framed());
  await pollSource(county, deps);
  expect(await deps.states.findById('county')).not.toHaveProperty('etag');
});

test('a preview shows what stands in the frames', async () => {
  const { deps } = openIntake(framed());
  expect(await previewSource(county, deps)).toMatchObject({
    items: [{ title: '停水通知', text: '清河街道今日停水', column: 'new' }],
  });
});

test.for([
  { what: 'is refused', frame: failed('robots', 'robots.txt 不允许'), outcome: 'blocked' },
  { what: 'cannot be reached', frame: failed('timeout', '连接超时'), outcome: 'fetchFailed' },
  {
    what: 'holds another frame',
    frame: page('/news/list.html', frameset('/deeper.html')),
    outcome: 'nothingUnderstood',
  },
])('a frame that $what ends the look as $outcome', async ({ frame, outcome }) => {
  const asked: string[] = [];
  const { deps, pages } = openIntake({ ...framed(), '/news/list.html': frame });
  pages['/deeper.html'] = page('/deeper.html', '<li><a href="a.html">停水通知</a></li>');
  const { fetcher } = deps;
  const get: typeof fetcher.get = async (request) => {
    asked.push(new URL(request.url).pathname);
    return await fetcher.get(request);
  };
  const run = await pollSource(county, { ...deps, fetcher: { ...fetcher, get } });
  expect(run.outcome).toBe(outcome);
  expect(asked).toEqual(['/index.html', '/news/list.html']);
});
