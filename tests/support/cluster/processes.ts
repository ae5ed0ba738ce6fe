import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { openSync, readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);
/** A server that was asked to end and does not is ended. */
const END_WITHIN_MS = 15_000;

/** Runs a command to its end. @throws with what it said when it fails or is not installed */
export async function succeed(
  command: string,
  args: readonly string[],
  options: { readonly cwd?: string } = {},
): Promise<string> {
  try {
    return (await run(command, args, { ...options, maxBuffer: 10_000_000 })).stdout;
  } catch (cause) {
    const { code, stdout = '', stderr = '' } = cause as Record<string, string | undefined>;
    if (code === 'ENOENT') throw new Error(`没有安装 ${command}`, { cause });
    throw new Error(`${command} ${args.join(' ')}\n${stdout}${stderr}`.slice(0, 4_000), { cause });
  }
}

export async function isInstalled(command: string, ...args: readonly string[]): Promise<boolean> {
  return await run(command, args).then(
    () => true,
    () => false,
  );
}

/** Ports that nobody listens on now, on loopback. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  for (const server of servers) server.close();
  return ports;
}

export interface ServerProcess {
  readonly name: string;
  readonly pid: number;
  readonly hasEnded: () => boolean;
  /** The last lines it wrote. */
  readonly lastWords: () => string;
  readonly end: () => Promise<void>;
}

/**
 * Starts a server in a process group of its own. Where `setpriv` is there the server ends with this process, whatever
 * ends this one, and runs under another user where one is given.
 */
export function startServer(
  name: string,
  command: readonly [string, ...string[]],
  options: {
    readonly logFile: string;
    readonly environment?: Readonly<Record<string, string>>;
    readonly user?: { readonly uid: string; readonly gid: string };
  },
): ServerProcess {
  const log = openSync(options.logFile, 'a');
  const { uid, gid } = options.user ?? {};
  const user = uid && gid ? ['--reuid', uid, '--regid', gid, '--clear-groups'] : [];
  const [program, ...args] =
    process.platform === 'linux'
      ? (['setpriv', ...user, '--pdeathsig', 'TERM', '--', ...command] as const)
      : command;
  const child = spawn(program, args, {
    detached: true,
    stdio: ['ignore', log, log],
    env: { ...process.env, ...options.environment },
  });
  child.once('error', () => undefined);
  return {
    name,
    pid: child.pid ?? 0,
    hasEnded: () => hasEnded(child),
    lastWords: () => readFileSync(options.logFile, 'utf8').split('\n').slice(-30).join('\n'),
    end: async () => {
      if (hasEnded(child)) return signalGroup(child.pid ?? 0, 'SIGKILL');
      signalGroup(child.pid ?? 0, 'SIGTERM');
      const late = pause(END_WITHIN_MS, undefined, { ref: false });
      if (!hasEnded(child)) await Promise.race([once(child, 'exit'), late]);
      signalGroup(child.pid ?? 0, 'SIGKILL');
    },
  };
}

const hasEnded = (child: ChildProcess): boolean =>
  child.pid === undefined || child.exitCode !== null || child.signalCode !== null;

/** Also those that the server started itself. A group that is gone is no failure. */
export function signalGroup(pid: number, signal: NodeJS.Signals): void {
  if (pid <= 1) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // Gone already.
  }
}
