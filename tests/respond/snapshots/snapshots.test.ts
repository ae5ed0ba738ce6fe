import { afterEach, expect, test } from 'vitest';
import { readPublicPage } from '#ingest';
import {
  createSnapshotStage,
  createSnapshotTaker,
  lookAgain,
  type ReleaseRegisterEntry,
} from '#respond';
import { HttpFetcher } from '../../../ingest/adapters/http-fetcher.ts';
import {
  SqlitePageBytes,
  SqliteSnapshotStore,
} from '../../../respond/adapters/sqlite-snapshot-store.ts';
import {
  hangUp,
  startFarSide,
  staySilent,
  type Answering,
  type FarSide,
} from '../../support/far-side.ts';
import { hands } from '../../support/orders.ts';
import { minutesAfter, NOON } from '../../support/posts.ts';
import { APPROVED, aPage, snapshotPack } from '../../support/snapshots.ts';
import { memoryDatabase } from '../../support/temp-database.ts';

const opened: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).toReversed()) await close();
});

/** A site without robots.txt. */
const openToAll =
  (pages: Answering): Answering =>
  (request, response) => {
    if (request.url.pathname === '/robots.txt') response.writeHead(404).end();
    else pages(request, response);
  };
const html = (body: string, status = 200): Answering =>
  openToAll((_request, response) => {
    response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' }).end(body);
  });

const anEntry = (link: string, id = 'entry-1'): ReleaseRegisterEntry => ({
  id,
  releaseId: 'release-1',
  eventId: 'event-1',
  originalContent: `${APPROVED.title}\n\n${APPROVED.text}`,
  contentDigest: 'digest',
  releasingUnit: '市水务局',
  reviewer: '陶知夏（内容审核）',
  publisher: '简若汀',
  releasedAt: NOON,
  channel: 'govSite',
  link,
});

/** The part of the product that keeps pages, before a real site on this machine. */
async function aKeeper(first: Answering, database = memoryDatabase().database, known?: FarSide) {
  let at = NOON;
  const site = known ?? (await startFarSide(first));
  if (!known) opened.push(async () => await site.close());
  const fetcher = new HttpFetcher({
    limits: { connectWithinMs: 500, answerWithinMs: 500, bodyWithinMs: 500, mostBytes: 200_000 },
    allowHosts: [new URL(site.origin).host],
    userAgent: 'Huiying/test',
    nowMs: Date.now,
  });
  opened.push(async () => await fetcher.close());
  const snapshots = new SqliteSnapshotStore(database);
  const pages = new SqlitePageBytes(database);
  const now = () => at;
  const failures: unknown[] = [];
  const parts = {
    snapshots,
    pages,
    pack: snapshotPack,
    people: { listAll: async () => Object.values(hands) },
    channels: new Set(['email'] as const),
    linkFor: ({ id }: { id: string }) => `https://huiying.test/register?entry=${id}`,
    readPage: async (url: string) => await readPublicPage(url, { fetcher, requestGapMs: 0 }),
    now,
    onFailure: (error: unknown) => void failures.push(error),
  };
  const stage = createSnapshotStage({ snapshots, isDrill: false, now });
  return {
    site,
    snapshots,
    pages,
    database,
    parts,
    failures,
    register: async (link: string, id?: string) => await stage.process([anEntry(link, id)]),
    /** Looks at what is due, and waits until that is done. */
    look: async () => {
      const taker = createSnapshotTaker(parts);
      await taker.step();
      await taker.close();
      return await snapshots.findById('entry-1');
    },
    goTo: (moment: Date | undefined) => (at = moment ?? at),
  };
}

const subjects = (effects: readonly { topic: string; body: unknown }[] = []): string[] =>
  effects
    .filter(({ topic }) => topic === 'notices')
    .map(({ body }) => (body as { subject: string }).subject);

test('a page that was published as approved is kept with bytes, text and digest', async () => {
  const page = aPage(APPROVED);
  const on = await aKeeper(html(page));
  await on.register(`${on.site.origin}/2026/1124.html`);
  const kept = await on.look();
  expect(kept).toMatchObject({ state: 'kept', versions: [{ text: APPROVED.text }] });
  const digest = kept?.versions[0]?.htmlDigest ?? '';
  expect(new TextDecoder().decode(await on.pages.read(digest))).toBe(page);
  expect(kept?.versions[0]?.comparison).toMatchObject({ missing: [], differing: [] });
  expect(subjects(kept?.effects)).toEqual([]);
});

test('a page that reads otherwise is told to who leads the opinion work', async () => {
  const on = await aKeeper(
    html(aPage({ ...APPROVED, text: APPROVED.text.replace('12台', '2台') })),
  );
  await on.register(`${on.site.origin}/a.html`);
  const [subject, ...more] = subjects((await on.look())?.effects);
  expect(subject).toContain('发布的页面与批准稿不一致');
  expect(more).toEqual([]);
});

test('only a change of the article is a change; what stands round it may be new each time', async () => {
  const on = await aKeeper(html(aPage(APPROVED)));
  await on.register(`${on.site.origin}/a.html`);
  const first = await on.look();
  on.site.answer(html(aPage(APPROVED, '今天是另一天，本站访问人数 99881')));
  on.goTo(first?.dueAt);
  const second = await on.look();
  expect(second?.versions).toHaveLength(1);
  on.site.answer(html(aPage({ ...APPROVED, text: APPROVED.text.replace('约2万户', '约3万户') })));
  on.goTo(second?.dueAt);
  const third = await on.look();
  expect(third?.versions).toHaveLength(2);
  expect(third?.versions[1]?.change?.added).toEqual([expect.stringContaining('约3万户')]);
  expect(subjects(third?.effects)).toEqual([expect.stringContaining('发布的页面有改动')]);
});

const bytesWithoutEnd = openToAll((_request, response) => {
  response.writeHead(200, { 'content-type': 'text/html' });
  response.end('<p>停水，抢修。</p>'.repeat(50_000));
});
const roundAndRound = openToAll(({ url }, response) => {
  response.writeHead(302, { location: `${url.pathname}x` }).end();
});
const toTheInside = openToAll((_request, response) => {
  response.writeHead(302, { location: 'http://127.0.0.1:1/secret' }).end();
});
const notForUs: Answering = ({ url }, response) => {
  const body = url.pathname === '/robots.txt' ? 'User-agent: *\nDisallow: /' : aPage(APPROVED);
  response.writeHead(200, { 'content-type': 'text/plain' }).end(body);
};
const noise = openToAll((_request, response) => {
  const bytes = Buffer.from(Array.from({ length: 4_000 }, (_, n) => (n * 7919) % 256));
  response.writeHead(200, { 'content-type': 'text/html' }).end(bytes);
});

const HOSTILE: readonly { page: string; answer: Answering; says: string }[] = [
  { page: 'is gone', answer: html('没有', 404), says: '404' },
  { page: 'is down', answer: html('坏了', 500), says: '500' },
  { page: 'hangs up', answer: hangUp, says: '连不上' },
  { page: 'never answers', answer: staySilent, says: '超时' },
  { page: 'has no end', answer: bytesWithoutEnd, says: '' },
  { page: 'redirects for ever', answer: roundAndRound, says: '转址超过' },
  { page: 'leads into the intranet', answer: toTheInside, says: '内网地址' },
  { page: 'may not be read by machines', answer: notForUs, says: 'robots.txt' },
  { page: 'is a shell for scripts', answer: html('<div id="app"></div>'), says: '没有核对' },
  { page: 'is nested without end', answer: html(`${'<div>'.repeat(30_000)}停水`), says: '' },
];

test.for(HOSTILE)(
  'a page that $page has a state and words, and is tried again',
  async ({ answer, says }) => {
    const on = await aKeeper(answer);
    await on.register(`${on.site.origin}/a.html`);
    let snapshot = await on.look();
    expect(snapshot).toMatchObject({ state: 'awaited', failures: 1, versions: [] });
    expect(snapshot?.problem?.message).toContain(says);
    expect(snapshot?.problem?.message).toMatch(/\p{Script=Han}/u);
    expect(on.failures).toEqual([]);
    on.site.answer(html(aPage(APPROVED)));
    on.goTo(minutesAfter(30));
    snapshot = await on.look();
    // What robots.txt said is believed for a day.
    const after = says === 'robots.txt' ? { failures: 2 } : { state: 'kept', failures: 0 };
    expect(snapshot).toMatchObject(after);
  },
);

test('noise in place of the page is told as a page without any of the sentences', async () => {
  const on = await aKeeper(noise);
  await on.register(`${on.site.origin}/a.html`);
  const kept = await on.look();
  expect(kept?.versions[0]?.comparison.missing).toHaveLength(4);
  expect(subjects(kept?.effects)).toEqual([expect.stringContaining('与批准稿不一致')]);
});

test('a page that is no web address of the outside is not asked for', async () => {
  const on = await aKeeper(html(aPage(APPROVED)));
  await on.register('http://169.254.169.254/latest');
  expect((await on.look())?.problem?.message).toContain('内网地址');
  expect(on.site.received).toEqual([]);
});

test('cut off between the fetch and the store, the look is made again and nothing is kept twice', async () => {
  const on = await aKeeper(html(aPage(APPROVED)));
  await on.register(`${on.site.origin}/a.html`);
  const cut = createSnapshotTaker({
    ...on.parts,
    readPage: async (url) => {
      const page = await on.parts.readPage(url);
      if (page.kind === 'read') await on.pages.put(page.bytes, NOON);
      throw new Error('the power went');
    },
  });
  await cut.step();
  await cut.close();
  expect(on.failures).toHaveLength(1);
  // A new process on the same records; the claim keeps it from asking at once.
  const next = await aKeeper(html(''), on.database, on.site);
  expect((await next.look())?.versions).toEqual([]);
  next.goTo(minutesAfter(6));
  expect(await next.look()).toMatchObject({ state: 'kept', versions: [{ text: APPROVED.text }] });
  const rows = on.database.prepare('SELECT count(*) AS n FROM pageBytes').get();
  expect(rows?.['n']).toBe(1);
});

test('an entry read from the log twice is looked at once; without an address not at all', async () => {
  const on = await aKeeper(html(aPage(APPROVED)));
  await on.register(`${on.site.origin}/a.html`);
  const kept = await on.look();
  await on.register(`${on.site.origin}/a.html`);
  expect(await on.snapshots.findById('entry-1')).toEqual(kept);
  await on.register('', 'entry-2');
  expect(await on.snapshots.findById('entry-2')).toBeUndefined();
});

test('another text registered at the same address ends the looks at the first', async () => {
  const on = await aKeeper(html(aPage(APPROVED)));
  await on.register(`${on.site.origin}/a.html`);
  await on.register(`${on.site.origin}/a.html`, 'entry-2');
  await on.register(`${on.site.origin}/a.html`);
  const [first, second] = await on.snapshots.listByEvent('event-1');
  expect(first).toMatchObject({ id: 'entry-1', endedBecause: '同一地址登记了新的发布' });
  expect(first?.dueAt).toBeUndefined();
  expect(second?.dueAt).toEqual(NOON);
});

test('a page is looked at at once when a person asks, but not twice in a minute', async () => {
  const on = await aKeeper(html(aPage(APPROVED)));
  await on.register(`${on.site.origin}/a.html`);
  await on.look();
  const ask = async (at: Date) =>
    await lookAgain(
      { snapshots: on.snapshots, pack: snapshotPack },
      { entryId: 'entry-1', actor: hands.lead, at },
    );
  await expect(ask(new Date(NOON.getTime() + 20_000))).rejects.toThrow('刚刚看过，40 秒以后再看');
  on.site.answer(html(aPage({ ...APPROVED, text: APPROVED.text.replace('12台', '2台') })));
  await ask(minutesAfter(2));
  on.goTo(minutesAfter(2));
  expect((await on.look())?.versions).toHaveLength(2);
});
