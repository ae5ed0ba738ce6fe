/**
 * Owns the two servers from their start to their end, in a process of its own: started by run.ts, told to end by a
 * signal, and ending by itself when a server dies or when the command that it serves is gone.
 */
import { mkdtempSync, rmSync, chmodSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePorts, isInstalled, succeed, type ServerProcess } from './processes.ts';
import { askElastic, askKafka, startElastic, startKafka, untilItServes } from './servers.ts';
import { forgetState, saveState, type Servers } from './state.ts';

/** What the command that started it hears. */
export type Word =
  | { readonly kind: 'progress'; readonly text: string }
  | { readonly kind: 'ready'; readonly servers: Servers }
  | { readonly kind: 'failed'; readonly text: string };

const SERVES_WITHIN_MS = 120_000;
const WATCH_EVERY_MS = 500;
const folder = mkdtempSync(join(tmpdir(), 'huiying-cluster-'));
const running: ServerProcess[] = [];
const compose = ['compose', '-f', fileURLToPath(new URL('compose.yaml', import.meta.url))];
let hasContainers = false;
let isEnding = false;

const tell = (word: Word): void => {
  if (process.connected) process.send?.(word);
};

async function end(exitCode: number): Promise<void> {
  if (isEnding) return;
  isEnding = true;
  await Promise.all(running.map(async (server) => await server.end()));
  if (hasContainers) await succeed('docker', [...compose, 'down', '--volumes', '--timeout', '5']);
  rmSync(folder, { recursive: true, force: true });
  forgetState();
  process.exit(exitCode);
}

async function startByContainers(): Promise<Servers> {
  const [kafkaPort, elasticPort] = await freePorts(2);
  process.env['KAFKA_PORT'] = String(kafkaPort);
  process.env['ELASTIC_PORT'] = String(elasticPort);
  hasContainers = true;
  await succeed('docker', [...compose, 'up', '--detach', '--quiet-pull']);
  const servers = {
    kafkaUrl: `127.0.0.1:${kafkaPort}`,
    elasticUrl: `http://127.0.0.1:${elasticPort}`,
  };
  await untilItServes(async () => await askKafka(servers.kafkaUrl), SERVES_WITHIN_MS);
  await untilItServes(async () => await askElastic(servers.elasticUrl), SERVES_WITHIN_MS);
  return servers;
}

async function startByJars(): Promise<Servers> {
  for (const [command, debian] of [
    ['java', 'openjdk-17-jre-headless'],
    ['mvn', 'maven'],
  ] as const) {
    if (!(await isInstalled(command, '-version')))
      throw new Error(`没有 ${command}（Debian 包 ${debian}），也没有可用的 docker`);
  }
  const begin = async (
    name: string,
    start: (folder: string) => Promise<{ url: string; process: ServerProcess }>,
    ask: (url: string) => Promise<void>,
  ): Promise<string> => {
    const begunAt = Date.now();
    const { url, process: server } = await start(join(folder, name));
    running.push(server);
    await untilItServes(async () => await ask(url), SERVES_WITHIN_MS, server);
    tell({
      kind: 'progress',
      text: `${name} 已服务：${url}（${((Date.now() - begunAt) / 1000).toFixed(1)} 秒）`,
    });
    return url;
  };
  const [kafkaUrl, elasticUrl] = await Promise.all([
    begin('kafka', startKafka, askKafka),
    begin('elasticsearch', startElastic, askElastic),
  ]);
  return { kafkaUrl, elasticUrl };
}

for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const)
  process.on(signal, () => void end(0));
let mayOutliveItsCommand = false;
process.on('disconnect', () => {
  if (!mayOutliveItsCommand) void end(0);
});
process.on('message', (word) => {
  if (word === 'stay') mayOutliveItsCommand = true;
});

try {
  // Another user's server looks into its own folder below this one.
  chmodSync(folder, 0o755);
  const hasEngine = await isInstalled('docker', 'info');
  tell({
    kind: 'progress',
    text: hasEngine
      ? '用 docker compose 启动 …'
      : '用 Maven 取来的 jar 启动（首次要下载约 150 MB）…',
  });
  const servers = hasEngine ? await startByContainers() : await startByJars();
  saveState({ ...servers, keeper: process.pid, groups: running.map(({ pid }) => pid), folder });
  tell({ kind: 'ready', servers });
  setInterval(() => {
    if (running.some((server) => server.hasEnded())) void end(1);
  }, WATCH_EVERY_MS);
} catch (error) {
  tell({ kind: 'failed', text: error instanceof Error ? error.message : String(error) });
  await end(1);
}
