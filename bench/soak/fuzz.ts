import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { runFuzz, type FuzzReport } from './fuzz/run-fuzz.ts';
import { FUZZ_CONTROLS } from './fuzz/controls.ts';
import { FUZZ_TARGETS } from './fuzz/targets.ts';
import { today, writeReadme } from '../write-readme.ts';

const ALL_INPUTS = 10_000_000;
/** Where the failing seeds of a run are kept; each is taken again by `npm run soak -- fuzz <target> <seed>`. */
const FOLDER = new URL('../../dist/fuzz/', import.meta.url).pathname;

/**
 * The long form of tests/ingest/fuzz.test.ts.
 *
 * @param rest how many inputs in all, and from which seed; or a target and a seed, to take one input again
 */
export async function soakFuzz([
  first = String(ALL_INPUTS),
  second,
]: readonly string[]): Promise<void> {
  const again = FUZZ_TARGETS[first];
  if (again) {
    // Whatever is wrong shows as it is, with its whole stack.
    const startedMs = performance.now();
    await again.take(Number(second));
    tell(`${first} seed ${second}: ${Math.round(performance.now() - startedMs)} ms`);
    return;
  }
  const inputs = Number(first);
  // Other inputs each day; the day's are made again from the seed that is printed.
  const firstSeed = Number(second ?? today().replaceAll('-', ''));
  const processes = Math.min(2, availableParallelism());
  tell(`${inputs} inputs from seed ${firstSeed} on ${processes} processes`);
  const startedMs = performance.now();
  const report = await runFuzz({ inputs, firstSeed, processes }, tell);
  const tookMs = performance.now() - startedMs;
  for (const { target, taken, faults, slowestMs, mostBytes, tookMs: ofTarget } of report.targets) {
    tell(
      `${target.padEnd(10)} ${taken} taken, ${faults.length} faults, slowest ${Math.round(slowestMs)} ms, ` +
        `most ${megabytes(mostBytes)} MB, ${Math.round(ofTarget / 1_000)} s`,
    );
  }
  const taken = report.targets.reduce((sum, one) => sum + one.taken, 0);
  tell(`${taken} inputs in ${Math.round(tookMs / 1_000)} s`);
  keepSeeds(report);
  if (taken >= ALL_INPUTS) writeReadme('fuzz', figures(report, taken, tookMs));
  // A trial that does not catch every planted fault has proved nothing.
  const isClean = report.targets.every(({ faults }) => faults.length === 0);
  if (!isClean || report.missedControls.length > 0) process.exitCode = 1;
}

function keepSeeds({ targets }: FuzzReport): void {
  const faults = targets.flatMap(({ target, faults: found }) =>
    found.map(({ seed, what }) => `${target} ${seed} ${what}`),
  );
  if (faults.length === 0) return;
  mkdirSync(FOLDER, { recursive: true });
  const file = `${FOLDER}${today()}.txt`;
  writeFileSync(file, `${faults.join('\n')}\n`);
  tell(`seeds kept in ${file}`);
}

function figures({ firstSeed, targets }: FuzzReport, taken: number, tookMs: number): string[] {
  const faults = targets.flatMap((one) => one.faults).length;
  const slowestMs = Math.max(...targets.map((one) => one.slowestMs));
  const mostBytes = Math.max(...targets.map((one) => one.mostBytes));
  const parts = targets.map((one) => `${one.target} ${one.taken}`).join('，');
  return [
    `变异输入 ${taken} 条（${parts}）：崩溃、卡死、超过 1 秒或内存超限共 ${faults} 起；` +
      `最慢 ${Math.round(slowestMs)} 毫秒，进程内存最高 ${megabytes(mostBytes)} MB，用时 ${Math.round(tookMs / 60_000)} 分钟。` +
      `埋了错的对照 ${Object.keys(FUZZ_CONTROLS).length} 种都被抓到。`,
    '',
    `由 \`npm run soak -- fuzz\` 写入：${today()}，种子从 ${firstSeed} 起。`,
  ];
}

const megabytes = (bytes: number): number => Math.round(bytes / 1_000_000);

const tell = (line: string): void => void process.stderr.write(`${line}\n`);
