import { expect, test } from 'vitest';
import { openDatabase } from '#core/sqlite';
import { createPoller, pollSource, type FetchResult, type PollDeps } from '#ingest';
import { SqliteSourceStateStore } from '../../../ingest/adapters/sqlite-source-state-store.ts';
import { failed, openIntake } from '../../support/intake.ts';
import { NOON } from '../../support/posts.ts';
import { aPolledSource } from '../../support/sources.ts';

const NOW = NOON;
const board = aPolledSource({
  id: 'board',
  name: '霖江论坛',
  kind: 'forum',
  inputPath: 'publicPage',
  mediaTier: 'M1',
  outletKind: 'individual',
  url: 'https://board.test/',
  reader: {
    kind: 'listPage',
    itemSelector: 'li',
    dateSelector: 'time',
    authorSelector: '.by',
    interactionSelectors: ['.replies'],
    articleSelector: 'article',
  },
});
const list = (...rows: readonly (readonly [string, number])[]): string =>
  rows
    .map(
      ([name, replies]) =>
        `<li><a href="/${name}">${name}</a><time>03-02 11:00</time><i class="by">江上客</i><b class="replies">${replies}</b></li>`,
    )
    .join('');
const page = (html: string, etag?: string): FetchResult => ({
  kind: 'ok',
  bytes: Buffer.from(`<meta charset="utf-8">${html}`),
  contentType: 'text/html',
  finalUrl: 'https://board.test/',
  ...(etag !== undefined && { etag }),
});
test('a thread becomes a post without its author’s name', async () => {
  const { deps, appended } = openIntake({
    '/': page(list(['a', 3])),
    '/a': page('<article>澜北又停水了，电话13812345678</article>'),
  });
  const run = await pollSource(board, deps);
  expect(run).toMatchObject({ outcome: 'ok', funnel: { fetched: 1, new: 1 } });
  expect(appended).toMatchObject([
    { title: 'a', text: '澜北又停水了，电话[手机号]', outlet: null, interactions: 3 },
  ]);
  expect(JSON.stringify(appended)).not.toContain('江上客');
  expect(appended[0]?.authorPseudonym).toMatch(/^[0-9a-f]{24}$/);
});

test('what was read is a duplicate; its grown figures go on under the same id', async () => {
  const { deps, pages, appended } = openIntake({
    '/': page(list(['a', 3])),
    '/a': page('<article>停水</article>'),
  });
  await pollSource(board, deps);
  expect((await pollSource(board, deps)).funnel).toMatchObject({ duplicate: 1, new: 0 });
  pages['/'] = page(list(['a', 40]));
  await pollSource(board, deps);
  expect(appended.map(({ id, interactions }) => [id, interactions])).toEqual([
    [appended[0]?.id, 3],
    [appended[0]?.id, 40],
  ]);
});

test('a hostile page is kept encrypted and stops nothing else', async () => {
  const { deps, database } = openIntake({
    '/': page(list(['bomb', 1], ['good', 1])),
    '/bomb': {
      kind: 'failed',
      problem: 'tooLarge',
      message: '内容超过 5 MB，已截断隔离',
      bytes: Buffer.from('<script>恶意</script>'),
    },
    '/good': page('<article>正常的一条</article>'),
  });
  const run = await pollSource(board, deps);
  expect(run.funnel).toMatchObject({ fetched: 2, quarantined: 1, new: 1 });
  expect(await deps.rawItems.listQuarantined(10)).toMatchObject([
    { reason: expect.stringContaining('5 MB') },
  ]);
  const sealed = database.prepare('SELECT sealed FROM rawItem').all();
  expect(
    sealed.map((row) => Buffer.from(row['sealed'] as Uint8Array).toString()).join(),
  ).not.toContain('恶意');
});

test('an old notice posted again ends in its own column and reaches nobody', async () => {
  const { deps, appended } = openIntake({
    '/': page(list(['notice', 0])),
    '/notice': page('<article>关于停水的通知……\n2021年5月8日</article>'),
  });
  expect((await pollSource(board, deps)).funnel).toMatchObject({ old: 1, new: 0 });
  expect(appended).toEqual([]);
});

test('a text marked as a state secret leaves nothing but a count', async () => {
  const { deps, appended, database } = openIntake({
    '/': page(list(['paper', 0])),
    '/paper': page('<article>机密★一年 某某文件正文</article>'),
  });
  expect((await pollSource(board, deps)).funnel).toMatchObject({ refused: 1 });
  expect(appended).toEqual([]);
  expect(
    database.prepare("SELECT count(*) AS n FROM rawItem WHERE url LIKE '%/paper'").get(),
  ).toEqual(expect.objectContaining({ n: 0 }));
});

test('a source that cannot be read says why and when it is tried again, and recovers', async () => {
  const { deps, pages } = openIntake({});
  const run = await pollSource(board, deps);
  expect(run).toMatchObject({ outcome: 'fetchFailed', funnel: { fetched: 0 } });
  const state = await deps.states.findById('board');
  expect(state).toMatchObject({ health: 'late', failuresInARow: 1, isVerified: false });
  expect(state?.problem).toMatch(/连接超时（10 秒）；2026-03-02 12:0\d 再试/);
  pages['/'] = page(list(['a', 1]));
  pages['/a'] = page('<article>停水</article>');
  await pollSource(board, deps);
  const after = await deps.states.findById('board');
  expect(after).toMatchObject({ health: 'ok', isVerified: true, failuresInARow: 0 });
  expect(after).not.toHaveProperty('problem');
});

test('understood nothing, blocked and nothing new are different facts', async () => {
  const { deps, pages } = openIntake({ '/': page('<p>改版了</p>') });
  expect((await pollSource(board, deps)).outcome).toBe('nothingUnderstood');
  pages['/'] = failed('blocked', '对方拒绝访问（403）');
  expect((await pollSource(board, deps)).outcome).toBe('blocked');
  expect((await deps.states.findById('board'))?.health).toBe('blocked');
});

test('a row whose page could not be fetched just now comes with the next look, though the list is unchanged', async () => {
  const { deps, pages, appended } = openIntake({ '/': page(list(['a', 1]), '"1"') });
  expect((await pollSource(board, deps)).funnel).toMatchObject({ fetched: 0 });
  expect(await deps.states.findById('board')).not.toHaveProperty('etag');
  pages['/a'] = page('<article>停水</article>');
  await pollSource(board, deps);
  expect(appended).toHaveLength(1);
  expect(await deps.states.findById('board')).toMatchObject({ etag: '"1"' });
});

test('a row that is shown twice is one post and one repeat', async () => {
  const { deps, appended } = openIntake({
    '/': page(list(['a', 1], ['b', 1], ['a', 1])),
    '/a': page('<article>停水</article>'),
    '/b': page('<article>停电</article>'),
  });
  expect((await pollSource(board, deps)).funnel).toMatchObject({
    fetched: 3,
    new: 2,
    duplicate: 1,
  });
  expect(appended).toHaveLength(2);
});

test('dead links keep no other row from being read, and are tried again, a few at a time', async () => {
  const dead = Array.from({ length: 25 }, (_, number) => [`dead-${number}`, 1] as const);
  const { deps, pages, appended } = openIntake({ '/': page(list(...dead)) });
  const tried: string[] = [];
  const { fetcher } = deps;
  const counting: PollDeps = {
    ...deps,
    failedArticles: new Map(),
    fetcher: {
      ...fetcher,
      get: async (request) => {
        tried.push(new URL(request.url).pathname);
        return await fetcher.get(request);
      },
    },
  };
  for (let looks = 0; looks < 2; looks += 1) await pollSource(board, counting);
  expect(new Set(tried.splice(0)).size).toBe(26);
  pages['/'] = page(list(['new', 1], ...dead));
  pages['/new'] = page('<article>停水</article>');
  await pollSource(board, counting);
  expect(appended).toMatchObject([{ title: 'new' }]);
  expect(tried.length).toBeLessThanOrEqual(5);
  pages['/dead-9'] = page('<article>恢复供水</article>');
  for (let looks = 0; looks < 9; looks += 1) await pollSource(board, counting);
  expect(appended).toMatchObject([{ title: 'new' }, { title: 'dead-9' }]);
});

test('a site that asks at an article to be left alone is left alone as a whole', async () => {
  const asked = {
    ...failed('blocked', '对方拒绝访问（429）'),
    retryAfterMs: 3 * 3_600_000,
    wantsRest: true,
  };
  const { deps, pages, appended } = openIntake({ '/': page(list(['a', 1], ['b', 1], ['c', 1])) });
  Object.assign(pages, { '/b': asked, '/c': page('<article>停水</article>') });
  const run = await pollSource(board, deps);
  expect(run).toMatchObject({ outcome: 'blocked', funnel: { fetched: 1, new: 1 } });
  expect(appended).toHaveLength(1);
  expect(await deps.states.findById('board')).toMatchObject({
    health: 'blocked',
    nextTryAt: new Date(NOW.getTime() + 3 * 3_600_000),
  });
});

test('a crash between log and memory gives the same posts again, under the same ids', async () => {
  const { deps, appended } = openIntake({
    '/': page(list(['a', 1])),
    '/a': page('<article>停水</article>'),
  });
  const crashing = Object.assign(new SqliteSourceStateStore(openDatabase(':memory:')), {
    // The list itself is remembered; the power fails after the article is in the log.
    markSeen: async (_sourceId: string, items: readonly unknown[]) => {
      if (items.length > 0) throw new Error('断电');
    },
  });
  await expect(pollSource(board, { ...deps, states: crashing })).rejects.toThrow('断电');
  await pollSource(board, deps);
  expect(appended).toHaveLength(2);
  expect(appended[0]?.id).toBe(appended[1]?.id);
});

test('a bug in one source’s poll is that source’s problem only', async () => {
  const { deps, appended } = openIntake({
    '/': page(list(['a', 1])),
    '/a': page('<article>停水</article>'),
  });
  const failures: string[] = [];
  const other = { ...board, id: 'other', url: 'https://other.test/' };
  const poller = createPoller({
    ...deps,
    fetcher: {
      ...deps.fetcher,
      get: async (request) => {
        if (request.url === other.url) throw new TypeError('bug');
        return await deps.fetcher.get(request);
      },
    },
    sources: [other, board],
    onFailure: (_error, id) => failures.push(id),
  });
  await poller.step();
  await poller.settle();
  expect(failures).toEqual(['other']);
  expect(appended).toHaveLength(1);
  expect((await deps.states.findById('other'))?.problem).toContain('bug');
});

test('bytes come back as they were put, and not after their time', async () => {
  const { deps } = openIntake({});
  const bytes = Buffer.from('原始页面');
  const id = await deps.rawItems.put({
    sourceId: 'board',
    url: 'https://board.test/a',
    bytes,
    at: NOW,
  });
  expect(Buffer.from((await deps.rawItems.read(id)) ?? []).toString()).toBe('原始页面');
  expect(await deps.rawItems.dropBefore(new Date(NOW.getTime() + 1))).toBe(1);
  expect(await deps.rawItems.read(id)).toBeUndefined();
});

test('when all a list shows is new, its older pages are read up to the first known row', async () => {
  const archive = aPolledSource({
    ...board,
    id: 'archive',
    reader: { ...board.reader, mostPages: 4, pageUrl: 'https://board.test/index_{n}.html' },
  });
  const article = page('<article>江北停水的一条消息，写得够长才算正文。</article>');
  const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'];
  const { deps, pages, appended } = openIntake({
    '/': page(list(['a', 1], ['b', 1], ['c', 1])),
    ...Object.fromEntries(names.map((name) => [`/${name}`, article])),
  });
  // The first look knows nothing: all it shows is new, and that says nothing of a gap.
  expect((await pollSource(archive, deps)).isGapPossible).toBe(false);
  pages['/'] = page(list(['g', 1], ['h', 1], ['i', 1]));
  pages['/index_2.html'] = page(list(['d', 1], ['e', 1], ['f', 1]));
  pages['/index_3.html'] = page(list(['a', 1], ['b', 1], ['c', 1]));
  const run = await pollSource(archive, deps);
  expect(run.funnel).toMatchObject({ fetched: 9, new: 6, duplicate: 3 });
  expect(run.isGapPossible).toBe(false);
  expect(appended.map(({ title }) => title).toSorted()).toEqual(names);
});

test('without older pages a list that is all new is marked as a possible gap', async () => {
  const article = page('<article>江北停水的一条消息，写得够长才算正文。</article>');
  const { deps, pages } = openIntake({
    '/': page(list(['a', 1], ['b', 1], ['c', 1])),
    ...Object.fromEntries(['a', 'b', 'c', 'd', 'e', 'f'].map((name) => [`/${name}`, article])),
  });
  await pollSource(board, deps);
  pages['/'] = page(list(['d', 1], ['e', 1], ['f', 1]));
  expect((await pollSource(board, deps)).isGapPossible).toBe(true);
  expect((await deps.states.findById('board'))?.possibleGapAt).toEqual(NOW);
});

test('a list whose articles cannot be fetched is no source that is well', async () => {
  const { deps, pages } = openIntake({ '/': page(list(['a', 1], ['b', 1])) });
  const run = await pollSource(board, deps);
  expect(run).toMatchObject({
    outcome: 'fetchFailed',
    problem: '列表读得到，但最新 2 篇文章都没有读到：连接超时（10 秒）',
  });
  const state = await deps.states.findById('board');
  expect(state).toMatchObject({ health: 'late', failuresInARow: 1 });
  // The list came over the line: that its articles did not is no sign of an outage.
  expect(state).not.toHaveProperty('lastProblem');
  pages['/a'] = page('<article>停水</article>');
  await pollSource(board, deps);
  expect(await deps.states.findById('board')).toMatchObject({ health: 'ok', failuresInARow: 0 });
});

test('a list whose newest articles are not understood says so, as long as none of them is', async () => {
  const read = page('<article>停水</article>');
  const { deps, pages } = openIntake({ '/': page(list(['a', 1])), '/a': read });
  await pollSource(board, deps);
  const renewed = page('<div>网站改版，正文换了地方</div>');
  Object.assign(pages, { '/b': renewed, '/c': renewed, '/d': renewed, '/e': read });
  pages['/'] = page(list(['c', 1], ['b', 1], ['a', 1]));
  expect((await pollSource(board, deps)).outcome).toBe('nothingNew');
  pages['/'] = page(list(['d', 1], ['c', 1], ['b', 1], ['a', 1]));
  for (let looks = 1; looks <= 2; looks += 1) {
    expect(await pollSource(board, deps)).toMatchObject({
      outcome: 'nothingUnderstood',
      problem: '列表读得到，但最新 3 篇文章都读不懂',
    });
  }
  expect(await deps.states.findById('board')).toMatchObject({ health: 'silent' });
  pages['/'] = page(list(['e', 1], ['d', 1], ['c', 1], ['b', 1], ['a', 1]));
  expect((await pollSource(board, deps)).outcome).toBe('ok');
  expect((await pollSource(board, deps)).outcome).toBe('nothingNew');
});

test('an item dated 1970 is not old news but one without a date', async () => {
  const undated = aPolledSource({
    ...board,
    reader: { ...board.reader, articleDateSelector: 'time' },
  });
  const { deps, appended } = openIntake({
    '/': page(list(['a', 1])),
    '/a': page('<article>停水</article><time>1970-01-01 08:00</time>'),
  });
  expect((await pollSource(undated, deps)).funnel).toMatchObject({ old: 0, new: 1 });
  expect(appended).toMatchObject([{ publishedFrom: 'fetch', publishedAt: NOW }]);
});
