import { join } from 'node:path';
import { pino } from 'pino';
import { expect, onTestFinished, test } from 'vitest';
import { openDatabase, SqliteHeartbeatStore } from '#core/sqlite';
import { compose } from '../../config/compose.ts';
import { SettingsSchema } from '../../config/settings.ts';
import { json, startFarSide } from '../support/far-side.ts';
import { tempFolder } from '../support/temp-folder.ts';

/** The whole product on a folder, telling a monitor on loopback that it is well. */
async function start(folder: string) {
  const monitor = await startFarSide(json({}));
  const settings = SettingsSchema.parse({
    server: { port: 0 },
    storage: { folder },
    sources: { packs: [] },
    selfWatch: { pingUrl: `${monitor.origin}/ping/office` },
  });
  const realNow = (): Date => new Date();
  const log = pino({ level: 'silent' });
  const product = await compose(settings, { now: realNow, realNow, log });
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
  for (const name of ['countdowns', 'ladders', 'dutyAudit', 'relay.alerts', 'read.notices.outbox'])
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
});
