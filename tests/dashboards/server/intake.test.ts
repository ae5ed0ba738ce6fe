import { expect, test } from 'vitest';
import type { Role } from '#core';
import { openDatabase, SqliteAuditTrail, SqliteLog } from '#core/sqlite';
import { ImportResult, IntakeResult } from '#contract';
import { signPush, SourceSchema, type Post } from '#ingest';
import { createIntakeCommands } from '../../../config/intake-commands.ts';
import { openIntakeKey } from '../../../ingest/adapters/intake-key.ts';
import { SqliteRawItemStore } from '../../../ingest/adapters/sqlite-raw-item-store.ts';
import { SqliteSourceStateStore } from '../../../ingest/adapters/sqlite-source-state-store.ts';
import { rhythmPack } from '../../support/packs.ts';
import { anOffice, START } from './support.ts';

const common = { kind: 'hotline', mediaTier: 'M1', outletKind: 'individual' };
const SOURCES = [
  {
    id: 'town',
    name: '乡镇信息员',
    inputPath: 'vendorFeed',
    reader: { kind: 'push', secret: 'env:TOWN' },
  },
  {
    id: 'hotline',
    name: '12345 热线',
    inputPath: 'file',
    reader: {
      kind: 'table',
      columns: { key: '工单号', text: '诉求内容', publishedAt: '受理时间' },
    },
  },
  { id: 'manual', name: '人工录入', inputPath: 'manual', reader: { kind: 'manual' } },
].map((fields) => SourceSchema.parse({ ...common, ...fields }));

async function anIntake(roles: readonly Role[] = ['monitor']) {
  const database = openDatabase(':memory:');
  const audit = new SqliteAuditTrail(openDatabase(':memory:'));
  const log = new SqliteLog(database, { onError: () => undefined });
  const posts: Post[] = [];
  const receive = {
    states: new SqliteSourceStateStore(database),
    rawItems: new SqliteRawItemStore(database, new Uint8Array(32)),
    log: {
      append: async (_topic: string, entries: readonly { readonly body: unknown }[]) =>
        void posts.push(...entries.map(({ body }) => body as Post)),
      follow: async (...rest: Parameters<typeof log.follow>) => await log.follow(...rest),
    },
    pseudonym: openIntakeKey(database, () => START),
    now: () => START,
    isDrill: false,
    rhythm: rhythmPack,
  };
  const parts = { sources: SOURCES, receive, audit, realNow: () => START };
  const office = await anOffice({
    audit,
    commands: createIntakeCommands({ ...parts, environment: { TOWN: '乡镇密钥' } }),
  });
  const headers = await office.signIn(await office.hire('柏小满', roles));
  const push = async (body: string, changes: Record<string, string> = {}) => {
    const timestamp = String(Math.floor(START.getTime() / 1_000));
    return await office.app.inject({
      method: 'POST',
      url: '/api/v1/push/town',
      headers: {
        'content-type': 'application/json',
        'x-huiying-timestamp': timestamp,
        'x-huiying-signature': signPush('乡镇密钥', timestamp, Buffer.from(body)),
        ...changes,
      },
      payload: body,
    });
  };
  const upload = async (text: string, isDryRun: boolean) =>
    await office.app.inject({
      method: 'POST',
      url: `/api/v1/sources/hotline/import?dryRun=${isDryRun}`,
      headers: { ...headers, 'content-type': 'application/octet-stream' },
      payload: Buffer.from(text),
    });
  const enter = async (payload: object) =>
    await office.app.inject({ method: 'POST', url: '/api/v1/posts', headers, payload });
  return { ...office, posts, push, upload, enter };
}

const CSV = '工单号,诉求内容,受理时间\nH1,清河街道停水,今天 08:00\nH2,路灯不亮,今天 09:00\nH3,,\n';

test('a signed push is taken without a session, and once however often it is sent', async () => {
  const { push, posts } = await anIntake();
  const body = JSON.stringify({ items: [{ key: 'a', text: '望江街道停水', author: '李某' }] });
  const answer = await push(body);
  expect(answer.statusCode).toBe(202);
  expect(IntakeResult.parse(answer.json()).funnel).toMatchObject({ fetched: 1, new: 1 });
  expect((await push(body)).json().funnel).toMatchObject({ fetched: 1, duplicate: 1, new: 0 });
  expect(posts).toHaveLength(1);
  expect(JSON.stringify(posts)).not.toContain('李某');
});

test.for([
  { what: 'a wrong signature', changes: { 'x-huiying-signature': 'ab'.repeat(32) }, status: 403 },
  { what: 'an old time', changes: { 'x-huiying-timestamp': '1' }, status: 403 },
])('a push with $what is refused and brings nothing', async ({ changes, status }) => {
  const { push, posts } = await anIntake();
  const answer = await push('{"items":[{"text":"停水"}]}', changes);
  expect(answer.statusCode).toBe(status);
  expect(answer.json()).toMatchObject({ code: 'PUSH_REFUSED' });
  expect(posts).toEqual([]);
});

test('a signed push that is not what was agreed says where', async () => {
  const { push } = await anIntake();
  const answer = await push('{"items":[{"txt":"停水"}]}');
  expect(answer.statusCode).toBe(400);
  expect(JSON.stringify(answer.json())).toContain('items.0');
});

test('a file without the agreed columns says which there are', async () => {
  const { upload } = await anIntake();
  const answer = await upload('编号,内容\n1,停水\n', true);
  expect(answer.statusCode).toBe(400);
  expect(JSON.stringify(answer.json())).toContain('没有这些列：诉求内容、工单号、受理时间');
});

test('a file is tried dry first, then taken, with its record', async () => {
  const { upload, posts, acts } = await anIntake();
  const dry = ImportResult.parse((await upload(CSV, true)).json());
  expect(dry).toMatchObject({
    rows: 3,
    unparsable: 1,
    headers: ['工单号', '诉求内容', '受理时间'],
  });
  expect(dry.shown.map(({ key }) => key)).toEqual(['H1', 'H2']);
  expect(posts).toEqual([]);
  const taken = ImportResult.parse((await upload(CSV, false)).json());
  expect(taken.funnel).toMatchObject({ fetched: 3, new: 2, unparsable: 1 });
  expect(posts.map(({ text }) => text)).toEqual(['清河街道停水', '路灯不亮']);
  expect(JSON.stringify(await acts())).toContain('导入文件');
});

test('who does not keep the sources imports nothing', async () => {
  const { upload, posts } = await anIntake(['analyst']);
  expect((await upload(CSV, false)).statusCode).toBe(403);
  expect(posts).toEqual([]);
});

test('what a person heard by telephone goes the same way, masked, with their name in the record', async () => {
  const { enter, posts, acts } = await anIntake(['dutyOfficer']);
  const answer = await enter({ title: '来电反映停水', text: '清河街道停水，回电13812345678' });
  expect(answer.statusCode).toBe(200);
  expect(posts).toMatchObject([{ title: '来电反映停水', text: '清河街道停水，回电[手机号]' }]);
  expect(JSON.stringify(await acts())).toContain('人工录入信息');
});

test('an entry without words is refused field by field', async () => {
  const { enter } = await anIntake();
  const answer = await enter({ title: '', text: '停水了' });
  expect(answer.statusCode).toBe(400);
  expect(JSON.stringify(answer.json())).toContain('请写标题');
});
