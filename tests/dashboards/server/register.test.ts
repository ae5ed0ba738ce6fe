import { z } from 'zod';
import { expect, test } from 'vitest';
import type { Role } from '#core';
import { RegisterEntryView, ReleaseView } from '#contract';
import type { ReleaseRegisterEntry } from '#respond';
import { withLook } from '../../../respond/snapshots/take-look.ts';
import { APPROVED, aSnapshot, snapshotPack } from '../../support/snapshots.ts';
import { anEvent, anOffice, aRelease, minutesLater } from './support.ts';

const anEntry = (id: string, more: Partial<ReleaseRegisterEntry> = {}): ReleaseRegisterEntry => ({
  id,
  releaseId: 'release-1',
  eventId: 'event-1',
  originalContent: `${APPROVED.title}\n\n${APPROVED.text}`,
  contentDigest: 'digest-text',
  releasingUnit: '滨河市水务局',
  reviewer: '陈主任',
  publisher: '赵六',
  releasedAt: minutesLater(200),
  channel: 'govSite',
  link: 'https://www.example.invalid/1',
  ...more,
});

/** An office whose register holds a publication, its correction, and one of another event a day later. */
async function aRegister(roles: readonly Role[] = ['inspector']) {
  const office = await anOffice();
  await office.events.create(anEvent());
  await office.register.append(anEntry('entry-1'));
  const about = { entryId: 'entry-1', releaseId: 'release-1', reason: '户数写错' };
  const later = minutesLater(200 + 24 * 60);
  await office.register.append(anEntry('entry-2', { kind: 'correction', about }));
  await office.register.append(
    anEntry('entry-3', { eventId: 'event-2', releasedAt: later, releasingUnit: '=1+1' }),
  );
  const headers = await office.signIn(await office.hire('周九', roles));
  const get = async (url: string) => await office.app.inject({ url: `/api/v1/${url}`, headers });
  return {
    ...office,
    get,
    post: async (url: string, payload: object) =>
      await office.app.inject({ method: 'POST', url: `/api/v1/${url}`, headers, payload }),
    listed: async (query = '') =>
      z.array(RegisterEntryView).parse((await get(`register${query}`)).json()),
  };
}

const DAY = (at: Date): string => new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);

test('a correction points to the entry it corrects, and that one says so', async () => {
  const { listed } = await aRegister();
  const [, correction, first] = await listed();
  expect(correction).toMatchObject({
    position: 2,
    kindName: '更正',
    about: { position: 1, reason: '户数写错' },
  });
  expect(first).toMatchObject({
    position: 1,
    kindName: '发布',
    since: [{ position: 2, kindName: '更正' }],
    eventTitle: anEvent().title,
  });
});

test.for([
  { by: 'kind', query: '?kind=correction', ids: ['entry-2'] },
  { by: 'event', query: '?eventId=event-2', ids: ['entry-3'] },
  { by: 'first day', query: `?from=${DAY(minutesLater(200 + 24 * 60))}`, ids: ['entry-3'] },
  { by: 'last day', query: `?to=${DAY(minutesLater(200))}`, ids: ['entry-2', 'entry-1'] },
])('the register narrows down by $by', async ({ query, ids }) => {
  const { listed } = await aRegister();
  expect((await listed(query)).map(({ id }) => id)).toEqual(ids);
});

test.for(['?kind=deleted', '?from=yesterday', '?to=2026-13-45'])(
  'what cannot be asked (%s) is answered in words, not with everything',
  async (query) => {
    const { get } = await aRegister();
    expect((await get(`register${query}`)).statusCode).toBe(400);
    expect((await get(`register.csv${query}`)).statusCode).toBe(400);
  },
);

test('the export holds what was asked for, oldest first, and no formula', async () => {
  const { get } = await aRegister();
  const answer = await get('register.csv');
  expect(answer.headers['content-type']).toContain('text/csv');
  expect(answer.headers['content-disposition']).toMatch(/^attachment; filename\*=UTF-8''.*\.csv$/);
  expect(answer.body.startsWith('\uFEFF"序号"')).toBe(true);
  const rows = answer.body.split('\r\n');
  expect(rows.filter((row) => /^"\d"/.test(row)).map((row) => row.slice(0, 3))).toEqual([
    '"1"',
    '"2"',
    '"3"',
  ]);
  expect(answer.body).toContain(`"'=1+1"`);
  expect(answer.body).toContain('"更正","entry-1","户数写错"');
  expect((await get('register.csv?kind=withdrawal')).body.trim().split('\r\n')).toHaveLength(1);
});

test('an entry shows how its page differs, and what changed since', async () => {
  const { listed, snapshots } = await aRegister();
  const page = {
    kind: 'read',
    finalUrl: 'https://www.example.invalid/2',
    contentType: 'text/html',
    htmlDigest: 'a'.repeat(64),
    title: APPROVED.title,
    text: APPROVED.text,
  } as const;
  const snapshot = aSnapshot({ link: 'https://www.example.invalid/1' });
  const kept = withLook(snapshot, page, snapshotPack, minutesLater(201)).snapshot;
  await snapshots.create(kept);
  const find = async () => (await listed()).find(({ id }) => id === 'entry-1')?.snapshot;
  expect(await find()).toMatchObject({
    stateName: '已存快照',
    isWrong: false,
    says: '与批准稿一致（核对 4 句）',
    versions: [{ movedTo: 'https://www.example.invalid/2' }],
  });
  const changed = { ...page, text: APPROVED.text.replace('12台', '2台') };
  const next = withLook(kept, changed, snapshotPack, minutesLater(261)).snapshot;
  await snapshots.replace({ ...next, revision: 2 });
  expect(await find()).toMatchObject({
    stateName: '须核对',
    isWrong: true,
    says: '与批准稿不一致：1 句写法不同（核对 4 句）；存下后改动过 1 次',
    versions: [{ change: { added: [expect.stringContaining('2台')] } }, {}],
  });
});

test('who may have a page looked at at once is offered it; another is refused in words', async () => {
  const may = await aRegister(['publisher']);
  await may.snapshots.create(aSnapshot({ dueAt: minutesLater(999) }));
  const find = async () => (await may.listed()).find(({ id }) => id === 'entry-1')?.snapshot;
  expect(await find()).toMatchObject({ mayLook: true });
  expect((await may.post('register/entry-1/look', {})).statusCode).toBe(204);
  expect(await find()).toMatchObject({ dueAt: may.deps.now().toISOString() });
  expect((await may.post('register/nobody/look', {})).statusCode).toBe(404);
  const other = await aRegister(['inspector']);
  await other.snapshots.create(aSnapshot());
  expect((await other.listed()).at(-1)?.snapshot?.mayLook).toBe(false);
  expect((await other.post('register/entry-1/look', {})).statusCode).toBe(403);
});

test('a kept page is saved, never shown under our name', async () => {
  const { get, pages } = await aRegister();
  const html = '<script>alert(1)</script>';
  const digest = await pages.put(new TextEncoder().encode(html), minutesLater(0));
  const answer = await get(`register/pages/${digest}`);
  expect(answer.body).toBe(html);
  expect(answer.headers).toMatchObject({
    'content-type': 'application/octet-stream',
    'x-content-type-options': 'nosniff',
    'content-disposition': expect.stringMatching(/^attachment/),
  });
  expect((await get(`register/pages/${'0'.repeat(64)}`)).statusCode).toBe(404);
  expect((await get('register/pages/..%2Frecords.db')).statusCode).toBe(400);
});

test('a correction is a draft of its own; what is not published has none', async () => {
  const { post, releases } = await aRegister(['handler']);
  await releases.create(aRelease());
  const { kind, title, text, releasingUnit, checklist } = aRelease();
  const body = { kind, title, text, releasingUnit, checklist, reason: '户数写错' };
  const refused = await post('releases/release-1/correction', body);
  expect(refused.statusCode).toBe(409);
  expect(refused.json().title).toContain('只有已发布的稿件');
  await releases.replace(aRelease({ state: 'published', revision: 2 }));
  const answer = await post('releases/release-1/correction', body);
  expect(answer.statusCode).toBe(201);
  expect(ReleaseView.parse(answer.json())).toMatchObject({
    state: 'draft',
    corrects: { releaseId: 'release-1', reason: '户数写错' },
  });
  expect((await post('releases/release-1/correction', { ...body, reason: ' ' })).statusCode).toBe(
    400,
  );
});

test('a withdrawal asks for reason, for who decided, and for the right role', async () => {
  const body = { reason: '事实有误', decidedBy: '方景亭（局长）' };
  const office = await aRegister(['publisher']);
  await office.releases.create(aRelease({ state: 'published' }));
  expect(
    (await office.post('releases/release-1/withdrawal', { ...body, decidedBy: '' })).statusCode,
  ).toBe(400);
  const answer = await office.post('releases/release-1/withdrawal', body);
  expect(ReleaseView.parse(answer.json())).toMatchObject({
    stateName: '已撤回',
    withdrawn: { by: '周九', ...body },
  });
  const other = await aRegister(['handler']);
  await other.releases.create(aRelease({ state: 'published' }));
  expect((await other.post('releases/release-1/withdrawal', body)).statusCode).toBe(403);
});
