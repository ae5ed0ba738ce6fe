import { join } from 'node:path';
import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import { openDatabase, SqliteHeartbeatStore } from '#core/sqlite';
import { compose } from '../../config/compose.ts';
import { SettingsSchema } from '../../config/settings.ts';
import { SqliteAlertStore } from '../../alert/adapters/sqlite-alert-store.ts';
import { SqliteDutyDayStore } from '../../alert/adapters/sqlite-duty-records.ts';
import { json, startFarSide } from '../support/far-side.ts';
import { beijing } from '../support/rosters.ts';
import { tempFolder } from '../support/temp-folder.ts';

/** The whole product on a folder, telling a monitor on loopback that it is well. */
async function start(folder: string, times = 1, from?: Date) {
  const monitor = await startFarSide(json({}));
  const settings = SettingsSchema.parse({
    server: { port: 0 },
    storage: { folder },
    sources: { packs: [] },
    selfWatch: { pingUrl: `${monitor.origin}/ping/office` },
  });
  const realNow = (): Date => new Date();
  const log = pino({ level: 'silent' });
  const began = Date.now();
  const now = (): Date => new Date((from?.getTime() ?? began) + (Date.now() - began) * times);
  const product = await compose(settings, { now, realNow, log });
  let isOpen = true;
  const close = async (): Promise<void> => {
    if (isOpen) await product.close();
    isOpen = false;
  };
  onTestFinished(async () => {
    await close();
    await monitor.close();
  });
  return { url: product.url, monitor, close };
}

const readyParts = async (url: string) =>
  ((await (await fetch(`${url}/readyz`)).json()) as { parts: unknown[] }).parts;

const beating = async (folder: string): Promise<readonly string[]> => {
  const database = openDatabase(join(folder, 'records.db'));
  const found = await new SqliteHeartbeatStore(database).list();
  database.close();
  return found.map(({ component }) => component);
};

test('after an audit that found nothing the monitor hears of it, and every loop beats', async () => {
  const folder = tempFolder();
  const { url, monitor } = await start(folder);
  await expect
    .poll(() => monitor.received.map(({ url }) => url.pathname), { timeout: 30_000 })
    .toEqual(['/ping/office']);
  await expect.poll(async () => await beating(folder), { timeout: 30_000 }).toContain('poll');
  const names = await beating(folder);
  for (const name of [
    'countdowns',
    'ladders',
    'dutyAudit',
    'relay.alerts',
    'read.notices.outbox',
    'read.trials.trials',
    'trials',
    'send.loopback',
  ])
    expect(names).toContain(name);
  const { parts } = (await (await fetch(`${url}/readyz`)).json()) as {
    parts: { name: string; isOk: boolean; detail: string }[];
  };
  expect(parts).toContainEqual({ name: '值守自查', isOk: true, detail: '没有发现问题' });
});

test('after an audit that found something the monitor hears nothing, and /readyz says what', async () => {
  const folder = tempFolder();
  const first = await start(folder);
  await first.close();
  const database = openDatabase(join(folder, 'records.db'));
  database.exec(`INSERT INTO notice (id, revision, effectsNo, body) VALUES ('broken', 1, 0, '{}')`);
  database.close();
  const { monitor, url } = await start(folder);
  await expect.poll(async () => await beating(folder), { timeout: 30_000 }).toContain('dutyAudit');
  expect(monitor.received).toEqual([]);
  expect(await (await fetch(`${url}/readyz`)).text()).toContain('通知 1 条读不懂（broken）');
  const metrics = await (await fetch(`${url}/metrics`)).text();
  expect(metrics).toContain('huiying_unreadable_records{kind="通知"} 1');
  expect(await readyParts(url)).toContainEqual({
    name: '记录',
    isOk: true,
    detail: '通知 1 条读不懂（broken）',
  });
});

test('a trial goes through the whole product a minute after its start, and no list shows it', async () => {
  // Time runs thirty times as fast, so that the minute of the trial is two seconds.
  const { url } = await start(tempFolder(), 30, beijing('2026-03-04 10:00'));
  await expect
    .poll(async () => await readyParts(url), { timeout: 30_000 })
    .toContainEqual({
      name: '试跑',
      isOk: true,
      detail: expect.stringMatching(/^最近一次试跑\d秒送到$/) as string,
    });
  const metrics = await (await fetch(`${url}/metrics`)).text();
  expect(metrics).not.toMatch(/huiying_countdowns_open\{|huiying_channel_send_total\{/);
});

test('at 08:47 the product writes to those on duty; where nobody is, its operators hear of it', async () => {
  const folder = tempFolder();
  await start(folder, 600, beijing('2026-03-04 08:46'));
  const database = openDatabase(join(folder, 'records.db'));
  const days = new SqliteDutyDayStore(database);
  const alerts = new SqliteAlertStore(database);
  await expect
    .poll(async () => (await days.findById('2026-03-04'))?.daily?.receivers, { timeout: 30_000 })
    .toEqual([]);
  await expect
    .poll(async () => (await alerts.listNewest(9)).map(({ title }) => title), { timeout: 30_000 })
    .toContain('每日报到没有送到');
  database.close();
});
