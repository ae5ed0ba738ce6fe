import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { stringify } from 'yaml';
import { addUser } from '../../config/add-user.ts';
import { readSettings } from '../../config/read-settings.ts';
import { handOver, median } from '../figure.ts';

/** From the start of the process to the first answer 200 of /readyz, over a store that is full. */
const [folder = ''] = process.argv.slice(2);
const STARTS = 5;
const IDLE_MS = 20_000;
const PORT = 18_420;
const MOST_TRIES = 3_000;

const file = join(folder, 'settings.yaml');
writeFileSync(
  file,
  stringify({
    server: { port: PORT },
    storage: { folder },
    sources: { packs: [], own: [] },
    channels: { email: { host: '127.0.0.1', port: 25, security: 'none', from: 'a@bench.test' } },
  }),
);
const settings = readSettings(file);
await addUser(settings, {
  signInName: 'duty',
  name: '值班员',
  role: ['dutyOfficer', 'opinionLead', 'deputyLeader', 'principal'],
  email: 'duty@bench.test',
  unit: '',
  duty: 'first',
});

const main = new URL('../../config/main.ts', import.meta.url).pathname;
const start = (): ChildProcess =>
  spawn(
    process.execPath,
    ['--max-semi-space-size=8', '--heap-growing-percent=40', main, '--settings', file],
    {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, HUIYING_LOG_LEVEL: 'silent' },
    },
  );
async function untilReady(): Promise<string> {
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    const answer = await fetch(`http://127.0.0.1:${PORT}/readyz`).catch(() => undefined);
    if (answer?.ok) return await answer.text();
    if (answer) throw new Error(await answer.text());
    await pause(10);
  }
  throw new Error('never ready');
}

const times: number[] = [];
let idleRss = 0;
let said = '';
for (let number = 1; number <= STARTS; number += 1) {
  const startedAt = performance.now();
  const child = start();
  said = await untilReady();
  times.push((performance.now() - startedAt) / 1_000);
  if (number === STARTS) {
    await pause(IDLE_MS);
    const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
    idleRss = Math.round((Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) * 1_024) / 1_000_000);
  }
  child.kill('SIGTERM');
  await once(child, 'exit');
}
const stored = /已存 (\d+) 条/.exec(said)?.[1] ?? '0';
const seconds = median(times);
handOver([
  {
    what: '启动到就绪',
    asked: '≤ 3 秒',
    measured: `${seconds.toFixed(1)} 秒`,
    isMet: seconds <= 3 && Number(stored) >= 100_000,
    how: `库中 ${stored} 条信息，${STARTS} 次的中位数，最慢 ${Math.max(...times).toFixed(1)} 秒`,
  },
  {
    what: '空闲时的常驻内存',
    asked: '≤ 450 MB',
    measured: `${idleRss} MB`,
    isMet: idleRss <= 450,
    how: '启动后静置 20 秒',
  },
]);
