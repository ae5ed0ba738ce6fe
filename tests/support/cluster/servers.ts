import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Kafka, logLevel } from 'kafkajs';
import { fetchElastic, fetchKafka } from './downloads.ts';
import { freePorts, startServer, succeed, type ServerProcess } from './processes.ts';

export interface StartedServer {
  readonly url: string;
  readonly process: ServerProcess;
}

/** Both have to live on a machine of two cores beside the tests. */
const HEAP = '512m';
/** Elasticsearch refuses to run as root; this user is on every Linux. */
const OTHER_USER = 'nobody';

/** One broker that is its own controller, on loopback, with its data under `folder`. */
export async function startKafka(folder: string): Promise<StartedServer> {
  const jars = join(await fetchKafka(), '*');
  const [port, controllerPort] = await freePorts(2);
  mkdirSync(folder, { recursive: true });
  const config = join(folder, 'server.properties');
  writeFileSync(
    config,
    `process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:${controllerPort}
listeners=PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controllerPort}
controller.listener.names=CONTROLLER
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
log.dirs=${join(folder, 'data')}
auto.create.topics.enable=false
offsets.topic.replication.factor=1
offsets.topic.num.partitions=8
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
group.initial.rebalance.delay.ms=0
`,
  );
  const id = randomBytes(16).toString('base64url');
  await succeed('java', ['-cp', jars, 'kafka.tools.StorageTool', 'format', '-t', id, '-c', config]);
  const server = startServer('Kafka', ['java', `-Xmx${HEAP}`, '-cp', jars, 'kafka.Kafka', config], {
    logFile: join(folder, 'output.log'),
  });
  return { url: `127.0.0.1:${port}`, process: server };
}

/** One node without passwords, on loopback, with its program and data under `folder`: it writes beside its program. */
export async function startElastic(folder: string): Promise<StartedServer> {
  const home = join(folder, 'home');
  cpSync(await fetchElastic(), home, { recursive: true });
  const [port, transportPort] = await freePorts(2);
  const isRoot = process.getuid?.() === 0;
  const options = {
    'discovery.type': 'single-node',
    'xpack.security.enabled': 'false',
    'network.host': '127.0.0.1',
    'http.port': port,
    'transport.port': transportPort,
    'path.data': join(folder, 'data'),
    'path.logs': join(folder, 'logs'),
    // A disk that is nearly full would make every index read-only in the middle of a test.
    'cluster.routing.allocation.disk.threshold_enabled': 'false',
  };
  mkdirSync(join(folder, 'temp'));
  const logFile = join(folder, 'output.log');
  writeFileSync(logFile, '');
  const user = isRoot ? await idsOf(OTHER_USER) : undefined;
  if (user) await succeed('chown', ['-R', `${user.uid}:${user.gid}`, folder]);
  const server = startServer(
    'Elasticsearch',
    [
      join(home, 'bin', 'elasticsearch'),
      ...Object.entries(options).flatMap(([name, value]) => ['-E', `${name}=${value}`]),
    ],
    {
      logFile,
      environment: {
        ES_JAVA_OPTS: `-Xms${HEAP} -Xmx${HEAP}`,
        ES_TMPDIR: join(folder, 'temp'),
        ES_JAVA_HOME: await javaHome(),
      },
      ...(user && { user }),
    },
  );
  return { url: `http://127.0.0.1:${port}`, process: server };
}

async function idsOf(user: string): Promise<{ readonly uid: string; readonly gid: string }> {
  const [uid, gid] = [await succeed('id', ['-u', user]), await succeed('id', ['-g', user])];
  return { uid: uid.trim(), gid: gid.trim() };
}

async function javaHome(): Promise<string> {
  const script = '-XshowSettings:properties';
  const said = await succeed('sh', ['-c', `java ${script} -version 2>&1`]);
  return /java\.home = (.+)/.exec(said)?.[1]?.trim() ?? '';
}

/** Serves: it creates, tells of its topics and coordinates groups. @throws when it does not yet */
export async function askKafka(url: string): Promise<void> {
  const kafka = new Kafka({
    brokers: url.split(','),
    logLevel: logLevel.NOTHING,
    connectionTimeout: 2_000,
    requestTimeout: 5_000,
    retry: { retries: 1, initialRetryTime: 100 },
  });
  const admin = kafka.admin();
  try {
    await admin.connect();
    await admin.listTopics();
    // In its first seconds a broker takes topics and has no coordinator for groups.
    await admin.fetchOffsets({ groupId: 'is-it-there' });
  } finally {
    await admin.disconnect();
  }
}

/** Serves: all its indices can be read and written. @throws when it does not yet */
export async function askElastic(url: string): Promise<void> {
  const answer = await fetch(new URL('_cluster/health?wait_for_status=yellow&timeout=2s', url), {
    signal: AbortSignal.timeout(5_000),
  });
  if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
}

/** Asks until the server serves. @throws when it ended or did not serve in time */
export async function untilItServes(
  ask: () => Promise<void>,
  withinMs: number,
  server?: ServerProcess,
): Promise<void> {
  const lateAt = Date.now() + withinMs;
  for (;;) {
    if (server?.hasEnded()) throw new Error(`${server.name} 没有起来：\n${server.lastWords()}`);
    try {
      return await ask();
    } catch (cause) {
      if (Date.now() > lateAt) {
        throw new Error(`${withinMs / 1000} 秒内没有开始服务\n${server?.lastWords() ?? ''}`, {
          cause,
        });
      }
    }
    await pause(250);
  }
}
