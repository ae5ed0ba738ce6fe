import { runWorker, type WorkerReport } from './run-worker.ts';
import { FUZZ_CONTROLS } from './controls.ts';
import { FUZZ_TARGETS } from './targets.ts';

/** What an input and a process may cost. */
const LIMITS = {
  slowestMs: 1_000,
  mostBytes: 800_000_000,
  mostFaults: 5,
  // On a busy machine too.
  hangsAfterMs: 30_000,
};
/** A process is renewed after so long a row: what hangs or dies loses no more of its target's inputs. */
const MOST_IN_ROW = 100_000;
const CONTROL_INPUTS = 400;

export interface TargetReport extends WorkerReport {
  readonly target: string;
  /** Time of its processes together, ms. */
  readonly tookMs: number;
}

export interface FuzzReport {
  readonly firstSeed: number;
  readonly targets: readonly TargetReport[];
  /** Planted faults that were not found. */
  readonly missedControls: readonly string[];
}

/**
 * Takes mutated inputs through every parser of what strangers write, on some processes at once, after a
 * trial on parsers with planted faults.
 *
 * @param order `inputs` in all; `firstSeed` from which each target's seeds are counted
 */
export async function runFuzz(
  order: { readonly inputs: number; readonly firstSeed: number; readonly processes: number },
  tell: (line: string) => void,
): Promise<FuzzReport> {
  const { inputs, firstSeed, processes } = order;
  const missedControls: string[] = [];
  for (const target of Object.keys(FUZZ_CONTROLS)) {
    const order = { ...LIMITS, mostFaults: 1, target, firstSeed, inputs: CONTROL_INPUTS };
    const { faults } = await runWorker(order);
    tell(`control ${target}: ${faults[0] ? `seed ${faults[0].seed} ${faults[0].what}` : 'MISSED'}`);
    if (faults.length === 0) missedControls.push(target);
  }

  const rows = Object.entries(FUZZ_TARGETS).flatMap(([target, { ofMillion }]) =>
    rowsOf(target, firstSeed, Math.ceil((inputs * ofMillion) / 1_000_000)),
  );
  const reports: TargetReport[] = [];
  const work = async (): Promise<void> => {
    for (let row = rows.shift(); row; row = rows.shift()) {
      const startedMs = performance.now();
      const report = await runWorker({ ...LIMITS, ...row });
      reports.push({ ...report, target: row.target, tookMs: performance.now() - startedMs });
      for (const { seed, what } of report.faults) tell(`${row.target} seed ${seed} ${what}`);
    }
  };
  await Promise.all(Array.from({ length: processes }, work));
  const targets = Object.keys(FUZZ_TARGETS).map((target) =>
    together(
      target,
      reports.filter((one) => one.target === target),
    ),
  );
  return { firstSeed, targets, missedControls };
}

interface Row {
  readonly target: string;
  readonly firstSeed: number;
  readonly inputs: number;
}

function rowsOf(target: string, firstSeed: number, inputs: number): Row[] {
  return Array.from({ length: Math.ceil(inputs / MOST_IN_ROW) }, (_, index) => ({
    target,
    firstSeed: firstSeed + index * MOST_IN_ROW,
    inputs: Math.min(MOST_IN_ROW, inputs - index * MOST_IN_ROW),
  }));
}

function together(target: string, reports: readonly TargetReport[]): TargetReport {
  return {
    target,
    taken: reports.reduce((sum, { taken }) => sum + taken, 0),
    faults: reports.flatMap(({ faults }) => faults),
    slowestMs: Math.max(0, ...reports.map(({ slowestMs }) => slowestMs)),
    mostBytes: Math.max(0, ...reports.map(({ mostBytes }) => mostBytes)),
    tookMs: reports.reduce((sum, { tookMs }) => sum + tookMs, 0),
  };
}
