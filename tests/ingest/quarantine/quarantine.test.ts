import { array, assert, asyncProperty, constantFrom } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openDatabase, SqliteLog } from '#core/sqlite';
import {
  FUNNEL_COLUMNS,
  pollSource,
  readQuarantined,
  reparseQuarantined,
  toFunnel,
  type Funnel,
  type PollDeps,
  type Post,
} from '#ingest';
import { openIntakeKey } from '../../../ingest/adapters/intake-key.ts';
import { SqliteRawItemStore } from '../../../ingest/adapters/sqlite-raw-item-store.ts';
import { SqliteSourceStateStore } from '../../../ingest/adapters/sqlite-source-state-store.ts';
import type { FetchedPage } from '../../../ingest/ports.ts';
import { afterReparse } from '../../../ingest/funnel.ts';
import { rhythmPack } from '../../support/packs.ts';
import { encodeAs } from '../../support/encode.ts';
import { minutesAfter, NOON } from '../../support/posts.ts';
import { aPolledSource, aRun } from '../../support/sources.ts';

const FIELDS = {
  id: 'hot',
  name: '本地热榜',
  kind: 'portal',
  inputPath: 'officialApi',
  mediaTier: 'M3',
  url: 'https://hot.test/list',
};
const reading = (itemsPath: string) =>
  aPolledSource({ ...FIELDS, reader: { kind: 'jsonList', itemsPath, fields: { title: 'title' } } });
/** The office's settings before and after somebody mended them. */
const before = reading('items');
const mended = reading('data.rows');
const pageOf = (selector: string) =>
  aPolledSource({
    ...FIELDS,
    reader: { kind: 'listPage', itemSelector: 'li', articleSelector: selector },
  });

const answer = (body: string): FetchedPage => ({
  kind: 'ok',
  bytes: Buffer.from(body),
  contentType: 'text/html; charset=utf-8',
  finalUrl: FIELDS.url,
});
const rows = (...titles: readonly string[]): string =>
  JSON.stringify({ data: { rows: titles.map((title) => ({ title })) } });

/** Intake over a small site; a look a minute. */
function openIntake() {
  const database = openDatabase(':memory:');
  const posts: Post[] = [];
  const pages: Record<string, string> = {};
  /** Where the site answers otherwise than with a page at its own address. */
  const answers: Record<string, Partial<FetchedPage>> = {};
  let minute = 0;
  const log = new SqliteLog(database, { onError: () => undefined });
  const deps: PollDeps = {
    fetcher: {
      get: async ({ url }) => {
        const { pathname } = new URL(url);
        return { ...answer(pages[pathname] ?? ''), ...answers[pathname] };
      },
      close: async () => undefined,
    },
    states: new SqliteSourceStateStore(database),
    rawItems: new SqliteRawItemStore(database, new Uint8Array(32)),
    log: {
      append: async (_topic, entries) =>
        void posts.push(...entries.map(({ body }) => body as Post)),
      follow: async (...rest) => await log.follow(...rest),
    },
    now: () => minutesAfter(minute),
    rhythm: rhythmPack,
    pseudonym: openIntakeKey(database, () => NOON),
    isDrill: false,
    random: () => 0.5,
    outageWith: () => undefined,
  };
  const look = async (source: ReturnType<typeof reading>, list: string) => {
    pages['/list'] = list;
    minute += 1;
    return await pollSource(source, deps);
  };
  const reparse = async (source: ReturnType<typeof reading>, isTrial = false) => {
    const raws = (await deps.rawItems.listQuarantined(100, source.id)).toReversed();
    return await reparseQuarantined(raws, source, deps, { isTrial });
  };
  const funnels = async (): Promise<Funnel[]> =>
    (await deps.states.listRuns('hot', 100)).map(({ funnel }) => funnel).toReversed();
  return { deps, database, posts, pages, answers, look, reparse, funnels };
}

const sumOf = (funnel: Funnel): number =>
  FUNNEL_COLUMNS.reduce((sum, column) => sum + funnel[column], 0);

describe('a page that was not understood', () => {
  test('is understood after the reader was mended, and its run says where everything in it went', async () => {
    const { deps, posts, look, reparse, funnels } = openIntake();
    await look(before, rows('停水通知', '停电通知', '停水通知'));
    expect(await funnels()).toEqual([toFunnel(['quarantined'])]);
    const [one] = await reparse(mended);
    expect(one?.problem).toBeUndefined();
    expect(posts.map(({ title }) => title)).toEqual(['停水通知', '停电通知']);
    expect(await funnels()).toEqual([toFunnel(['new', 'new', 'duplicate'])]);
    expect(await deps.rawItems.listQuarantined(10)).toEqual([]);
    const [run] = await deps.states.listRuns('hot', 1);
    expect(run?.reparsedAt).toEqual(deps.now());
    // What was taken is known: the next look finds nothing new in the same page.
    expect((await look(mended, rows('停水通知', '停电通知'))).funnel).toEqual(
      toFunnel(['duplicate', 'duplicate']),
    );
  });

  test('and came again and again is one item, in the column where each look would have put it', async () => {
    const { look, reparse, funnels, posts } = openIntake();
    for (let times = 0; times < 3; times += 1) await look(before, rows('停水通知'));
    await reparse(mended);
    expect(posts).toHaveLength(1);
    expect(await funnels()).toEqual([
      toFunnel(['new']),
      toFunnel(['duplicate']),
      toFunnel(['duplicate']),
    ]);
  });

  test('is shown in a trial, which writes nothing', async () => {
    const { database, posts, look, reparse } = openIntake();
    await look(before, rows('停水通知'));
    await look(before, rows('停水通知', '停电通知'));
    const everything = () =>
      ['run', 'rawItem', 'seen', 'sourceState'].map((table) =>
        database.prepare(`SELECT * FROM ${table}`).all(),
      );
    const stored = everything();
    const trial = await reparse(mended, true);
    expect(everything()).toEqual(stored);
    expect(posts).toEqual([]);
    expect(trial.map(({ ended }) => ended)).toEqual([['new'], ['duplicate', 'new']]);
    expect((await reparse(mended)).map(({ ended }) => ended)).toEqual([
      ['new'],
      ['duplicate', 'new'],
    ]);
  });

  test('and still is not, stays with its reason, and nothing moves', async () => {
    const { deps, look, reparse, funnels } = openIntake();
    await look(before, rows('停水通知'));
    const [one] = await reparse(reading('elsewhere'));
    expect(one?.problem).toContain('elsewhere 不是列表');
    expect(await deps.rawItems.listQuarantined(10)).toHaveLength(1);
    expect(await funnels()).toEqual([toFunnel(['quarantined'])]);
  });

  test('and had been taken before a crash kept it in quarantine, holds nothing new', async () => {
    const { deps, database, posts, look, reparse, funnels } = openIntake();
    await look(before, rows('停水通知'));
    const [raw] = await deps.rawItems.listQuarantined(1);
    class CrashingStates extends SqliteSourceStateStore {
      override listRunsHolding = () => Promise.reject(new Error('crash'));
    }
    const crashing = { ...deps, states: new CrashingStates(database) };
    await expect(reparseQuarantined([raw!], mended, crashing, { isTrial: false })).rejects.toThrow(
      'crash',
    );
    await reparse(mended);
    expect(posts).toHaveLength(1);
    expect(await funnels()).toEqual([toFunnel(['duplicate'])]);
  });

  test('and turns out to bear a mark of secrecy is refused, and its bytes are gone', async () => {
    const { deps, posts, look, reparse, funnels } = openIntake();
    // In escapes, as many interfaces write: nobody saw the mark before the page was understood.
    const escaped = Array.from('【机密】停水方案', (one) => `\\u${one.charCodeAt(0).toString(16)}`);
    await look(before, rows('mark', '停电通知').replace('mark', escaped.join('')));
    const [raw] = await deps.rawItems.listQuarantined(1);
    await reparse(mended);
    expect(posts).toMatchObject([{ title: '停电通知', rawItemId: '' }]);
    expect(await funnels()).toEqual([toFunnel(['refused', 'new'])]);
    expect(await deps.rawItems.read(raw!.id)).toBeUndefined();
  });
});

describe('what a look knew of the bytes', () => {
  const list = `<meta charset="utf-8"><li><a href="a.html">关于供水管网抢修的通告</a></li>`;
  const misread = aPolledSource({ ...FIELDS, reader: { kind: 'listPage', itemSelector: 'tr' } });

  test('is known when they are read again: the declared encoding', async () => {
    const { deps, answers, look, reparse } = openIntake();
    answers['/list'] = {
      bytes: encodeAs(rows('停水通知'), 'gb18030'),
      contentType: 'application/json; charset=gb18030',
    };
    await look(before, '');
    const [raw] = await deps.rawItems.listQuarantined(1);
    expect(await readQuarantined(raw!, deps)).toMatchObject({
      text: rows('停水通知'),
      encoding: 'gb18030',
    });
    const [one] = await reparse(mended);
    expect(one?.found.map(({ item }) => item.title)).toEqual(['停水通知']);
  });

  test('is known too: where it came from after a redirect, so that its rows are those of the next look', async () => {
    const { answers, pages, look, reparse } = openIntake();
    answers['/list'] = { finalUrl: 'https://hot.test/new/index.html' };
    pages['/new/a.html'] = '<div class="body">因主管道爆管，清河街道今日停水，预计18时恢复。</div>';
    await look(misread, list);
    expect((await look(pageOf('.body'), `${list}<p>`)).funnel).toEqual(toFunnel(['new']));
    // The row of the page that was set apart is the one that was read since.
    expect(await reparse(pageOf('.body'))).toMatchObject([{ ended: ['duplicate'], waiting: 0 }]);
  });
});

describe('an article that was not understood', () => {
  const list = `<li><a href="/a.html">关于供水管网抢修的通告</a></li>`;
  const article = '<div class="body">因主管道爆管，清河街道今日停水，预计18时恢复。</div>';

  test('takes its title from the list of the same look', async () => {
    const { posts, pages, look, reparse, funnels } = openIntake();
    pages['/a.html'] = article;
    await look(pageOf('article'), list);
    expect(await funnels()).toEqual([toFunnel(['quarantined'])]);
    await reparse(pageOf('.body'));
    expect(posts).toMatchObject([
      { title: '关于供水管网抢修的通告', text: expect.stringContaining('预计18时恢复') },
    ]);
    expect(await funnels()).toEqual([toFunnel(['new'])]);
  });

  test('takes the title of its own page when the list is gone', async () => {
    const { deps, posts, reparse } = openIntake();
    const bytes = Buffer.from(`<title>抢修通告</title><h1>抢修通告</h1>${article}`);
    const item = { sourceId: 'hot', url: 'https://hot.test/a.html', bytes, at: NOON };
    await deps.rawItems.quarantine({ ...item, reason: '文章正文 无法解读' });
    await reparse(pageOf('.body'));
    expect(posts).toMatchObject([{ title: '抢修通告' }]);
  });

  test('a list whose rows nobody knows waits for the next look, which counts them', async () => {
    const { pages, look, reparse, funnels } = openIntake();
    pages['/a.html'] = article;
    const wrong = aPolledSource({ ...FIELDS, reader: { kind: 'listPage', itemSelector: 'tr' } });
    await look(wrong, list);
    const [one] = await reparse(pageOf('.body'));
    expect(one).toMatchObject({ ended: [], waiting: 1 });
    expect(await funnels()).toEqual([toFunnel([])]);
    expect((await look(pageOf('.body'), list)).funnel).toEqual(toFunnel(['new']));
  });
});

test('an item that an earlier release set apart is moved in the run of its moment', async () => {
  const { deps, reparse, funnels } = openIntake();
  const at = minutesAfter(3);
  const run = { sourceId: 'hot', startedAt: minutesAfter(2), endedAt: minutesAfter(4) };
  await deps.states.recordRun(aRun('old', { ...run, funnel: toFunnel(['quarantined', 'old']) }));
  const bytes = Buffer.from(rows('停水通知'));
  const item = { sourceId: 'hot', url: FIELDS.url, bytes, at };
  await deps.rawItems.quarantine({ ...item, reason: '无法解读' });
  await reparse(mended);
  expect(await funnels()).toEqual([toFunnel(['old', 'new'])]);
});

test('whatever comes out of an item, the columns still add up', async () => {
  const columns = array(constantFrom(...FUNNEL_COLUMNS), { maxLength: 20 });
  await assert(
    asyncProperty(columns, columns, async (ran, ended) => {
      const funnel = afterReparse(toFunnel([...ran, 'quarantined']), ended);
      expect(funnel).toEqual(toFunnel([...ran, ...ended]));
      expect(sumOf(funnel)).toBe(funnel.fetched);
    }),
  );
  expect(() => afterReparse(toFunnel(['new']), [])).toThrow(RangeError);
});

describe('the kept bytes as text', () => {
  test('are what came, markup and all, with personal data masked', async () => {
    const { deps, look } = openIntake();
    await look(before, '<script>x</script>来电13812345678');
    const [raw] = await deps.rawItems.listQuarantined(1);
    expect(await readQuarantined(raw!, deps)).toEqual({
      text: '<script>x</script>来电[手机号]',
      encoding: 'utf-8',
      isCut: false,
    });
  });

  test('are shown also when no encoding fits', async () => {
    const { deps } = openIntake();
    const bytes = Buffer.from([0xff, 0xfe, 0, 0, 0x41, 0, 0, 0]);
    const item = { sourceId: 'hot', url: FIELDS.url, bytes, at: NOON };
    await deps.rawItems.quarantine({ ...item, reason: '用的是 UTF-32，不支持' });
    const [raw] = await deps.rawItems.listQuarantined(1);
    expect(await readQuarantined(raw!, deps)).toMatchObject({
      text: expect.stringContaining('A'),
      encoding: expect.stringContaining('无法判断'),
    });
  });

  test('with a mark of secrecy are not shown: they are counted as refused and gone', async () => {
    const { deps, look, funnels } = openIntake();
    await look(before, '正常');
    const [held] = await deps.rawItems.listQuarantined(1);
    const at = held!.at;
    const bytes = Buffer.from('机密★10年\n关于停水的报告');
    const item = { sourceId: 'hot', url: 'https://hot.test/m', bytes, at };
    const id = await deps.rawItems.quarantine({ ...item, reason: '无法解读' });
    const [run] = await deps.states.listRuns('hot', 1);
    await deps.states.correctRun({
      ...run!,
      funnel: toFunnel(['quarantined', 'quarantined']),
      quarantinedIds: [held!.id, id],
    });
    const raw = await deps.rawItems.findQuarantined(id);
    await expect(readQuarantined(raw!, deps)).rejects.toThrow('带有密级标志');
    expect(await deps.rawItems.read(id)).toBeUndefined();
    expect(await funnels()).toEqual([toFunnel(['quarantined', 'refused'])]);
  });
});
