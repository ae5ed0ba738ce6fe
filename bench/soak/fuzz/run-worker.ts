import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface WorkerOrder {
  readonly target: string;
  readonly firstSeed: number;
  readonly inputs: number;
  /** An input that takes longer, each of three times, is a fault, ms. */
  readonly slowestMs: number;
  /** Memory of the process beyond which it stops, bytes. */
  readonly mostBytes: number;
  readonly mostFaults: number;
  /** An input without an end is given up after so long, ms; one that is only slow has been taken three times by then. */
  readonly hangsAfterMs: number;
  /** Where the seed that is being taken stands, 8 bytes. */
  readonly seedFile: string;
}

export interface WorkerReport {
  taken: number;
  /** With these the inputs are made again. */
  faults: { readonly seed: number; readonly what: string }[];
  slowestMs: number;
  mostBytes: number;
}

const LOOK_EVERY_MS = 500;
/** Garbage is collected in time for the limit to tell what is held; V8 would let it lie in a machine this large. */
const MEMORY = '--max-old-space-size=400';

/** Runs one row of seeds in a process of its own; one that hangs or dies is a fault of the seed it was at. */
export async function runWorker(order: Omit<WorkerOrder, 'seedFile'>): Promise<WorkerReport> {
  const folder = mkdtempSync(join(tmpdir(), 'huiying-fuzz-'));
  const seedFile = join(folder, 'seed');
  try {
    const { output, end } = await watched({ ...order, seedFile });
    const line = output.trim().split('\n').at(-1);
    if (end === undefined && line) return JSON.parse(line) as WorkerReport;
    const seed = seedAt(seedFile) ?? order.firstSeed;
    const faults = [{ seed, what: end ?? 'ended without a report' }];
    return { taken: seed - order.firstSeed + 1, faults, slowestMs: 0, mostBytes: 0 };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @returns what the process wrote, and why it ended when it was not by itself */
async function watched(
  order: WorkerOrder,
): Promise<{ readonly output: string; readonly end: string | undefined }> {
  const script = new URL('worker.ts', import.meta.url).pathname;
  const child = spawn(process.execPath, [MEMORY, script, JSON.stringify(order)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  let last: number | undefined;
  let sinceMs = performance.now();
  let end: string | undefined;
  const timer = setInterval(() => {
    const seed = seedAt(order.seedFile);
    if (seed === last && seed !== undefined && performance.now() - sinceMs > order.hangsAfterMs) {
      end = `hangs: no end after ${order.hangsAfterMs / 1_000} s`;
      child.kill('SIGKILL');
    }
    if (seed === last) return;
    last = seed;
    sinceMs = performance.now();
  }, LOOK_EVERY_MS);
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  clearInterval(timer);
  if (end === undefined && code !== 0) end = `the process died (${code ?? 'killed'})`;
  return { output, end };
}

/** Undefined before the first input. */
function seedAt(seedFile: string): number | undefined {
  try {
    const bytes = readFileSync(seedFile);
    return bytes.byteLength === 8 ? Number(bytes.readBigInt64LE()) : undefined;
  } catch {
    return undefined;
  }
}
