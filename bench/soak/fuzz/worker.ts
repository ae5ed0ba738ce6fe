import { openSync, writeSync } from 'node:fs';
import { FUZZ_CONTROLS } from './controls.ts';
import { FUZZ_TARGETS } from './targets.ts';
import type { WorkerOrder, WorkerReport } from './run-worker.ts';

/** Takes the inputs of a row of seeds in a process of its own, which may hang, grow or die without harm. */
const order = JSON.parse(process.argv[2] ?? '') as WorkerOrder;
const target = { ...FUZZ_TARGETS, ...FUZZ_CONTROLS }[order.target];
if (!target) throw new Error(`no target ${order.target}`);
const seedFile = openSync(order.seedFile, 'w');
const seedBytes = new BigInt64Array(1);
/** A collection of garbage is no fault of the input: what was slow is taken again. */
const TRIES = 3;
const MEMORY_EVERY = 500;

/** Time of this thread's own work, ms: what else the machine does is no fault of ours either. */
function ownMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}

const report: WorkerReport = { taken: 0, faults: [], slowestMs: 0, mostBytes: 0 };

/** Undefined when all is well; else what was wrong, in one line. */
function fault(seed: number): string | undefined {
  let best = Number.POSITIVE_INFINITY;
  try {
    for (let time = 0; time < TRIES && best > order.slowestMs; time += 1) {
      const startedMs = ownMs();
      target?.take(seed);
      best = Math.min(best, ownMs() - startedMs);
    }
  } catch (error) {
    const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return `threw ${what.split('\n').slice(0, 3).join(' ')}`;
  }
  report.slowestMs = Math.max(report.slowestMs, best);
  return best > order.slowestMs ? `took ${Math.round(best)} ms` : undefined;
}

for (let seed = order.firstSeed; seed < order.firstSeed + order.inputs; seed += 1) {
  // Before it is taken: who watches from outside must know what hangs.
  seedBytes[0] = BigInt(seed);
  writeSync(seedFile, new Uint8Array(seedBytes.buffer), 0, 8, 0);
  const found = fault(seed);
  if (found) report.faults.push({ seed, what: found });
  report.taken += 1;
  if (report.taken % MEMORY_EVERY === 0 || order.inputs < MEMORY_EVERY) {
    report.mostBytes = Math.max(report.mostBytes, process.memoryUsage.rss());
    if (report.mostBytes > order.mostBytes) {
      const held = Math.round(report.mostBytes / 1_000_000);
      report.faults.push({ seed, what: `holds ${held} MB after ${report.taken} inputs` });
      break;
    }
  }
  if (report.faults.length >= order.mostFaults) break;
}
process.stdout.write(`${JSON.stringify(report)}\n`);
