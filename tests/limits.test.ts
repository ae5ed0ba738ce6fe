import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import * as contract from '#contract';
import { aDrill } from './dashboards/server/drill-support.ts';
import { anInstructedReport } from './dashboards/server/report-support.ts';
import {
  aCountdown,
  aLead,
  anAlert,
  anEvent,
  anOffice,
  aPost,
  aRelease,
  type Office,
} from './dashboards/server/support.ts';
import { planned } from './support/conferences.ts';
import { aHandOver } from './support/hand-overs.ts';
import { anOrder } from './support/orders.ts';
import { aRumor } from './support/rumors.ts';
import { aSupervision } from './support/supervision.ts';
import { aTransfer } from './support/transfers.ts';

/**
 * What the product must never do, whoever asks: nothing that takes down, steers, profiles or posts. Each
 * check is shown a known-bad sample too, for a check that can find nothing proves nothing.
 */
interface SourceFile {
  readonly path: string;
  readonly text: string;
}

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const PRODUCT = ['core', 'ingest', 'analyze', 'alert', 'respond', 'dashboards', 'config', 'docker'];

/** Everything the product consists of, also what is not committed yet; tests and measures are no part of it. */
function productFiles(): SourceFile[] {
  const listed = execFileSync(
    'git',
    ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--', ...PRODUCT],
    { cwd: ROOT, encoding: 'utf8' },
  );
  return listed
    .split('\0')
    .filter((path) => /\.(ts|vue|js|yaml|html|css)$|Dockerfile$/.test(path))
    .filter((path) => existsSync(`${ROOT}${path}`))
    .map((path) => ({ path, text: readFileSync(`${ROOT}${path}`, 'utf8') }));
}

/** `path:line words`, for each place where a pattern is found. */
function placesOf(files: readonly SourceFile[], pattern: RegExp): string[] {
  return files.flatMap(({ path, text }) =>
    [...text.matchAll(new RegExp(pattern, `${pattern.flags}g`))].map((match) => {
      const line = text.slice(0, match.index).split('\n').length;
      return `${path}:${line} ${match[0]}`;
    }),
  );
}

const TAKE_DOWN =
  /删帖|删贴|删稿|撤稿|撤帖|封堵|封号|禁言|降热搜|压热搜|举报(?:账号|帖|信息)|屏蔽(?:账号|信息|帖|关键)|清理有害|take-?down|shadow-?ban|censor/i;
const STEERING =
  /水军|网评员|网络评论员|控评|跟评|刷评|引导评论|评论引导|带节奏|养号|astroturf|sock-?puppet/i;
const PROFILE = /(?:用户|网民|人物|账号|作者)画像|ByAuthor\b|\bauthor(?:Id|Profile|Page|Name)\b/;

/** Where the product may speak to the outside, and what is spoken there. */
const MAY_CALL: readonly RegExp[] = [
  /^ingest\/adapters\//, // reads sources
  /^alert\/adapters\//, // tells the office's own people
  /^config\/drill\//, // the sample city and its people, on this machine
  /^dashboards\/web\/(?:api|live)\.ts$/, // the browser, to its own server
  /^dashboards\/server\/phone\/retry-script\.ts$/, // the phone page, to its own server: its policy allows no other
  /^docker\/Dockerfile$/, // the health check, to its own server
];
const CLIENTS =
  /(?<![.\w$])fetch\s*\(|['"](?:undici|axios|got|ky|superagent|node-fetch|ws|nodemailer|https|http2|node:(?:https|http2|tls|dgram))['"]|new (?:XMLHttpRequest|WebSocket|EventSource)\b|sendBeacon/;
/** From these two a server takes other things than a client does. */
const SOCKETS =
  /import\s+(?!type\b)([^;]*?)\s+from '(?:node:)?(?:http|net)';|import\('(?:node:)?(?:http|net)'\)/g;
const SERVES = new Set(['createServer', 'BlockList', 'isIP']);

function callsOutside(files: readonly SourceFile[]): string[] {
  const suspects = files.filter(({ path }) => !MAY_CALL.some((place) => place.test(path)));
  const sockets = suspects.flatMap(({ path, text }) =>
    [...text.matchAll(SOCKETS)]
      .filter(([, clause]) => namesIn(clause ?? '*').some((name) => !SERVES.has(name)))
      .map(([statement]) => `${path} ${statement}`),
  );
  return [...placesOf(suspects, CLIENTS), ...sockets];
}

/** What an import brings in beside types. */
const namesIn = (clause: string): string[] =>
  clause
    .replaceAll(/[{}]/g, '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && !name.startsWith('type '));

/** Intake asks and never tells: no request of it changes anything at the far side. */
const sendsFromIntake = (files: readonly SourceFile[]): string[] =>
  placesOf(
    files.filter(({ path }) => path.startsWith('ingest/')),
    /\bmethod\s*:\s*['"](?!GET|HEAD)|['"](?:POST|PUT|PATCH|DELETE)['"]/,
  );

/** A browser that is told whole addresses could be told somebody else's. */
const namesHosts = (files: readonly SourceFile[]): string[] =>
  placesOf(
    files.filter(({ path }) => /^dashboards\/web\/(?!vite\.config)/.test(path)),
    /https?:\/\/(?!www\.w3\.org\/)[\w.-]+/,
  );

const startsPrograms = (files: readonly SourceFile[]): string[] =>
  placesOf(
    files.filter(({ path }) => path !== 'config/huiying.js'),
    /child_process|\b(?:execFile|execSync|spawnSync)\b/,
  );

const WRITES =
  /commands\.\w+|\.(?:save|create|replace|append|touch|remove|delete|close|clear|setClock)\w*\(|\b(?:recordAct|amend|addPerson|enter)\(/;

/** A handler of GET, and whatever only reads for it, that could change something. */
function writesInReads(files: readonly SourceFile[]): string[] {
  const handlers = files
    .filter(({ path }) => path.startsWith('dashboards/server/'))
    .flatMap(({ path, text }) =>
      text
        .split(/(?=\bapp\.(?:get|head|post|put|patch|delete)\()/)
        .filter((part) => /^app\.(?:get|head)\(/.test(part))
        .map((part) => ({ path, text: part })),
    );
  const reads = files.filter(({ path }) => /^dashboards\/server\/(?:reads|views)\//.test(path));
  return placesOf([...handlers, ...reads], WRITES);
}

const namesAuthors = (files: readonly SourceFile[]): string[] =>
  placesOf(
    files.filter(({ path }) => path.startsWith('dashboards/')),
    /author(?!i[sz])\w*|pseudonym\w*/i,
  );

test.for([
  {
    limit: 'no word, rule or template asks to take down what others wrote',
    check: (files: readonly SourceFile[]) => placesOf(files, TAKE_DOWN),
    bad: { path: 'respond/words.ts', text: "export const ORDER_KINDS = { removal: '申请删帖' };" },
  },
  {
    limit: 'no word, rule or template steers what others say',
    check: (files: readonly SourceFile[]) => placesOf(files, STEERING),
    bad: { path: 'config/packs/ladders.yaml', text: 'tell: [网评员]' },
  },
  {
    limit: 'nothing draws a picture of a citizen',
    check: (files: readonly SourceFile[]) => placesOf(files, PROFILE),
    bad: { path: 'analyze/ports.ts', text: 'listByAuthor(id: string): Promise<Post[]>;' },
  },
  {
    limit: 'only the readers of sources and the channels to the office speak to the outside',
    check: callsOutside,
    bad: {
      path: 'respond/releases/publish-release.ts',
      text: 'await fetch(`${platform}/statuses`);',
    },
  },
  {
    limit: 'no connection is opened by the back door either',
    check: callsOutside,
    bad: {
      path: 'dashboards/server/server.ts',
      text: "import { createServer, request, type Server } from 'node:http';",
    },
  },
  {
    limit: 'what reads a source sends it nothing',
    check: sendsFromIntake,
    bad: { path: 'ingest/adapters/weibo.ts', text: "request(url, { method: 'POST' })" },
  },
  {
    limit: 'the browser app knows no address but its own server',
    check: namesHosts,
    bad: { path: 'dashboards/web/App.vue', text: '<img src="https://counter.test/1.gif">' },
  },
  {
    limit: 'no program is started but the product itself',
    check: startsPrograms,
    bad: { path: 'alert/tick.ts', text: "import { execFile } from 'node:child_process';" },
  },
  {
    limit: 'no handler of GET can change anything',
    check: writesInReads,
    bad: {
      path: 'dashboards/server/routes/get-alert.ts',
      text: "app.get('/api/v1/alerts/:id', async () => deps.commands.acknowledgeAlert(act));",
    },
  },
  {
    limit: 'nothing of the screens knows an author',
    check: namesAuthors,
    bad: { path: 'dashboards/web/pages/AuthorPage.vue', text: '<b>{{ post.authorPseudonym }}</b>' },
  },
])('$limit', ({ check, bad }) => {
  expect(check([bad])).not.toEqual([]);
  expect(check(productFiles())).toEqual([]);
});

test('the places that may speak to the outside are places that do', () => {
  const files = productFiles();
  expect(files.length).toBeGreaterThan(200);
  for (const place of MAY_CALL.filter(({ source }) => !source.includes('drill'))) {
    const there = files.filter(({ path }) => place.test(path));
    expect([place.source, placesOf(there, CLIENTS).length > 0]).toEqual([place.source, true]);
  }
});

describe('over the API', () => {
  /** Names of all fields in a JSON schema, however deep. */
  function fieldsOf(schema: unknown): string[] {
    if (typeof schema !== 'object' || schema === null) return [];
    return Object.entries(schema).flatMap(([key, value]) => [
      ...(key === 'properties' ? Object.keys(value as object) : []),
      ...fieldsOf(value),
    ]);
  }
  const authorFields = (schemas: readonly z.ZodType[]): string[] =>
    schemas
      .flatMap((schema) => fieldsOf(z.toJSONSchema(schema, { unrepresentable: 'any' })))
      .filter((field) => /author|pseudonym|poster|nick/i.test(field));

  test('no answer has a field for an author', () => {
    const bad = z.array(z.object({ lead: z.object({ authorPseudonym: z.string().optional() }) }));
    expect(authorFields([bad])).toEqual(['authorPseudonym']);

    const schemas = Object.values(contract).filter((one) => one instanceof z.ZodType);
    expect(schemas.length).toBeGreaterThan(40);
    expect(authorFields(schemas)).toEqual([]);
  });

  test('the name and the pseudonym of a person who wrote a post leave no trace in any answer', async () => {
    const { app, posts, leads, events, hire, signIn } = await anOffice();
    const secret = { authorPseudonym: 'pseudonym-4f1c', outlet: '网友小周的号' };
    await events.create(anEvent());
    posts.all.push(aPost({ ...secret, outletKind: 'individual' }));
    const [part] = aLead().posts;
    await leads.create(aLead({ posts: [{ ...part!, ...secret, outletKind: 'individual' }] }));
    const headers = await signIn(await hire('张三', ['opinionLead']));
    for (const url of ['/api/v1/posts?words=停水', '/api/v1/events/event-1', '/api/v1/events']) {
      const answer = await app.inject({ url: encodeURI(url), headers });
      expect(answer.statusCode).toBe(200);
      expect(answer.body).toContain('停水');
      expect(answer.body).not.toMatch(/pseudonym-4f1c|网友小周/);
    }
  });

  /** What an officer answers to us by text message: it comes in, and nothing goes out. */
  const COMES_IN = 'POST /api/v1/sms-replies/{gateway}';
  /** Addresses by which somebody would be reached, answered or removed outside the office. */
  const outreach = (routes: readonly string[]): string[] =>
    routes.filter(
      (route) =>
        route !== COMES_IN &&
        (/author|citizen|profile|comment|repl(?:y|ies)|repost|block|\bban|remov|take-?down|complain|report-/i.test(
          route,
        ) ||
          /^DELETE (?!\/api\/v1\/session$)/.test(route)),
    );

  test('there is no address to take down, answer or look up what a person wrote', async () => {
    expect(outreach(['DELETE /api/v1/posts/{postId}'])).toHaveLength(1);
    expect(outreach(['POST /api/v1/posts/{postId}/takedown-requests'])).toHaveLength(1);
    expect(outreach(['GET /api/v1/authors/{authorId}'])).toHaveLength(1);
    expect(outreach(['POST /api/v1/posts/{postId}/replies'])).toHaveLength(1);

    const routes = routesOf(await anOffice({ drill: aDrill() }));
    expect(routes.length).toBeGreaterThan(30);
    expect(outreach(routes)).toEqual([]);
  });

  test('looking at every address there is changes nothing', async () => {
    const office = await aBusyOffice();
    const looks = routesOf(office).filter((route) => route.startsWith('GET '));
    expect(looks.length).toBeGreaterThan(20);
    expect(await changesBy(office, looks)).toEqual([]);
    // The known-bad sample: an address that does change something is noticed, in memory and in SQLite.
    const acts = ['POST /api/v1/alerts/{alertId}/acknowledgement', 'DELETE /api/v1/session'];
    expect(await changesBy(office, acts)).toEqual(acts);
  });
});

const routesOf = ({ app }: Pick<Office, 'app'>): string[] =>
  Object.entries(app.swagger().paths ?? {}).flatMap(([path, item]) =>
    Object.keys(item ?? {}).map((method) => `${method.toUpperCase()} ${path}`),
  );

async function aBusyOffice() {
  const office = await anOffice({ drill: aDrill() });
  const { events, leads, posts, alerts, countdowns, releases, hire, signIn } = office;
  await events.create(anEvent());
  await leads.create(aLead());
  posts.all.push(aPost());
  await alerts.create(anAlert());
  await countdowns.create(aCountdown());
  await releases.create(aRelease());
  const officer = await hire('张三', ['dutyOfficer'], { email: 'zhang@office.test' });
  await office.deps.duty.save({ firstId: officer.id });
  await office.deps.roster.handOvers.create(aHandOver());
  await office.conferences.create({ ...planned(), id: 'conference-1' });
  await office.orders.create({ ...anOrder(), id: 'order-1' });
  await office.supervisions.create({ ...aSupervision(), id: 'supervision-1' });
  await office.rumorCases.create(aRumor());
  await office.transferRecords.create(aTransfer({ eventId: 'event-1' }));
  const digest = await office.pages.put(new TextEncoder().encode('<p>停水</p>'), new Date(0));
  await office.reports.store.create(anInstructedReport(officer, digest));
  const headers = [
    await signIn(officer),
    await signIn(await hire('李四', ['auditAdmin'])),
  ] as const;
  return { ...office, officer, headers, digest };
}

/** Those of the routes after which anything at all is different; each must have been answered. */
async function changesBy(
  office: Awaited<ReturnType<typeof aBusyOffice>>,
  routes: readonly string[],
): Promise<string[]> {
  const { app, database, headers, officer, digest, ...stores } = office;
  const { events, leads, posts, alerts, countdowns, outbox, releases, register, conferences } =
    stores;
  const memory = [events, leads, alerts, countdowns, outbox, releases, conferences];
  const state = (): string =>
    JSON.stringify([
      database.prepare('SELECT total_changes() AS n').get(),
      memory.map(({ all }) => [...all.values()]),
      posts.all,
      register.all,
    ]);
  const ids: Record<string, string> = {
    digest,
    eventId: 'event-1',
    alertId: 'alert-1',
    releaseId: 'release-1',
    token: `alert-1.${officer.id}`,
    handOverToken: `hand-over-1.${officer.id}`,
    conferenceId: 'conference-1',
    orderToken: `order-1.${officer.id}`,
    supervisionToken: `supervision-1.${officer.id}`,
    reviewToken: `review~release-1.${officer.id}`,
    reportId: 'daily-2026-1-0',
    format: 'html',
    instructionId: 'instruction-1',
    readingToken: `daily-2026-1-0~1.${officer.id}`,
  };
  const changing: string[] = [];
  for (const route of routes) {
    const [method, path = ''] = route.split(' ');
    const address = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => ids[name] ?? name);
    const before = state();
    const statuses: number[] = [];
    for (const who of headers) {
      const answer = await app.inject({
        method: method as 'GET',
        url: encodeURI(`${address}?words=停水&into=event-1`),
        headers: who,
        ...(method === 'POST' && { payload: {} }),
        // The stream of changes never ends by itself.
        payloadAsStream: true,
      });
      statuses.push(answer.statusCode);
      answer.stream().destroy();
    }
    expect([route, statuses]).toEqual([
      route,
      expect.arrayContaining([expect.toBeOneOf([200, 204])]),
    ]);
    if (state() !== before) changing.push(route);
  }
  return changing;
}
