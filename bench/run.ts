import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Figure } from './figure.ts';
import { today, writeReadme } from './write-readme.ts';

/** Measures what the README promises and writes the figures into it, between the marks. */
const folder = mkdtempSync(join(tmpdir(), 'huiying-bench-'));
const run = promisify(execFile);
/** Those that `npm start` runs under. */
const FLAGS = ['--max-semi-space-size=8', '--heap-growing-percent=40'];

async function measure(name: string, ...args: string[]): Promise<Figure[]> {
  process.stderr.write(`${name} …\n`);
  const script = new URL(`measures/${name}.ts`, import.meta.url).pathname;
  const { stdout } = await run(process.execPath, [...FLAGS, script, ...args]);
  const figures = JSON.parse(stdout.trim().split('\n').at(-1) ?? '[]') as Figure[];
  for (const { what, measured, asked } of figures) {
    process.stderr.write(`  ${what}：${measured}（要求 ${asked}）\n`);
  }
  return figures;
}

try {
  const figures = [
    ...(await measure('notice')),
    ...(await measure('pipeline', folder)),
    // Over the store that the pipeline filled.
    ...(await measure('start', folder)),
    ...(await measure('reports', folder)),
    ...(await measure('timers')),
    ...(await measure('screens')),
    ...(await measure('ingest')),
    ...(await measure('copies')),
    ...(await measure('watches')),
    ...(await measure('analysis')),
    ...(await measure('proposals')),
    ...(await measure('grouping')),
  ];
  const machine = `${availableParallelism()} 核（${cpus()[0]?.model.trim() ?? '?'}），内存 ${Math.round(totalmem() / 2 ** 30)} GB，Node ${process.versions.node}`;
  const table = [
    '| 指标 | 要求 | 测得 | 说明 |',
    '| --- | --- | --- | --- |',
    ...figures.map(
      ({ what, asked, measured, isMet, how }) =>
        `| ${what} | ${asked} | ${isMet ? '' : '✗ '}${measured} | ${how} |`,
    ),
    '',
    `由 \`npm run bench\` 写入：${today()}，${machine}。`,
  ];
  writeReadme('bench', table);
  process.exitCode = figures.every(({ isMet }) => isMet) ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
