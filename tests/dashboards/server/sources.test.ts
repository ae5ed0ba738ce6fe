import { describe, expect, test } from 'vitest';
import { AuditEntrySchema, relayEffects, type Role } from '#core';
import { openDatabase, SqliteAuditTrail } from '#core/sqlite';
import { PreviewView, SourcesSummaryView, SourceView } from '#contract';
import { WatchSchema } from '#analyze';
import { SourceSchema, type FetchResult } from '#ingest';
import { createSourceCommands } from '../../../config/source-commands.ts';
import { createSourcesView } from '../../../config/sources-view.ts';
import { SqliteRawItemStore } from '../../../ingest/adapters/sqlite-raw-item-store.ts';
import { SqliteSourceStateStore } from '../../../ingest/adapters/sqlite-source-state-store.ts';
import { rhythmPack } from '../../support/packs.ts';
import { aSourceState } from '../../support/sources.ts';
import { anOffice, minutesLater, START } from './support.ts';

const daily = {
  id: 'city-daily',
  name: '滨河日报',
  kind: 'newspaper',
  inputPath: 'rss',
  mediaTier: 'M3',
  url: 'https://daily.test/rss.xml',
  reader: { kind: 'feed' },
  discoveryBudgetMs: 60 * 60_000,
};
const SOURCES = [
  SourceSchema.parse(daily),
  SourceSchema.parse({
    ...daily,
    id: 'hotline',
    name: '市民热线',
    url: '',
    reader: { kind: 'manual' },
  }),
];
const WATCHES = [
  WatchSchema.parse({ id: 'water', name: '供水', matters: ['停水'] }),
  WatchSchema.parse({ id: 'board', name: '论坛', matters: ['停水'], sources: ['forum'] }),
];
const FEED = `<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>滨河日报</title>
  <item><title>滨河花园今晨恢复供水</title><link>https://daily.test/1</link><guid>1</guid>
    <pubDate>Tue, 24 Nov 2026 01:58:00 +0800</pubDate>
    <description>&lt;img src=x onerror=alert(1)&gt;抢修人员奋战一夜。</description></item>
  <item><title>三年前的旧闻</title><link>javascript:alert(1)</link><guid>2</guid>
    <pubDate>Fri, 24 Nov 2023 01:58:00 +0800</pubDate><description>旧闻。</description></item>
</channel></rss>`;

/** An office with two sources: one read at its address, one typed in. */
async function aNewsroom(roles: readonly Role[], answer?: FetchResult, previewsPerMinute = 60) {
  const database = openDatabase(':memory:');
  const states = new SqliteSourceStateStore(database);
  const rawItems = new SqliteRawItemStore(database, new Uint8Array(32));
  const audit = new SqliteAuditTrail(openDatabase(':memory:'));
  const asked: string[] = [];
  let outage: Date | undefined;
  const fetched: FetchResult = answer ?? {
    kind: 'ok',
    bytes: Buffer.from(FEED),
    contentType: 'application/rss+xml; charset=utf-8',
    finalUrl: daily.url,
  };
  const poller = {
    lookSoon: (sourceId: string) => void asked.push(`look ${sourceId}`),
    outageSince: () => outage,
  };
  const fetcher = {
    get: async ({ url }: { url: string }) => {
      asked.push(`get ${url}`);
      return fetched;
    },
  };
  const parts = { sources: SOURCES, states, poller, now: () => START, rhythm: rhythmPack };
  const office = await anOffice({
    audit,
    limits: { previewsPerMinute },
    sources: createSourcesView({ ...parts, rawItems, watches: WATCHES, watchBudgetMs: 3_600_000 }),
    commands: createSourceCommands({ ...parts, audit, fetcher }),
  });
  const person = await office.hire('柏小满', roles);
  const headers = await office.signIn(person);
  const log = {
    append: async (_topic: string, entries: readonly { body: unknown }[]) => {
      for (const { body } of entries) await audit.append(AuditEntrySchema.parse(body));
    },
    follow: () => Promise.reject(new Error('nobody follows')),
  };
  return {
    ...office,
    states,
    asked,
    person,
    breakOut: (since: Date) => (outage = since),
    acts: async () => {
      await relayEffects(states, log);
      return await office.acts();
    },
    /** Every row of the stores of intake. */
    everything: () =>
      database
        .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'")
        .all()
        .map(({ name }) => [name, database.prepare(`SELECT * FROM "${String(name)}"`).all()]),
    get: (url: string) => office.app.inject({ url: `/api/v1/${url}`, headers }),
    post: (url: string, payload: object = {}) =>
      office.app.inject({ method: 'POST', url: `/api/v1/${url}`, headers, payload }),
  };
}

const ACTS: readonly (readonly [string, string, object])[] = [
  ['pause', '停用信息源', { reason: '对方改版' }],
  ['resume', '恢复信息源', {}],
  ['look', '立即读取信息源', {}],
  ['preview', '试读信息源', {}],
];

describe('who keeps the sources', () => {
  test.for(['monitor', 'opinionLead', 'sysAdmin'] as const)('%s may', async (role) => {
    const { get, post } = await aNewsroom([role]);
    expect((await get('sources/summary')).json().mayKeep).toBe(true);
    for (const [act, , body] of ACTS) {
      const { statusCode } = await post(`sources/city-daily/${act}`, body);
      expect([act, statusCode]).toEqual([act, act === 'look' ? 202 : 200]);
    }
  });

  test('a duty officer is told who does; the try is on record and nothing happened', async () => {
    const { get, post, acts, everything, asked } = await aNewsroom(['dutyOfficer']);
    expect((await get('sources/summary')).json().mayKeep).toBe(false);
    const before = everything();
    for (const [act, name, body] of ACTS) {
      const answer = await post(`sources/city-daily/${act}`, body);
      expect(answer.json()).toMatchObject({
        status: 403,
        title: '停用、恢复、立即读取和试读由监测员、舆情工作负责人或系统管理员办理',
      });
      expect((await acts())[0]).toMatchObject({
        act: name,
        target: 'source:city-daily',
        result: 'refused',
      });
    }
    expect(everything()).toEqual(before);
    expect(asked).toEqual([]);
  });

  test('an inspector only looks on', async () => {
    const { post } = await aNewsroom(['inspector', 'monitor']);
    for (const [act, , body] of ACTS) {
      expect((await post(`sources/city-daily/${act}`, body)).json().code).toBe('READ_ONLY');
    }
  });
});

test('a source that is none, or comes by itself, is refused in words', async () => {
  const { post } = await aNewsroom(['monitor']);
  for (const [act, , body] of ACTS) {
    const none = (await post(`sources/no-such/${act}`, body)).json();
    expect([none.status, none.title]).toEqual([404, '没有找到信息源 no-such']);
    const manual = (await post(`sources/hotline/${act}`, body)).json();
    expect([manual.status, manual.code]).toEqual([409, 'NOT_POLLED']);
  }
});

test('a source is stopped with a reason, before it was ever read, and is read at once when resumed', async () => {
  const { post, get, acts, asked } = await aNewsroom(['monitor']);
  expect((await get('desk')).json().strip).toMatchObject({ sources: 1 });
  expect((await post('sources/city-daily/pause', { reason: ' ' })).statusCode).toBe(400);
  const stopped = await post('sources/city-daily/pause', { reason: '对方改版' });
  expect(SourceView.parse(stopped.json())).toMatchObject({
    health: 'disabled',
    paused: { by: '柏小满', at: START.toISOString(), reason: '对方改版' },
  });
  expect((await acts())[0]).toMatchObject({
    act: '停用信息源',
    actor: { name: '柏小满' },
    target: 'source:city-daily',
    detail: '对方改版',
    result: 'done',
  });
  expect((await get('desk')).json().strip).toMatchObject({ sources: 0 });
  expect((await post('sources/city-daily/look')).json()).toMatchObject({
    status: 409,
    title: '这个信息源已停用，先恢复再读取',
  });

  const resumed = SourceView.parse((await post('sources/city-daily/resume')).json());
  expect(resumed.paused).toBeUndefined();
  expect(asked).toEqual(['look city-daily']);
  expect((await acts())[0]).toMatchObject({ act: '恢复信息源', result: 'done' });
});

test('a source is read now at a person’s wish, on record', async () => {
  const { post, acts, asked } = await aNewsroom(['opinionLead']);
  expect((await post('sources/city-daily/look')).statusCode).toBe(202);
  expect(asked).toEqual(['look city-daily']);
  expect((await acts())[0]).toMatchObject({ act: '立即读取信息源', result: 'done' });
});

test.for(['look', 'preview'])(
  'a site that asked to be left alone is not asked: %s says when it may be read again',
  async (act) => {
    const { post, states, asked } = await aNewsroom(['monitor']);
    await states.create(aSourceState({ restUntil: minutesLater(30) }));
    const refused = (await post(`sources/city-daily/${act}`)).json();
    expect(refused).toMatchObject({ status: 409, code: 'SOURCE_AT_REST' });
    expect(refused.title).toMatch(/^对方要求暂停访问，\d{4}-\d\d-\d\d \d\d:\d\d 以后才能再读/);
    expect(asked).toEqual([]);
  },
);

describe('a preview', () => {
  test('shows what would be taken, and stores nothing but that somebody looked', async () => {
    const { post, everything, acts, asked } = await aNewsroom(['monitor']);
    const before = everything();
    const answer = await post('sources/city-daily/preview');
    const preview = PreviewView.parse(answer.json());
    expect(preview).toMatchObject({ encoding: 'utf-8', unparsable: 0 });
    expect(preview.items.map(({ title, column }) => [title, column])).toEqual([
      ['滨河花园今晨恢复供水', 'new'],
      ['三年前的旧闻', 'old'],
    ]);
    expect(preview.items[0]).toMatchObject({
      url: 'https://daily.test/1',
      text: expect.stringContaining('抢修人员奋战一夜'),
      published: expect.stringContaining('24 Nov 2026'),
      publishedAt: minutesLater(-20).toISOString(),
    });
    // How its date was understood is why it is old.
    expect(preview.items[1]?.publishedAt).toBe('2023-11-23T17:58:00.000Z');
    expect(asked).toEqual(['get https://daily.test/rss.xml']);
    expect(everything()).toEqual(before);
    expect((await acts())[0]).toMatchObject({ act: '试读信息源', target: 'source:city-daily' });
  });

  test('gives text only: no tag comes through, no link that is no web address', async () => {
    const { post } = await aNewsroom(['monitor']);
    const { body } = await post('sources/city-daily/preview');
    expect(body).not.toMatch(/onerror|javascript:/);
  });

  test.for([
    { what: 'cannot be reached', kind: 'failed', says: '没有读到：连接超时（10 秒）' },
    { what: 'is no feed', kind: 'page', says: '读到了，但无法理解：' },
  ])('of a site that $what says so in words', async ({ kind, says }) => {
    const answer: FetchResult =
      kind === 'failed'
        ? { kind: 'failed', problem: 'timeout', message: '连接超时（10 秒）' }
        : {
            kind: 'ok',
            bytes: Buffer.from('正在维护'),
            contentType: 'text/plain; charset=utf-8',
            finalUrl: daily.url,
          };
    const { post } = await aNewsroom(['monitor'], answer);
    const preview = PreviewView.parse((await post('sources/city-daily/preview')).json());
    expect(preview.items).toEqual([]);
    expect(preview.problem).toContain(says);
  });

  test('is not asked for more often than a site can bear', async () => {
    const { post, asked } = await aNewsroom(['monitor'], undefined, 2);
    await post('sources/city-daily/preview');
    await post('sources/city-daily/preview');
    expect((await post('sources/city-daily/preview')).statusCode).toBe(429);
    expect(asked).toHaveLength(2);
    // What it holds back is the preview, not the person.
    expect((await post('sources/city-daily/look')).statusCode).toBe(202);
  });
});

test('what is true of all sources together is told once: the outage, and the longest wait', async () => {
  const { get, states, breakOut } = await aNewsroom(['dutyOfficer']);
  const summary = async () => SourcesSummaryView.parse((await get('sources/summary')).json());
  expect(await summary()).toMatchObject({ overBudget: 0, mayKeep: false });

  await states.create(aSourceState({ lastOkAt: minutesLater(-50), nextTryAt: minutesLater(20) }));
  breakOut(minutesLater(-12));
  expect(await summary()).toEqual({
    outageSince: minutesLater(-12).toISOString(),
    worstDiscovery: { sourceId: 'city-daily', sourceName: '滨河日报', ms: 70 * 60_000 },
    overBudget: 1,
    watches: [
      {
        watchId: 'water',
        name: '供水',
        sources: 2,
        listensToAll: true,
        worst: { sourceId: 'city-daily', sourceName: '滨河日报', ms: 70 * 60_000 },
        budgetMs: 60 * 60_000,
        isOverBudget: true,
      },
      {
        watchId: 'board',
        name: '论坛',
        sources: 0,
        listensToAll: false,
        budgetMs: 60 * 60_000,
        isOverBudget: false,
      },
    ],
    mayKeep: false,
    keepers: '监测员、舆情工作负责人或系统管理员',
  });
  const { strip, warnings } = (await get('desk')).json();
  expect(strip).toMatchObject({ worstDiscovery: { sourceName: '滨河日报' }, overBudget: 1 });
  expect(warnings).toContainEqual({
    code: 'outage',
    text: '外网不通，自 2026-11-24 02:06 起；恢复后自动继续，不必逐个处理信息源',
    link: '/sources',
  });
});
