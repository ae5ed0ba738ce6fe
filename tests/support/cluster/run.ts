/**
 * `npm run cluster -- start | stop | status | test`: Kafka and Elasticsearch for the cluster suites, by the addresses
 * in KAFKA_URL and ELASTIC_URL, else by docker compose, else from the jars of Maven Central. `test` runs the suites
 * (or those named after it) on servers that end with it.
 */
import { fork, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Word } from './keeper.ts';
import { signalGroup } from './processes.ts';
import { askElastic, askKafka } from './servers.ts';
import { forgetState, isOurs, readState, type Servers } from './state.ts';

const KEEPER = fileURLToPath(new URL('keeper.ts', import.meta.url));
const SUITES = 'tests/cluster';
const say = (text: string): void => void process.stdout.write(`${text}\n`);

/** Addresses that somebody else answers for; undefined when the environment names none. */
function given(): Servers | undefined {
  const { KAFKA_URL: kafkaUrl, ELASTIC_URL: elasticUrl } = process.env;
  return kafkaUrl && elasticUrl ? { kafkaUrl, elasticUrl } : undefined;
}

function started(): Servers | undefined {
  const state = readState();
  return state && isOurs(state.keeper, 'keeper') ? state : undefined;
}

/** @returns the servers, and the process that owns them until it is told that it may stay */
async function launch(): Promise<{ readonly servers: Servers; readonly keeper: ChildProcess }> {
  clearLeftovers();
  const keeper = fork(KEEPER, { detached: true, stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  return await new Promise((resolve, reject) => {
    keeper.on('message', (word: Word) => {
      if (word.kind === 'progress') say(word.text);
      else if (word.kind === 'ready') resolve({ servers: word.servers, keeper });
      else reject(new Error(word.text));
    });
    keeper.once('exit', () => reject(new Error('服务器没有起来')));
  });
}

async function start(): Promise<number> {
  const known = given() ?? started();
  if (known) return await report(known);
  const { servers, keeper } = await launch();
  keeper.send('stay', () => keeper.disconnect());
  keeper.unref();
  say(`export KAFKA_URL=${servers.kafkaUrl} ELASTIC_URL=${servers.elasticUrl}`);
  return 0;
}

async function stop(): Promise<number> {
  const state = readState();
  if (!state) {
    say('没有由这个命令启动的服务器');
    return 0;
  }
  if (isOurs(state.keeper, 'keeper')) {
    process.kill(state.keeper, 'SIGTERM');
    while (isOurs(state.keeper, 'keeper')) await pause(100);
  }
  clearLeftovers();
  say('已停止');
  return 0;
}

/** What a keeper left that was killed before it could end its servers. */
function clearLeftovers(): void {
  const state = readState();
  if (!state || isOurs(state.keeper, 'keeper')) return;
  for (const group of state.groups) {
    if (isOurs(group, state.folder)) signalGroup(group, 'SIGKILL');
  }
  rmSync(state.folder, { recursive: true, force: true });
  forgetState();
}

/** @returns 0 when both servers answer */
async function report(servers: Servers | undefined): Promise<number> {
  if (!servers) {
    say('没有启动');
    return 1;
  }
  const asked = await Promise.allSettled([
    askKafka(servers.kafkaUrl),
    askElastic(servers.elasticUrl),
  ]);
  const words = asked.map(({ status }) => (status === 'fulfilled' ? '在服务' : '没有回答'));
  say(`Kafka ${servers.kafkaUrl}：${words[0]}`);
  say(`Elasticsearch ${servers.elasticUrl}：${words[1]}`);
  return asked.every(({ status }) => status === 'fulfilled') ? 0 : 1;
}

/** @returns the exit code of the suites */
async function test(files: readonly string[]): Promise<number> {
  const known = given() ?? started();
  const launched = known ? undefined : await launch();
  const servers = known ?? launched?.servers;
  const begunAt = Date.now();
  const suites = spawn(
    'npx',
    ['vitest', 'run', ...(files.some((file) => !file.startsWith('-')) ? [] : [SUITES]), ...files],
    {
      stdio: 'inherit',
      env: {
        ...process.env,
        KAFKA_URL: servers?.kafkaUrl,
        ELASTIC_URL: servers?.elasticUrl,
        HUIYING_REQUIRE_CLUSTER: '1',
      },
    },
  );
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => suites.kill(signal));
  const [code] = (await once(suites, 'exit')) as [number | null];
  say(`cluster suites: ${((Date.now() - begunAt) / 1000).toFixed(0)} s`);
  if (launched) {
    launched.keeper.removeAllListeners('exit');
    launched.keeper.kill('SIGTERM');
    if (launched.keeper.exitCode === null) await once(launched.keeper, 'exit');
  }
  return code ?? 1;
}

const [what = '', ...rest] = process.argv.slice(2);
const commands: Readonly<Record<string, () => Promise<number>>> = {
  start,
  stop,
  status: async () => await report(given() ?? started()),
  test: async () => await test(rest),
};
try {
  process.exitCode = await (commands[what] ?? usage)();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}

async function usage(): Promise<number> {
  process.stderr.write('npm run cluster -- start | stop | status | test [文件 …]\n');
  return 2;
}
