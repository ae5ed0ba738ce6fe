import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import { stringify } from 'yaml';
import { tempFolder } from './temp-folder.ts';

const MAIN = fileURLToPath(new URL('../../config/main.ts', import.meta.url));
/** However slow the machine, nothing here takes so long. */
const LIMIT_MS = 15_000;

export interface ProductProcess {
  /** What was printed for people and programs so far. */
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** The first match in stderr, once it is there. @throws when the process ends or time runs out before */
  readonly says: (pattern: RegExp) => Promise<RegExpExecArray>;
  /** How it ended; null when a signal ended it. */
  readonly ended: () => Promise<number | null>;
  readonly signal: (name: NodeJS.Signals) => void;
}

interface LaunchOptions {
  readonly node?: string;
  readonly entry?: string;
  readonly environment?: Readonly<Record<string, string>>;
}

/**
 * The real product as a process of its own, ended with the test whatever comes.
 *
 * @param folder its working directory: nothing of the developer's own is read or written
 */
export function runProduct(
  folder: string,
  args: readonly string[],
  { node = process.execPath, entry = MAIN, environment = {} }: LaunchOptions = {},
): ProductProcess {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('HUIYING_'));
  const child = spawn(node, [entry, ...args], {
    cwd: folder,
    env: {
      ...Object.fromEntries(inherited),
      HUIYING_LOG_LEVEL: 'silent',
      // Halves the time of a start; what is in it follows from the sources alone.
      NODE_COMPILE_CACHE: join(tmpdir(), 'huiying-test-compile-cache'),
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  // A launcher passes on what ends it; what it cannot pass on would leave its child behind.
  onTestFinished(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGTERM');
    await once(child, 'exit');
  });

  let stdout = '';
  let stderr = '';
  let isClosed = false;
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  // Not `exit`: what was printed last may still be on its way then.
  child.once('close', () => (isClosed = true));
  // From each question on: a trial may have run for minutes before it.
  const limit = (): AbortSignal => AbortSignal.timeout(LIMIT_MS);
  const late = (what: string) => (cause: unknown) => {
    throw new Error(`${what} within ${LIMIT_MS} ms; it said: ${stderr}`, { cause });
  };

  return {
    stdout: () => stdout,
    stderr: () => stderr,
    async says(pattern) {
      const signal = limit();
      for (;;) {
        const match = pattern.exec(stderr);
        if (match) return match;
        if (isClosed) throw new Error(`it ended without saying ${pattern}; it said: ${stderr}`);
        await Promise.race([
          once(child.stderr, 'data', { signal }),
          once(child, 'close', { signal }),
        ]).catch(late(`no word of ${pattern}`));
      }
    },
    async ended() {
      if (!isClosed) await once(child, 'close', { signal: limit() }).catch(late('it did not end'));
      return child.exitCode;
    },
    signal: (name) => void child.kill(name),
  };
}

/** A folder with settings under which nothing is fetched and any free port will do. */
export function anOfficeFolder(more: object = {}): string {
  const folder = tempFolder();
  const quiet = { server: { port: 0 }, storage: { folder: './data' }, sources: { packs: [] } };
  writeFileSync(join(folder, 'settings.yaml'), stringify({ ...quiet, ...more }));
  return folder;
}

export const addressOf = async (product: ProductProcess): Promise<string> =>
  (await product.says(/回应已启动：(http\S+)/))[1] ?? '';

/** @returns the exit code */
export async function stop(product: ProductProcess): Promise<number | null> {
  product.signal('SIGTERM');
  return await product.ended();
}
