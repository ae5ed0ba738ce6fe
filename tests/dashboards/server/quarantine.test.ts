import { describe, expect, test } from 'vitest';
import type { Role } from '#core';
import { openDatabase, SqliteAuditTrail, SqliteLog } from '#core/sqlite';
import { QuarantinedTextView, QuarantinedView, ReparsedView } from '#contract';
import { POSTS_TOPIC, SourceSchema, toFunnel, type Post } from '#ingest';
import { createQuarantineCommands } from '../../../config/quarantine-commands.ts';
import { createSourcesView } from '../../../config/sources-view.ts';
import { openIntakeKey } from '../../../ingest/adapters/intake-key.ts';
import { SqliteRawItemStore } from '../../../ingest/adapters/sqlite-raw-item-store.ts';
import { SqliteSourceStateStore } from '../../../ingest/adapters/sqlite-source-state-store.ts';
import { rhythmPack } from '../../support/packs.ts';
import { aRun } from '../../support/sources.ts';
import { anOffice, minutesLater, START } from './support.ts';

const hot = SourceSchema.parse({
  id: 'hot',
  name: '本地热榜',
  kind: 'portal',
  inputPath: 'officialApi',
  mediaTier: 'M3',
  url: 'https://hot.test/list',
  reader: { kind: 'jsonList', itemsPath: 'rows', fields: { title: 'title', url: 'url' } },
});
const notices = SourceSchema.parse({
  ...hot,
  id: 'notices',
  name: '通知公告',
  url: 'https://city.test/list',
  reader: { kind: 'listPage', itemSelector: 'li' },
});

/** An office with what its readers of yesterday did not understand. */
async function aQuarantine(roles: readonly Role[]) {
  const database = openDatabase(':memory:');
  const states = new SqliteSourceStateStore(database);
  const rawItems = new SqliteRawItemStore(database, new Uint8Array(32));
  const audit = new SqliteAuditTrail(openDatabase(':memory:'));
  const log = new SqliteLog(database, { onError: () => undefined });
  const asked: string[] = [];
  const posts: Post[] = [];
  const sources = [hot, notices];
  const poller = { lookSoon: (id: string) => void asked.push(id), outageSince: () => undefined };
  const now = () => START;
  const office = await anOffice({
    audit,
    sources: createSourcesView({
      sources,
      states,
      rawItems,
      poller,
      now,
      watches: [],
      watchBudgetMs: 3_600_000,
    }),
    commands: createQuarantineCommands({
      rhythm: rhythmPack,
      sources,
      audit,
      poller,
      reparse: {
        states,
        rawItems,
        log: {
          append: async (topic, entries) => {
            if (topic === POSTS_TOPIC) posts.push(...entries.map(({ body }) => body as Post));
            await log.append(topic, entries);
          },
          follow: async (...rest) => await log.follow(...rest),
        },
        now,
        pseudonym: openIntakeKey(database, now),
        isDrill: false,
      },
    }),
  });
  const person = await office.hire('柏小满', roles);
  const headers = await office.signIn(person);
  const hold = async ({ id, url }: { id: string; url: string }, text: string, minute: number) => {
    const at = minutesLater(minute);
    const item = { sourceId: id, url, bytes: Buffer.from(text), at };
    const rawItemId = await rawItems.quarantine({ ...item, reason: 'JSON 列表 无法解读' });
    const run = { sourceId: id, startedAt: at, endedAt: at, funnel: toFunnel(['quarantined']) };
    await states.recordRun(aRun(`run ${rawItemId}`, { ...run, quarantinedIds: [rawItemId] }));
    return rawItemId;
  };
  return {
    ...office,
    states,
    posts,
    asked,
    hold,
    get: (url: string) => office.app.inject({ url: `/api/v1/${url}`, headers }),
    post: (url: string, payload: object = {}) =>
      office.app.inject({ method: 'POST', url: `/api/v1/${url}`, headers, payload }),
  };
}

const PAGE = JSON.stringify({
  rows: [
    { title: '滨河花园停水，来电13812345678', url: 'javascript:alert(1)' },
    { title: '<b>停电</b>', url: '/2' },
  ],
});

test('what was set apart is listed with its source, reason, time and size, and not its bytes', async () => {
  const { get, hold } = await aQuarantine(['dutyOfficer']);
  const id = await hold(hot, PAGE, -5);
  const answer = await get('quarantine');
  expect(QuarantinedView.array().parse(answer.json())).toEqual([
    {
      id,
      sourceId: 'hot',
      sourceName: '本地热榜',
      url: hot.url,
      at: minutesLater(-5).toISOString(),
      reason: 'JSON 列表 无法解读',
      bytes: Buffer.byteLength(PAGE),
    },
  ]);
  expect(answer.body).not.toContain('滨河花园');
});

test('who reads the kept bytes is on record, and personal data is masked', async () => {
  const { post, acts, hold } = await aQuarantine(['monitor']);
  const id = await hold(hot, PAGE, -5);
  const { text } = QuarantinedTextView.parse((await post(`quarantine/${id}/text`)).json());
  expect(text).toContain('滨河花园停水，来电[手机号]');
  expect((await acts())[0]).toMatchObject({
    act: '查看隔离内容',
    actor: { name: '柏小满' },
    target: `rawItem:${id}`,
    detail: `hot ${hot.url}`,
    result: 'done',
  });
  expect((await post('quarantine/none/text')).statusCode).toBe(404);
});

test('a trial shows what would come out; taking it moves it from the quarantine into its columns', async () => {
  const { post, get, acts, posts, states, hold } = await aQuarantine(['opinionLead']);
  await hold(hot, PAGE, -9);
  const again = await hold(hot, `${PAGE} `, -5);
  const bad = await hold(hot, '<p>改版</p>', -2);
  const trial = await post('sources/hot/reparse', { isTrial: true });
  const tried = ReparsedView.array().parse(trial.json());
  expect(tried.map(({ funnel }) => [funnel.fetched, funnel.new, funnel.duplicate])).toEqual([
    [2, 2, 0],
    [2, 0, 2],
    [0, 0, 0],
  ]);
  expect(tried[2]?.problem).toContain('无法解读');
  expect(trial.body).not.toMatch(/javascript:|13812345678/);
  expect(posts).toEqual([]);
  expect((await get('quarantine')).json()).toHaveLength(3);
  expect((await acts())[0]).toMatchObject({ act: '试解析隔离条目', detail: '3 份' });

  // One alone first: what is left is a copy of it then.
  await post('sources/hot/reparse', { isTrial: false, rawItemId: again });
  expect(posts).toHaveLength(2);
  await post('sources/hot/reparse', { isTrial: false });
  expect(posts).toHaveLength(2);
  expect((await acts())[0]).toMatchObject({
    act: '重新解析隔离条目',
    target: 'source:hot',
    detail: '2 份',
  });
  expect((await get('quarantine')).json()).toMatchObject([{ id: bad }]);
  expect((await states.listRuns('hot', 10)).map(({ funnel }) => funnel).toReversed()).toEqual([
    toFunnel(['duplicate', 'duplicate']),
    toFunnel(['new', 'new']),
    toFunnel(['quarantined']),
  ]);
});

test('two people who take the same item at once count it once', async () => {
  const { post, posts, states, hold } = await aQuarantine(['monitor']);
  await hold(hot, PAGE, -5);
  const both = await Promise.all(
    [1, 2].map(async () => (await post('sources/hot/reparse', { isTrial: false })).statusCode),
  );
  expect(both.toSorted((a, b) => a - b)).toEqual([200, 404]);
  expect(posts).toHaveLength(2);
  expect((await states.listRuns('hot', 1))[0]?.funnel).toEqual(toFunnel(['new', 'new']));
});

test('rows that need their own pages are read at once, but not by a trial', async () => {
  const { post, asked, hold } = await aQuarantine(['sysAdmin']);
  await hold(notices, '<li><a href="/1">停水通知</a></li>', -5);
  const [tried] = (await post('sources/notices/reparse', { isTrial: true })).json();
  expect(tried).toMatchObject({ waiting: 1, funnel: { fetched: 0 } });
  expect(asked).toEqual([]);
  await post('sources/notices/reparse', { isTrial: false });
  expect(asked).toEqual(['notices']);
});

describe('who may not', () => {
  test.for([
    [['dutyOfficer'], '查看隔离内容和重新解析由监测员、舆情工作负责人或系统管理员办理'],
    [['inspector', 'monitor'], '纪检监督只读，不能办理'],
  ] as const)('%s is told why; the try is on record and nothing happened', async ([roles, why]) => {
    const { post, get, acts, posts, hold } = await aQuarantine(roles);
    const id = await hold(hot, PAGE, -5);
    for (const [url, body] of [
      [`quarantine/${id}/text`, {}],
      ['sources/hot/reparse', { isTrial: true }],
      ['sources/hot/reparse', { isTrial: false }],
    ] as const) {
      const answer = await post(url, body);
      expect(answer.json()).toMatchObject({ status: 403, title: why });
      expect(answer.body).not.toContain('滨河花园');
    }
    expect((await acts()).filter(({ result }) => result === 'refused')).toHaveLength(3);
    expect(posts).toEqual([]);
    expect((await get('quarantine')).json()).toHaveLength(1);
  });
});
