import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import { pino } from 'pino';
import { addUser } from '../../config/add-user.ts';
import { compose } from '../../config/compose.ts';
import { SettingsSchema } from '../../config/settings.ts';
import { startMailServer } from '../support/mail-server.ts';
import { handOver, percentile } from '../figure.ts';
import { makePost, rareWord, seeded } from '../support/texts.ts';

/**
 * From the moment a post is in the log to the moment the mail server accepts the first notice of its
 * event: the product as an office runs it, at real speed, reading a feed that tells of accident after
 * accident, each between posts about everyday life.
 */
const ACCIDENTS = 60;
const EVERY_MS = 1_000;
const KINDS = [
  '坍塌',
  '爆炸',
  '火灾',
  '燃气泄漏',
  '食物中毒',
  '溺水',
  '沉船',
  '透水',
  '追尾',
  '触电',
  '塌方',
  '踩踏',
] as const;

const folder = mkdtempSync(join(tmpdir(), 'huiying-bench-'));
const random = seeded(3);
const rareName = (): string => rareWord(random);
const items: string[] = [];
const feed = createServer((request, response) => {
  if (request.url !== '/feed.xml') {
    response.writeHead(404).end();
    return;
  }
  response.setHeader('Content-Type', 'application/rss+xml; charset=utf-8');
  const newest = items.slice(-60).toReversed().join('');
  response.end(`<rss version="2.0"><channel><title>x</title>${newest}</channel></rss>`);
});
await new Promise<void>((resolve) => feed.listen(0, '127.0.0.1', resolve));
const { port } = feed.address() as AddressInfo;
const mail = await startMailServer();
const smtp = new URL(mail.url);

// Each accident in another city: alike as they are, they are not one event.
const places = Array.from({ length: ACCIDENTS }, (_, number) => ({
  code: `${1_000 + number}01`,
  name: `${rareName()}县`,
}));
const settings = SettingsSchema.parse({
  office: { regions: places },
  server: { port: 0 },
  storage: { folder },
  fetching: { allowHosts: [`127.0.0.1:${port}`] },
  sources: {
    packs: [],
    own: [
      {
        id: 'news',
        name: '新闻',
        kind: 'portal',
        inputPath: 'rss',
        mediaTier: 'M3',
        url: `http://127.0.0.1:${port}/feed.xml`,
        reader: { kind: 'feed' },
        pollEveryMs: 1_000,
        requestGapMs: 0,
      },
    ],
  },
  watches: [{ id: 'safety', name: '安全事故', matters: [...KINDS] }],
  channels: {
    email: {
      host: smtp.hostname,
      port: Number(smtp.port),
      security: 'none',
      from: 'huiying@bench.test',
    },
  },
});
await addUser(settings, {
  signInName: 'duty',
  name: '值班员',
  role: ['dutyOfficer', 'opinionLead', 'deputyLeader', 'principal'],
  email: 'duty@bench.test',
  unit: '',
  duty: 'first',
});
const realNow = (): Date => new Date();
const product = await compose(settings, {
  now: realNow,
  realNow,
  log: pino({ level: 'error' }, pino.destination(2)),
});

const item = (title: string, text: string): void => {
  const link = `http://127.0.0.1:${port}/${items.length}`;
  items.push(
    `<item><title>${title}</title><link>${link}</link><guid>${link}</guid><pubDate>${new Date().toUTCString()}</pubDate><description>${text}</description></item>`,
  );
};
for (let number = 0; number < ACCIDENTS; number += 1) {
  for (let other = 0; other < 5; other += 1) {
    const { title, text } = makePost(random, items.length, new Date());
    item(title, text);
  }
  const place = places[number]?.name ?? '';
  const what = KINDS[number % KINDS.length] ?? '';
  // Words that no two of them share, or they would be one event told of many times.
  const rest = Array.from({ length: 60 }, rareName).join('，');
  item(
    `${place}${rareName()}厂发生${what}`,
    `${place}${rareName()}厂今日发生${what}，已造成3人死亡、${number + 1}人受伤。${rest}`,
  );
  await pause(EVERY_MS * (0.5 + random()));
}
await pause(10_000);
await product.close();
feed.close();
await mail.close();

const rows = (file: string, sql: string) => {
  const database = new DatabaseSync(join(folder, file), { readOnly: true });
  const found = database.prepare(sql).all();
  database.close();
  return found.map(({ body }) => JSON.parse(String(body)) as Record<string, string>);
};
const known = new Map<string, number>();
for (const { eventId, fetchedAt } of rows('posts.db', 'SELECT body FROM post')) {
  if (!eventId) continue;
  known.set(eventId, Math.min(known.get(eventId) ?? Infinity, Date.parse(fetchedAt ?? '')));
}
const accepted = new Map<string, number>();
for (const { id = '', eventId = '', channel } of rows('records.db', 'SELECT body FROM notice')) {
  // What operators are told of the storm itself belongs to no event.
  const at = channel === 'email' && eventId ? mail.acceptedAt.get(id) : undefined;
  if (at) accepted.set(eventId, Math.min(accepted.get(eventId) ?? Infinity, at));
}
rmSync(folder, { recursive: true, force: true });
if (accepted.size < ACCIDENTS / 2) throw new Error(`only ${accepted.size} events told of`);
const seconds = [...accepted].map(([id, at]) => (at - (known.get(id) ?? Number.NaN)) / 1_000);
const p95 = percentile(seconds, 0.95);
handOver([
  {
    what: '信息入库到首个通知被邮件服务器接收（实时速度），p95',
    asked: '≤ 5 秒',
    measured: `${p95.toFixed(2)} 秒`,
    isMet: p95 <= 5,
    how: `${accepted.size} 个事件，中位数 ${percentile(seconds, 0.5).toFixed(2)} 秒，最长 ${Math.max(...seconds).toFixed(2)} 秒`,
  },
]);
